// Browsers that lack something, and extensions that change the page.

import type { Page } from "@playwright/test";
import { expect, test } from "../support/page_fixtures.ts";
import { OneTimeCodePage } from "../support/pages/one_time_code.ts";
import { ABDULLAH, KAVYA, LULWA } from "../support/people.ts";

test("autocorrection is off in every field that stays as typed (F9)", async ({ page, patientSignIn, staffSignIn }) => {
  await patientSignIn.open("/");
  for (const id of ["phone", "national-id", "patient-id"]) await expect(page.locator(`#${id}`)).toHaveAttribute("autocorrect", "off");
  await staffSignIn.open("/staff");
  for (const field of [staffSignIn.username, staffSignIn.password]) await expect(field).toHaveAttribute("autocorrect", "off");
});

test("autocorrection is off in the field of a one-time code (F9)", async ({ messages, page, sandbox }) => {
  sandbox.config({ patient: { oneTimeCode: true } });
  const codePage = new OneTimeCodePage(page, messages);
  await codePage.openWith({ phone: LULWA.phone, patientId: LULWA.patientId });
  await expect(codePage.code).toHaveAttribute("autocorrect", "off");
});

test("a prerendered page has autocorrection off before the program runs (F9)", async ({ request }) => {
  for (const path of ["/", "/staff"]) {
    const html = await (await request.get(path, { headers: { accept: "text/html" } })).text();
    const fields = html.match(/<input [^>]*class="?field__input[^>]*>/g) ?? [];
    expect(fields.length).toBeGreaterThan(1);
    for (const field of fields) expect(field).toMatch(/autocorrect="?off/);
  }
});

for (const [what, path] of [
  ["sign-in page", "/"],
  ["staff sign-in page", "/staff"],
] as const) {
  test(`pulling the ${what} down does not reload it (F12)`, async ({ page, patientSignIn }) => {
    await patientSignIn.open(path);
    await expect(page.locator("html")).toHaveCSS("overscroll-behavior-y", "contain");
  });
}

test("pulling the code page down does not reload it (F12)", async ({ messages, page, sandbox }) => {
  sandbox.config({ patient: { oneTimeCode: true } });
  await new OneTimeCodePage(page, messages).openWith({ phone: LULWA.phone, patientId: LULWA.patientId });
  await expect(page.locator("html")).toHaveCSS("overscroll-behavior-y", "contain");
});

test("pulling a record down does not reload it (F12)", async ({ page, patientSignIn, record }) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.shows("Profile");
  await expect(page.locator("html")).toHaveCSS("overscroll-behavior-y", "contain");
});

for (const [choice, shown, hidden] of [
  ["by-patient-id", "patient-id", "national-id"],
  ["by-national-id", "national-id", "patient-id"],
] as const) {
  test(`a prerendered page shows the field of ${choice} without the program (X1)`, async ({ page }) => {
    await page.route("**/boot-*.js", () => {});
    await page.goto("/", { waitUntil: "commit" });
    await page.locator("#by-patient-id").check();
    await page.locator(`#${choice}`).check();
    await expect(page.locator(`#${shown}`)).toBeVisible();
    await expect(page.locator(`#${hidden}`)).toBeHidden();
  });
}

test("a masked value is read out as hidden, with its last digits (F31)", async ({ page, patientSignIn, record }) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.shows("Profile");
  const values = page.getByRole("definition");
  await expect(values.filter({ hasText: "••" })).toHaveCount(2);
  const snapshot = await page.getByRole("main").ariaSnapshot();
  expect(snapshot).not.toContain("•");
  expect(snapshot).toContain("Hidden, ends in 72");
  expect(snapshot).toContain("Hidden, ends in 67");
  await record.revealAll();
  const revealed = await page.getByRole("main").ariaSnapshot();
  expect(revealed).toContain(ABDULLAH.nationalId);
  expect(revealed).not.toContain("Hidden");
});

test("a masked value is read out in Arabic (F31)", async ({ page, patientSignIn, record }) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.shows("Profile");
  await patientSignIn.languageButton.click();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`- text: /قيمة مخفية تنتهي بـ 72/`);
});

for (const [what, change] of [
  ["no navigator.languages", () => Object.defineProperty(Navigator.prototype, "languages", { get: () => undefined })],
  ["an empty list of languages", () => Object.defineProperty(Navigator.prototype, "languages", { get: () => [] })],
  ["a language for the list", () => Object.defineProperty(Navigator.prototype, "languages", { get: () => "en-GB" })],
] as const) {
  test(`a browser with ${what} starts (F44)`, async ({ page, patientSignIn, record }) => {
    await page.addInitScript(change);
    await patientSignIn.openAndSignIn(ABDULLAH);
    await record.shows("Profile");
  });
}

test.describe("a browser without the Umm al-Qura calendar (F23)", () => {
  for (const substitute of ["gregory", "islamic-civil"]) {
    test(`that puts ${substitute} in its place has no computed Hijri date (F23)`, async ({ page, patientSignIn, record, sandbox }) => {
      await page.addInitScript((calendar) => {
        const without = (tags: unknown) => JSON.parse(JSON.stringify(tags).replaceAll("islamic-umalqura", calendar));
        Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
          construct: (target, [tags, options]) => new target(without(tags ?? []), options),
        });
        const original = Date.prototype.toLocaleDateString;
        Date.prototype.toLocaleDateString = function (...[tags, options]: [unknown?, Intl.DateTimeFormatOptions?]) {
          return original.call(this, without(tags ?? []), options);
        };
      }, substitute);
      await patientSignIn.open("/");
      const body = JSON.stringify({ fileNo: "777", name: { firstName: "A" }, dateOfBirth: "1990-01-15" });
      const fault = { kind: "status", status: 200, contentType: "application/json", body } as const;
      await sandbox.faults([{ call: "login", times: 1, fault }]);
      await patientSignIn.signIn(ABDULLAH);
      await record.shows("Profile");
      expect(await record.value("Date of birth")).toBe("15 January 1990");
      expect(await record.value("Date of birth (Hijri)")).toBeUndefined();
      await record.signOutButton.click();
      // The record's own Hijri date has no Gregorian month either.
      await sandbox.faults([
        { call: "login", times: 1, fault: { ...fault, body: JSON.stringify({ fileNo: "777", dateOfBirthHijri: "1410-06-18" }) } },
      ]);
      await patientSignIn.signIn(ABDULLAH);
      await record.shows("Profile");
      expect(await record.value("Date of birth (Hijri)")).toBe("18/6/1410 AH");
    });
  }
});

for (const [what, remove, missing, present] of [
  ["print", () => delete (window as { print?: unknown }).print, "Print this page", "Save this page"],
  ["download", () => delete (HTMLAnchorElement.prototype as { download?: unknown }).download, "Save this page", "Print this page"],
] as const) {
  test(`a web view without ${what} has no button for it (F22)`, async ({ page, patientSignIn, record }) => {
    await page.addInitScript(remove as () => void);
    await patientSignIn.openAndSignIn(ABDULLAH);
    await record.shows("Profile");
    await record.openSupport();
    await expect(page.getByRole("button", { name: new RegExp(`^${present}`) })).toBeVisible();
    await expect(page.getByRole("button", { name: new RegExp(`^${missing}`) })).toHaveCount(0);
  });
}

test("a staff record has no time of a zone that may have summer time (F29)", async ({ page, staffSignIn, record }) => {
  await staffSignIn.openAndSignIn(KAVYA);
  await record.shows("Roles");
  expect(await record.value("Hours from UTC (world time)")).toBe("+05:30");
  expect(await record.value("Time there now")).toBeUndefined();
  await expect(page.getByText("there now")).toHaveCount(0);
});

test.describe("a staff record has no offset that no zone has (F29)", () => {
  for (const offset of ["+24:00", "UTC+99:00", "-12:30"]) {
    test(`${offset} has no row (F29)`, async ({ page, staffSignIn, record }) => {
      await page.route("**/auth-service/session", async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace(/"offset":\s*"[^"]*"/, `"offset":"${offset}"`);
        await route.fulfill({ response, body });
      });
      await staffSignIn.openAndSignIn(KAVYA);
      await record.shows("Roles");
      expect(await record.value("Hours from UTC (world time)")).toBeUndefined();
      await expect(page.getByText(offset)).toHaveCount(0);
    });
  }
});

test.describe("codes in a page that is recoloured (F17)", () => {
  /** The red of the quiet zone and of the darkest module of the QR code, from a picture of it. */
  const grounds = async (page: Page) => {
    const picture = await page.getByRole("img", { name: /^QR/ }).first().screenshot();
    // In a page without the portal's content policy.
    const reader = await page.context().newPage();
    const shades = await reader.evaluate(async (base64) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const shades = new Set<number>();
      for (let at = 0; at < data.length; at += 4) shades.add(data[at]!);
      // In the middle of the quiet zone's upper edge.
      return [data[(3 * image.width + Math.floor(image.width / 2)) * 4], Math.min(...shades)];
    }, picture.toString("base64"));
    await reader.close();
    return shades;
  };

  for (const [what, css] of [
    ["by attribute", "[fill],[style]{fill:rgb(24,26,27)!important;stroke:none!important}"],
    ["by element", "svg,svg *,path,div,dialog,section{fill:#e8e6e3!important;background:#181a1b!important;color:#e8e6e3!important}"],
    ["by inversion, images excepted", "html{filter:invert(1) hue-rotate(180deg)!important}img,video,canvas{filter:invert(1) hue-rotate(180deg)!important}"],
  ] as const) {
    test(`QR code stays black on white with an extension that recolours ${what} (F17)`, async ({ page, patientSignIn, record }) => {
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.shows("Profile");
      await page.evaluate((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        document.adoptedStyleSheets = [sheet];
      }, css);
      expect(await grounds(page)).toEqual([255, 0]);
    });
  }

  test("QR code stays black on white with forced colours (F17)", async ({ page, patientSignIn, record }) => {
    await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    await patientSignIn.openAndSignIn(ABDULLAH);
    await record.shows("Profile");
    expect(await grounds(page)).toEqual([255, 0]);
  });
});

for (const scheme of ["light", "dark"] as const) {
  test(`a browser without light-dark() and a ${scheme} theme shows readable buttons (F20)`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    // A function that no browser has, in the page and in its style sheet.
    await page.route(/\/(staff)?$|\.css$/, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers["content-security-policy"];
      const body = (await response.text()).replaceAll("light-dark(", "no-such-function(").replace(/ integrity=("[^"]*"|\S+?)(?=[ >])/g, "");
      await route.fulfill({ response, headers, body });
    });
    await page.goto("/");
    await page.locator("html[data-app-ready]").waitFor({ state: "attached" });
    await expect(page.locator("button[type=submit]")).toHaveCSS("background-color", "rgb(11, 95, 102)");
    await expect(page.locator("button[type=submit]")).toHaveCSS("color", "rgb(255, 255, 255)");
    await expect(page.locator(".sign-in")).toHaveCSS("background-color", "rgb(255, 255, 255)");
    await expect(page.locator("html")).toHaveCSS("color", "rgb(16, 38, 42)");
    // There is one theme.
    await expect(page.locator(".header__button--icon")).toBeHidden();
    await page.goto("/staff");
    await expect(page.locator("button[type=submit]")).toHaveCSS("background-color", "rgb(11, 95, 102)");
  });
}

test.describe("a program that a browser or a network refuses (R16)", () => {
  test.use({ brokenOnPurpose: true, allowedConsole: [/wasm|WebAssembly|integrity|Compile/i] });

  const REASONS = {
    "": "If that does not help, use a newer browser",
    browser: "is too old for this page, or Lockdown Mode is on",
    file: "Part of this page did not load",
  };
  /** Only this reason is seen. */
  const expectReason = async (page: Page, why: keyof typeof REASONS) => {
    for (const [reason, sentence] of Object.entries(REASONS)) {
      const says = expect(page.getByRole("alert"));
      if (reason === why) await says.toContainText(sentence, { useInnerText: true });
      else await says.not.toContainText(sentence, { useInnerText: true });
    }
  };

  test("WebAssembly that is switched off is told as that, with whom to call (R16)", async ({ page, sandbox }) => {
    sandbox.config({ brand: { helpPhone: "011 525 9999" } });
    await page.addInitScript(() => Reflect.deleteProperty(window, "WebAssembly"));
    await page.goto("/");
    const alert = page.getByRole("alert");
    await expectReason(page, "browser");
    await expect(alert).toContainText("هذا المتصفح قديم ولا يمكنه تشغيل هذه الصفحة", { useInnerText: true });
    await expect(alert.getByRole("link", { name: "011 525 9999" }).first()).toHaveAttribute("href", "tel:0115259999");
  });

  test("WebAssembly that a policy refuses is told as that (R16)", async ({ page }) => {
    await page.addInitScript(() => {
      WebAssembly.instantiateStreaming = () => Promise.reject(new WebAssembly.CompileError("Wasm code generation disallowed by embedder"));
    });
    await page.goto("/staff");
    await expectReason(page, "browser");
    await expect(page.getByRole("alert").getByRole("link", { name: /\d/ })).toHaveCount(0);
  });

  for (const [what, respond] of [
    ["403", { status: 403, contentType: "text/html", body: "<h1>Blocked</h1>" }],
    ["a page of its own", { status: 200, contentType: "text/html", body: "<h1>Blocked</h1>" }],
    ["404", { status: 404, body: "" }],
  ] as const) {
    test(`a program that a filter answers with ${what} is told as a file that is blocked (R16)`, async ({ page, sandbox }) => {
      sandbox.config({ brand: { helpPhone: "011 525 9999" }, staff: { helpPhone: "+966 11 525 0000" } });
      await page.route("**/*.wasm", (route) => route.fulfill(respond));
      await page.goto("/staff");
      const alert = page.getByRole("alert");
      await expectReason(page, "file");
      await expect(alert.getByRole("link", { name: "+966 11 525 0000" }).first()).toHaveAttribute("href", "tel:+966115250000");
    });
  }
});

for (const [what, path] of [
  ["patient", "/"],
  ["staff member", "/staff"],
] as const) {
  test(`a browser that says it is offline, and is not, lets a ${what} in (K11)`, async ({ page, patientSignIn, record, staffSignIn }) => {
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "onLine", { get: () => false }));
    if (path === "/") await patientSignIn.openAndSignIn(ABDULLAH);
    else await staffSignIn.openAndSignIn(KAVYA);
    await record.shows(path === "/" ? "Profile" : "Roles");
  });
}

test("a browser that says it is online, and is not, is told that the service cannot be reached (K11)", async ({
  context,
  messages,
  page,
  patientSignIn,
  record,
}) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "onLine", { get: () => true }));
  await patientSignIn.open("/");
  await context.setOffline(true);
  await patientSignIn.signIn(ABDULLAH);
  await patientSignIn.showsErrors(messages.unreachable, messages.patientSignIn);
  await context.setOffline(false);
  await patientSignIn.submitButton.click();
  await record.shows("Profile");
});
