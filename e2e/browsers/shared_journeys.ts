// The journeys that every engine must pass, by WebDriver: the release build with all of its headers. Details are tested
// in Chromium.

import { test as base, expect } from "@playwright/test";
import { By, Key, until } from "selenium-webdriver";
import { type DrivenBrowser, TIMEOUT_MS } from "../support/driven_browser.ts";
import { FAULT_CASES, type Outcome } from "../support/faults.ts";
import { LANGUAGES, type Language, MESSAGES } from "../support/messages.ts";
import { CODE_MESSAGES } from "../support/pages/one_time_code.ts";
import { ABDULLAH, KAVYA, LULWA } from "../support/people.ts";
import { Relay } from "../support/relay.ts";
import { Sandbox } from "../support/sandbox.ts";

/** Tests with a browser that `start` starts: one for all tests in a language that follow each other, as it takes seconds. */
export const testIn = (start: (language: Language) => Promise<DrivenBrowser>) =>
  base.extend<{ language: Language; driven: DrivenBrowser }, { sandbox: Sandbox; startedIn: (language: Language) => Promise<DrivenBrowser> }>({
    language: ["en", { option: true }],
    sandbox: [
      async ({}, use) => {
        const sandbox = await Sandbox.start({ direct: true });
        await use(sandbox);
        await sandbox.stop();
      },
      { scope: "worker" },
    ],
    // Ends with its worker, which a failed test ends.
    startedIn: [
      async ({}, use) => {
        let started: { language: Language; browser: DrivenBrowser } | undefined;
        await use(async (language) => {
          if (started?.language === language) return started.browser;
          await started?.browser.close();
          started = { language, browser: await start(language) };
          return started.browser;
        });
        await started?.browser.close();
      },
      { scope: "worker" },
    ],
    driven: async ({ language, sandbox, startedIn }, use) => {
      await sandbox.reset();
      const browser = await startedIn(language);
      const size = await browser.driver.manage().window().getRect();
      await browser.renew(sandbox.url);
      // Where the browser's own language cannot be set.
      await browser.open(`${sandbox.url}/?lang=${language}`);
      await sandbox.reset();
      await use(browser);
      const left = await browser.driver.executeAsyncScript<string[]>(`
        const done = arguments[0];
        Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations(), indexedDB.databases()]).then(
          ([caches, workers, databases]) =>
            done([
              ...caches, ...workers.map(({ scope }) => scope), ...databases.map(({ name }) => name),
              ...Object.keys(sessionStorage),
              ...Object.keys(localStorage).filter((key) => key !== "language" && key !== "theme"),
              document.cookie,
            ].filter(Boolean)),
        );`);
      expect.soft(left, "what the portal left in the browser").toEqual([]);
      expect.soft(browser.consoleErrors, "the browser's console").toEqual([]);
      await browser.driver.manage().window().setRect(size);
    },
  });

/** A fault of a sign-in for each message that it can end in. */
function faultsOf(call: "login" | "session"): Map<Outcome, (typeof FAULT_CASES)[number]> {
  const faults = new Map<Outcome, (typeof FAULT_CASES)[number]>();
  for (const row of FAULT_CASES) {
    // A fault that takes seconds is tested in Chromium, where the clock is the test's.
    if (row[call] !== "fine" && row[call] !== "timedOut" && !row.crossOriginOnly && !faults.has(row[call])) faults.set(row[call], row);
  }
  return faults;
}

/** Lays a page out by its style for print, on the screen: WebDriver cannot emulate print. */
const APPLY_PRINT_STYLE = `
  let changed = 0;
  for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) {
    if (rule instanceof CSSMediaRule && rule.media.mediaText === "print") {
      rule.media.mediaText = "all";
      changed += 1;
    }
  }
  return changed;`;

/** Signs a patient in from the start page. */
async function signIn(browser: DrivenBrowser, sandbox: Sandbox, { phone, nationalId }: { phone: string; nationalId: string }): Promise<void> {
  await browser.open(`${sandbox.url}/`);
  await browser.fill("phone", phone);
  await browser.fill("national-id", nationalId + Key.ENTER);
}

/** Registers the journeys. */
export function journeys(test: ReturnType<typeof testIn>): void {
  for (const language of LANGUAGES) {
    test.describe(`in ${language}`, () => {
      test.use({ language });
      const messages = MESSAGES[language];

      test("patient: corrects errors, signs in, reads the record and signs out", async ({ driven: browser, sandbox }) => {
        await browser.open(`${sandbox.url}/`);
        await browser.shows(messages.patientSignIn);
        expect(await browser.attribute("lang")).toBe(language);
        expect(await browser.attribute("dir")).toBe(messages.dir);
        await browser.press(messages.signIn);
        await browser.says(messages.phoneEmpty);
        await browser.driver.wait(until.titleContains(messages.errorPrefix), TIMEOUT_MS);
        expect(await sandbox.wire()).toEqual([]);

        await browser.fill("phone", "٠٥٠ ١٢٣ ٤٥٦٧");
        await browser.fill("national-id", ABDULLAH.nationalId + Key.ENTER);
        await browser.shows(messages.profile);
        expect(await browser.address()).toBe("/profile");
        await browser.says(ABDULLAH.name);
        await browser.follow(messages.addresses);
        await browser.shows(messages.addresses);
        await browser.driver.navigate().back();
        await browser.shows(messages.profile);
        await browser.press(messages.signOut);
        await browser.shows(messages.patientSignIn);
        const bodies = (await sandbox.wire()).map(({ body }) => body);
        expect(bodies[0]).toBe(`{"phoneNo":"${ABDULLAH.phone}"}`);
        expect(bodies).toHaveLength(2);
      });

      test("staff: signs in after a wrong password and signs out", async ({ driven: browser, sandbox }) => {
        await browser.open(`${sandbox.url}/staff`);
        await browser.shows(messages.staffSignIn);
        await browser.fill("username", KAVYA.username);
        await browser.fill("password", `${KAVYA.password}x`);
        await browser.press(messages.signIn);
        await browser.says(messages.wrongCredentials);
        await browser.fill("password", KAVYA.password);
        await browser.press(messages.signIn);
        await browser.shows(messages.roles);
        await browser.follow(messages.profile);
        await browser.shows(messages.profile);
        await browser.press(messages.signOut);
        await browser.shows(messages.staffSignIn);
        await expect
          .poll(async () => (await sandbox.wire()).map(({ call, status }) => `${call} ${status}`))
          .toEqual(["session 401", "session 200", "validate 200", "logout 200"]);
      });
    });
  }

  test("preferences: language and theme are switched and survive a reload", async ({ driven: browser, sandbox }) => {
    await browser.open(`${sandbox.url}/`);
    await browser.fill("phone", "05");
    await browser.press(MESSAGES.en.otherLanguage);
    await browser.shows(MESSAGES.ar.patientSignIn);
    expect(await browser.attribute("dir")).toBe("rtl");
    const theme = await browser.attribute("data-theme");
    await browser.press(theme === "dark" ? MESSAGES.ar.toLight : MESSAGES.ar.toDark);
    const other = theme === "dark" ? "light" : "dark";
    expect(await browser.attribute("data-theme")).toBe(other);
    await browser.open(`${sandbox.url}/`);
    await browser.shows(MESSAGES.ar.patientSignIn);
    expect(await browser.attribute("data-theme")).toBe(other);
  });

  test("first load: script, style, program and configuration are requested once", async ({ driven: browser, sandbox }) => {
    const relay = await Relay.to(sandbox.url);
    await relay.open();
    await browser.open(`${relay.url}/`);
    await browser.shows("Patient sign in");
    const files = relay.requests.filter((line) => /\.(js|css|wasm|json)$/.test(line));
    await relay.close();
    expect(new Set(files).size).toBe(4);
    expect(files).toHaveLength(4);
    await browser.open(`${sandbox.url}/`);
  });

  test("protected route: is shown after sign-in, and a reload signs out", async ({ driven: browser, sandbox }) => {
    await browser.open(`${sandbox.url}/addresses`);
    await browser.shows("Patient sign in");
    expect(await browser.address()).toBe("/?next=/addresses");
    await browser.fill("phone", ABDULLAH.phone);
    await browser.fill("national-id", ABDULLAH.nationalId);
    await browser.press("Sign in");
    await browser.shows("Addresses");
    await browser.driver.navigate().refresh();
    await browser.shows("Patient sign in");
  });

  test("not found: the page is shown with a link to the start page", async ({ driven: browser, sandbox }) => {
    await browser.open(`${sandbox.url}/nowhere`);
    await browser.shows("Page not found");
    await browser.follow("Go to the start page");
    await browser.shows("Patient sign in");
  });

  test("time-out warning dialog: is shown without activity, and one action stays signed in", async ({ driven: browser, sandbox }) => {
    sandbox.config({ session: { idleSeconds: 20, warnSeconds: 16 } });
    await signIn(browser, sandbox, ABDULLAH);
    await browser.shows("Profile");
    await browser.press(MESSAGES.en.staySignedIn);
    await browser.shows("Profile");
    await browser.press("Sign out");
    await browser.shows("Patient sign in");
  });

  for (const language of LANGUAGES) {
    test.describe(`in ${language}`, () => {
      test.use({ language });
      const messages = MESSAGES[language];

      for (const [call, path, heading, signInPage] of [
        ["login", "/", messages.profile, messages.patientSignIn],
        ["session", "/staff", messages.roles, messages.staffSignIn],
      ] as const) {
        test(`${path}: every message of a failure is shown, and the next attempt succeeds`, async ({ driven: browser, sandbox }) => {
          test.setTimeout(240_000);
          const attempt = async () => {
            await browser.open(`${sandbox.url}${path}`);
            if (path === "/") {
              await browser.fill("phone", ABDULLAH.phone);
              await browser.fill("national-id", ABDULLAH.nationalId);
            } else {
              await browser.fill("username", KAVYA.username);
              await browser.fill("password", KAVYA.password);
            }
            await browser.press(messages.signIn);
          };
          const faults = faultsOf(call);
          expect(faults.size).toBeGreaterThan(5);
          for (const [outcome, { name, fault, times }] of faults) {
            await sandbox.reset();
            await sandbox.faults([{ call, times: times ?? null, fault: fault(Date.now()) }]);
            await attempt();
            await browser.says(String(messages[outcome as keyof typeof messages])).catch((error: unknown) => {
              throw new Error(`${name}: ${String(error)}`);
            });
          }
          await sandbox.reset();
          await attempt();
          await browser.shows(heading);
          await browser.press(messages.signOut);
          await browser.shows(signInPage);
        });
      }

      test("record: the style for print has the card in its size, and no buttons", async ({ driven: browser, sandbox }) => {
        await signIn(browser, sandbox, ABDULLAH);
        await browser.shows(messages.profile);
        expect(await browser.driver.executeScript(APPLY_PRINT_STYLE)).toBeGreaterThan(0);
        const printed = await browser.driver.executeScript<{ shown: string[]; card: number[]; codes: number[] }>(`
          const isShown = (it) => it.getClientRects().length > 0;
          const card = document.querySelector(".identity").getBoundingClientRect();
          return {
            shown: [...document.querySelectorAll("#portal button, .nav__link, .footer")].filter(isShown).map((it) => it.outerHTML),
            card: [card.width, card.height],
            codes: [...document.querySelectorAll(".barcodes img")].filter(isShown).map((it) => it.getBoundingClientRect().width),
          };`);
        expect(printed.shown).toEqual([]);
        // In CSS pixels, of which an inch has 96.
        expect(printed.card.map((side) => Math.round(side))).toEqual([85.6, 53.98].map((mm) => Math.round((mm / 25.4) * 96)));
        expect(printed.codes).toHaveLength(2);
        expect(Math.min(...printed.codes)).toBeGreaterThan((20 / 25.4) * 96);
      });

      test("record: is saved as a file", async ({ driven: browser, sandbox }) => {
        await signIn(browser, sandbox, ABDULLAH);
        await browser.shows(messages.profile);
        await browser.driver.executeScript(`
          window.saved = [];
          const { createObjectURL } = URL;
          URL.createObjectURL = (blob) => {
            blob.text().then((text) => window.saved.push(text));
            return createObjectURL.call(URL, blob);
          };
          const { click } = HTMLElement.prototype;
          HTMLElement.prototype.click = function () {
            if (this.download) window.saved.push(this.download);
            click.call(this);
          };
          document.querySelector("details.support").open = true;`);
        await browser.press(messages.download);
        await expect.poll(() => browser.driver.executeScript<string[]>("return window.saved;")).toHaveLength(2);
        const saved = await browser.driver.executeScript<string[]>("return window.saved;");
        expect(saved.filter((text) => /\.(txt|json|html|csv)$/.test(text))).toHaveLength(1);
        expect(saved.join("\n")).toContain(ABDULLAH.patientId);
      });

      test("patient: the one-time code stands between sign-in and record", async ({ driven: browser, sandbox }) => {
        sandbox.config({ patient: { oneTimeCode: true } });
        await signIn(browser, sandbox, LULWA);
        await browser.shows(CODE_MESSAGES[language].heading);
        await browser.fill("code", "918273");
        await browser.press(messages.signIn);
        await browser.says(CODE_MESSAGES[language].wrong);
        await browser.fill("code", LULWA.oneTimeCode + Key.ENTER);
        await browser.shows(messages.profile);
        await browser.press(messages.signOut);
        await browser.shows(messages.patientSignIn);
      });
    });
  }

  test("history: Back and Forward lead through a record, and Back after sign-out shows nothing of it", async ({ driven: browser, sandbox }) => {
    await signIn(browser, sandbox, ABDULLAH);
    await browser.shows("Profile");
    await browser.follow("Addresses");
    await browser.shows("Addresses");
    await browser.driver.navigate().back();
    await browser.shows("Profile");
    await browser.driver.navigate().forward();
    await browser.shows("Addresses");
    await browser.press("Sign out");
    await browser.shows("Patient sign in");
    await browser.driver.navigate().back();
    await browser.shows("Patient sign in");
    expect(await browser.driver.getPageSource()).not.toContain(ABDULLAH.name);
  });

  test("back-forward cache: Back to a record that was left shows the sign-in page", async ({ driven: browser, sandbox }) => {
    await signIn(browser, sandbox, ABDULLAH);
    await browser.shows("Profile");
    await browser.driver.get(`${sandbox.url.replace("127.0.0.1", "localhost")}/icon.svg`);
    await browser.driver.navigate().back();
    await browser.shows("Patient sign in");
    expect(await browser.driver.getPageSource()).not.toContain(ABDULLAH.name);
  });

  test("narrow window: nothing is wider than it", async ({ driven: browser, sandbox }) => {
    await browser.driver.manage().window().setRect({ width: 320, height: 700 });
    const overflow = () =>
      browser.driver.executeScript<number[]>("return [document.documentElement.scrollWidth, innerWidth];");
    await browser.open(`${sandbox.url}/`);
    let [wanted, there] = await overflow();
    expect(wanted).toBeLessThanOrEqual(there!);
    await browser.fill("phone", ABDULLAH.phone);
    await browser.fill("national-id", ABDULLAH.nationalId + Key.ENTER);
    await browser.shows("Profile");
    [wanted, there] = await overflow();
    expect(wanted).toBeLessThanOrEqual(there!);
    await browser.driver.findElement(By.css(".barcodes button")).click();
    await browser.driver.wait(until.elementLocated(By.css(".barcode-dialog[open]")), TIMEOUT_MS);
  });
}
