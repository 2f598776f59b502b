// The main journeys in Firefox as Debian ships it, by WebDriver: the release build with all of its
// headers. Details are tested in Chromium. Run by `cargo xtask test --firefox`.

import { createHash } from "node:crypto";
import { test as base, expect } from "@playwright/test";
import { Builder, By, Key, until, type WebDriver, type WebElement } from "selenium-webdriver";
import firefox from "selenium-webdriver/firefox.js";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { Sandbox } from "../support/sandbox.ts";
import { LANGUAGES, type Language, MESSAGES, type Messages } from "../support/messages.ts";
import { recordedPerson } from "../support/staff.ts";

const TIMEOUT_MS = 20_000;

/** SHA-384 of no bytes. */
const HASH_OF_NOTHING = createHash("sha384").digest("base64");

/** A Firefox with the portal. */
class Browser {
  private constructor(
    readonly driver: WebDriver,
    readonly messages: Messages,
    /** Console errors and warnings, uncaught errors, policy violations. */
    readonly consoleErrors: string[],
  ) {}

  static async start(language: Language): Promise<Browser> {
    const options = new firefox.Options();
    options.addArguments("-headless");
    options.setPreference("intl.accept_languages", MESSAGES[language].locale);
    options.enableBidi();
    if (process.env.FIREFOX) options.setBinary(process.env.FIREFOX);
    const driver = await new Builder()
      .forBrowser("firefox")
      .setFirefoxOptions(options)
      .setFirefoxService(new firefox.ServiceBuilder(process.env.GECKODRIVER))
      .build();
    const complaints: string[] = [];
    const bidi = await driver.getBidi();
    await bidi.subscribe("log.entryAdded");
    bidi.socket.addEventListener("message", ({ data }) => {
      const { method, params } = JSON.parse(String(data)) as {
        method?: string;
        params?: { level: string; text: string | null };
      };
      if (method !== "log.entryAdded" || !params || params.level === "info" || params.level === "debug") return;
      // A page that loads itself again in another language cancels its loads, and Firefox compares their
      // integrity with that of no bytes.
      if (params.text?.includes(`computed hash is “${HASH_OF_NOTHING}”`)) return;
      complaints.push(`${params.level}: ${params.text}`);
    });
    // Runs before the page's scripts: Firefox reports policy violations only to its own console.
    await bidi.send({
      method: "script.addPreloadScript",
      params: {
        functionDeclaration: `() => addEventListener("securitypolicyviolation", (event) =>
          console.error("policy: " + event.effectiveDirective + " " + event.blockedURI))`,
      },
    });
    return new Browser(driver, MESSAGES[language], complaints);
  }

  async open(url: string): Promise<void> {
    await this.driver.get(url);
    await this.driver.wait(until.elementLocated(By.css("html[data-app-ready]")), TIMEOUT_MS);
  }

  /** The element, once it exists and is visible. */
  private async find(by: By): Promise<WebElement> {
    const element = await this.driver.wait(until.elementLocated(by), TIMEOUT_MS);
    return this.driver.wait(until.elementIsVisible(element), TIMEOUT_MS);
  }

  async shows(heading: string): Promise<void> {
    await this.find(By.xpath(`//h1[normalize-space()=${quoted(heading)}]`));
    await this.driver.wait(until.titleIs(`${heading} – Logistration`), TIMEOUT_MS);
  }

  async fill(id: string, text: string): Promise<void> {
    const field = await this.find(By.id(id));
    await field.clear();
    await field.sendKeys(text);
  }

  async press(button: string): Promise<void> {
    await (await this.find(By.xpath(`//button[normalize-space()=${quoted(button)}]`))).click();
  }

  async follow(link: string): Promise<void> {
    await (await this.find(By.xpath(`//a[normalize-space()=${quoted(link)}]`))).click();
  }

  async says(text: string): Promise<void> {
    await this.find(By.xpath(`//*[contains(text(),${quoted(text)})]`));
  }

  async attribute(name: string): Promise<string | null> {
    return this.driver.findElement(By.css("html")).getAttribute(name);
  }

  async address(): Promise<string> {
    const { pathname, search } = new URL(await this.driver.getCurrentUrl());
    return pathname + search;
  }
}

/** A string literal in XPath. */
const quoted = (text: string) => (text.includes("'") ? `"${text}"` : `'${text}'`);

const test = base.extend<{ language: Language; firefoxPage: Browser }, { sandbox: Sandbox }>({
  language: ["en", { option: true }],
  sandbox: [
    async ({}, use) => {
      const sandbox = await Sandbox.start({ direct: true });
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: "worker" },
  ],
  firefoxPage: async ({ language, sandbox }, use) => {
    await sandbox.reset();
    const browser = await Browser.start(language);
    try {
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
    } finally {
      await browser.driver.quit();
    }
  },
});

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    const messages = MESSAGES[language];

    test("patient: corrects errors, signs in, reads the record and signs out", async ({ firefoxPage: browser, sandbox }) => {
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

    test("staff: signs in after a wrong password and signs out", async ({ firefoxPage: browser, sandbox }) => {
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

test("preferences: language and theme are switched and survive a reload", async ({ firefoxPage: browser, sandbox }) => {
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

test("protected route: is shown after sign-in, and a reload signs out", async ({ firefoxPage: browser, sandbox }) => {
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

test("test browser: policy violations are recorded", async ({ firefoxPage: browser, sandbox }) => {
  await browser.open(`${sandbox.url}/`);
  await browser.driver.executeScript(`
    const style = document.createElement("style");
    style.textContent = "body { color: red }";
    document.head.append(style);`);
  await expect.poll(() => browser.consoleErrors).toContain("error: policy: style-src-elem inline");
  browser.consoleErrors.length = 0;
});

test("not found: the page is shown with a link to the start page", async ({ firefoxPage: browser, sandbox }) => {
  await browser.open(`${sandbox.url}/nowhere`);
  await browser.shows("Page not found");
  await browser.follow("Go to the start page");
  await browser.shows("Patient sign in");
});

test("time-out warning dialog: is shown without activity, and one action stays signed in", async ({ firefoxPage: browser, sandbox }) => {
  sandbox.config({ session: { idleSeconds: 20, warnSeconds: 16 } });
  await browser.open(`${sandbox.url}/`);
  await browser.fill("phone", ABDULLAH.phone);
  await browser.fill("national-id", ABDULLAH.nationalId + Key.ENTER);
  await browser.shows("Profile");
  await browser.press(MESSAGES.en.staySignedIn);
  await browser.shows("Profile");
  await browser.press("Sign out");
  await browser.shows("Patient sign in");
});

test("offlineStart: files are cached when it is on and removed when it is off", async ({ firefoxPage: browser, sandbox }) => {
  const kept = () =>
    browser.driver.executeAsyncScript<number>(`
      const done = arguments[0];
      caches.keys().then(async (names) => {
        const files = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
        done(files.reduce((sum, count) => sum + count, 0));
      });`);
  sandbox.config({ offlineStart: true });
  await browser.open(`${sandbox.url}/`);
  await expect.poll(kept).toBe(6);
  await browser.open(`${sandbox.url}/`);
  await browser.shows("Patient sign in");
  sandbox.config({});
  await expect
    .poll(async () => {
      await browser.open(`${sandbox.url}/`);
      return kept();
    })
    .toBe(0);
});

test("onward: the cookie of SPICE 2.0 is alive after going on, and dead after the page is left otherwise", async ({ firefoxPage: browser, sandbox }) => {
  const messages = browser.messages;
  sandbox.config({
    staff: { entrances: [{ client: "web", label: "web", protocol: "2" }] },
    onward: [{ for: "staff", label: "Clinic", url: "/icon.svg" }],
  });
  const signIn = async () => {
    await browser.open(`${sandbox.url}/staff`);
    await browser.fill("username", recordedPerson("superadmin").username);
    await browser.fill("password", recordedPerson("superadmin").password);
    await browser.press(messages.signIn);
    await browser.shows(messages.roles);
  };
  await signIn();
  await browser.follow("Clinic");
  await browser.driver.wait(until.urlContains("/icon.svg"), TIMEOUT_MS);
  // A page of the same site asks whose session it is, with the shared cookie.
  const profile = () => browser.driver.executeAsyncScript<number>(`
    const done = arguments[0];
    fetch("/user-service/user/profile", { method: "POST", headers: { client: "web" } }).then(({ status }) => done(status));`);
  await browser.driver.get(`${sandbox.url}/icon.svg`);
  expect(await profile()).toBe(200);
  expect((await sandbox.wire()).filter(({ call }) => call === "logout")).toEqual([]);

  await signIn();
  await browser.driver.get(`${sandbox.url}/icon.svg`);
  await expect.poll(async () => (await sandbox.wire()).filter(({ call }) => call === "logout").length).toBe(1);
  expect(await profile()).toBe(401);
});
