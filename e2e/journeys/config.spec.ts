// A deployment's config.json: its effects, and the config error page for an invalid one.

import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { DIRECT } from "../support/fixtures.ts";
import { ABDULLAH, KAVYA, MARIA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES, MESSAGES } from "../support/messages.ts";

/** Configurations with mistakes, and the lines about them, shared with crates/config. */
const MISTAKES = new URL("../../crates/config/tests/mistakes/", import.meta.url);

test("config brand: name, logo and help phone are shown in both languages", async ({
  page,
  patientSignIn,
  sandbox,
}) => {
  sandbox.config({
    brand: { name: "Al Noor Hospital", nameAr: "مستشفى النور", logo: "/icon.svg", helpPhone: "+966 9200 00000" },
  });
  await patientSignIn.open("/");
  await patientSignIn.shows("Patient sign in", "Al Noor Hospital");
  await expect(page.getByRole("banner").getByRole("link")).toHaveText("Al Noor Hospital");
  await expect(page.getByRole("contentinfo")).toContainText("Need help? Call");
  // Beside the form, or at the foot of a page that is too narrow.
  for (const [width, place] of [[1280, ".brand-pane"], [390, ".footer"]] as const) {
    await page.setViewportSize({ width, height: 800 });
    const call = page.getByRole("link", { name: "+966 9200 00000" });
    await expect(call).toHaveCount(1);
    await expect(call).toHaveAttribute("href", "tel:+966920000000");
    await expect(page.locator(place).getByRole("link", { name: "+966 9200 00000" })).toBeVisible();
  }
  await patientSignIn.languageButton.click();
  await patientSignIn.shows("دخول المرضى", "مستشفى النور");
  await expect(page.getByRole("banner").getByRole("link")).toHaveText("مستشفى النور");
});

test("config brand.accent: is used in both themes, and too little contrast shows the config error page", async ({
  page,
  patientSignIn,
  sandbox,
}) => {
  // A colour on its way to another one is neither.
  await page.emulateMedia({ reducedMotion: "reduce" });
  sandbox.config({ brand: { accent: "#7a0019" } });
  await patientSignIn.open("/");
  await expect(patientSignIn.submitButton).toHaveCSS("background-color", "rgb(122, 0, 25)");
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect(patientSignIn.submitButton).not.toHaveCSS("background-color", "rgb(122, 0, 25)");
  for (const theme of ["Light theme", "Dark theme"]) {
    await expect(page.getByRole("button", { name: theme })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
    expect(violations).toEqual([]);
    await page.getByRole("button", { name: theme }).click();
  }

  sandbox.config({ brand: { accent: "#ffcc00" } });
  await page.reload();
  await expect(page.getByRole("heading", { name: "The portal cannot start" })).toBeVisible();
  await expect(page.getByText("brand.accent")).toBeVisible();
});

test("config.json: the defaults apply when the file is missing", async ({ page, patientSignIn, record, sandbox }) => {
  await page.route("**/config.json", (route) => route.fulfill({ status: 404 }));
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.shows("Profile");
  expect(await sandbox.wire()).toHaveLength(2);
});

test.describe("in a browser with neither language", () => {
  test.use({ locale: "fr-FR" });
  test("config languages: the first entry is the default", async ({ page, patientSignIn, sandbox }) => {
    sandbox.config({ languages: ["ar", "en"] });
    await patientSignIn.open("/");
    await patientSignIn.in("ar").shows("دخول المرضى");
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  });
});

test("config languages: the language button is absent with one entry", async ({ page, patientSignIn, sandbox }) => {
  sandbox.config({ languages: ["ar"] });
  await patientSignIn.open("/");
  const arabic = patientSignIn.in("ar");
  await arabic.shows("دخول المرضى");
  await expect(arabic.languageButton).toHaveCount(0);
  await expect(page.getByRole("banner").getByRole("button")).toHaveCount(1);
});

test("config patient.labels: codes are shown with the configured labels", async ({ patientSignIn, record, sandbox }) => {
  sandbox.config({
    patient: {
      labels: {
        maritalStatus: { "1": { en: "Single", ar: "أعزب" } },
        idType: { "20": "Iqama" },
        gender: { "2": "Woman" },
      },
    },
  });
  await patientSignIn.openAndSignIn(MARIA);
  expect(await record.value("Marital status")).toBe("Single");
  expect(await record.value("ID type")).toBe("Iqama");
  expect(await record.value("Gender")).toBe("Woman");
  await record.languageButton.click();
  await record.in("ar").shows("الملف الشخصي");
  expect(await record.value("الحالة الاجتماعية")).toBe("أعزب");
});

test("config digits: arab changes the numbers of Arabic pages, not of English ones and not identifiers", async ({
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  sandbox.config({ digits: "arab" });
  await page.clock.setFixedTime("2026-11-22T12:00:00+03:00");
  await patientSignIn.openAndSignIn(ABDULLAH);
  expect(await record.value("Age")).toBe("36 years");
  expect(await record.value("Date of birth")).toBe("15 January 1990");
  await record.languageButton.click();
  const arabic = record.in("ar");
  await arabic.shows("الملف الشخصي");
  expect(await arabic.value("العمر")).toBe("٣٦ سنة");
  expect(await arabic.value("تاريخ الميلاد")).toBe("١٥ يناير ١٩٩٠");
  expect(await arabic.value("تاريخ الميلاد (هجري)")).toBe("١٧ جمادى الآخرة ١٤١٠ هـ");
  expect(await arabic.value("رقم الملف الطبي")).toBe("0012345");
});

test("config patient.enabled: the staff sign-in page is the start page when patients are off", async ({
  page,
  patientSignIn,
  record,
  sandbox,
  staffSignIn,
}) => {
  sandbox.config({ patient: { enabled: false } });
  await patientSignIn.open("/");
  await staffSignIn.shows("Staff sign in");
  await expect(page).toHaveURL("/staff");
  await expect(staffSignIn.link("Patient sign in")).toHaveCount(0);
  await staffSignIn.open("/profile");
  await expect(page).toHaveURL("/staff?next=/profile");
  await staffSignIn.signIn(KAVYA);
  await record.shows("Profile");
});

test("config staff.enabled: the staff pages are unreachable when staff are off", async ({ page, patientSignIn, sandbox }) => {
  sandbox.config({ staff: { enabled: false } });
  await patientSignIn.open("/staff");
  await patientSignIn.shows("Patient sign in");
  await expect(page).toHaveURL("/");
  await expect(patientSignIn.link("Work here? Staff sign in")).toHaveCount(0);
  await patientSignIn.open("/roles");
  await patientSignIn.shows("Patient sign in");
});

test("config sharedDevice: autocomplete is off in every field", async ({
  patientSignIn,
  sandbox,
  staffSignIn,
}) => {
  await patientSignIn.open("/");
  await expect(patientSignIn.phone).toHaveAttribute("autocomplete", "tel-national");
  sandbox.config({ sharedDevice: true });
  await patientSignIn.open("/");
  await expect(patientSignIn.phone).toHaveAttribute("autocomplete", "off");
  await staffSignIn.open("/staff");
  await expect(staffSignIn.username).toHaveAttribute("autocomplete", "off");
  await expect(staffSignIn.password).toHaveAttribute("autocomplete", "off");
});

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("config error page: names the key of an invalid value, in the browser's language", async ({
      page,
      patientSignIn,
      sandbox,
      messages,
    }) => {
      sandbox.config({ session: { idleSeconds: "900" } });
      await patientSignIn.open("/");
      await expect(patientSignIn.heading(messages.configErrorTitle)).toBeVisible();
      await expect(page).toHaveTitle(messages.configErrorTitle);
      await expect(page.getByRole("alert")).toContainText("session.idleSeconds");
      await expect(page.getByRole("alert")).toContainText("a whole number of seconds, 1 to 604800");
      await expect(page.getByRole("textbox")).toHaveCount(0);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.locator("html")).toHaveAttribute("dir", messages.dir);
    });
  });
}

const WRONG: [key: string, config: unknown][] = [
  ["patient.baseUrl", { patient: { baseUrl: "http://hospital.example" } }],
  ["staff.baseUrl", { staff: { baseUrl: "http://localhost@hospital.example" } }],
  ["languages.1", { languages: ["en", "xx"] }],
  ["staff.entrances.0.client", { staff: { entrances: [{ label: "Everybody" }] } }],
  ["brand.name", { brand: { name: 3 } }],
  ["patient.enabled", { patient: { enabled: "yes" } }],
  ["staff.enabled", { patient: { enabled: false }, staff: { enabled: false } }],
];
for (const [key, config] of WRONG) {
  test(`config error page: names ${key} when its value is invalid`, async ({ page, patientSignIn, sandbox }) => {
    sandbox.config(config);
    await patientSignIn.open("/staff");
    await expect(patientSignIn.heading("The portal cannot start")).toBeVisible();
    await expect(page.getByRole("alert").getByText(key, { exact: true })).toBeVisible();
    await expect(page.getByRole("button")).toHaveCount(0);
  });
}

/** Misspelt keys were once ignored. */
const MISSPELT: [key: string, config: unknown, line: string][] = [
  ["sesion", { sesion: {} }, "sesion is not a known key; did you mean session?"],
  ["sesion: null", { sesion: null }, "sesion is not a known key; did you mean session?"],
  [
    "baseURL",
    { patient: { baseURL: "https://a.example" } },
    "patient.baseURL is not a known key; did you mean patient.baseUrl?",
  ],
  [
    "idelSeconds",
    { session: { staff: { idelSeconds: 60 } } },
    "session.staff.idelSeconds is not a known key; did you mean session.staff.idleSeconds?",
  ],
  [
    "clinet",
    { staff: { entrances: [{ clinet: "web", label: "Everybody" }] } },
    "staff.entrances.0.clinet is not a known key; did you mean staff.entrances.0.client?",
  ],
];
for (const [key, config, line] of MISSPELT) {
  test(`config error page: names the misspelt key ${key} with the nearest known key (F18)`, async ({
    page,
    patientSignIn,
    sandbox,
  }) => {
    sandbox.config(config);
    await patientSignIn.open("/");
    await expect(patientSignIn.heading("The portal cannot start")).toBeVisible();
    await expect(page.getByRole("alert").getByRole("listitem")).toHaveText([line]);
    await expect(page.getByRole("textbox")).toHaveCount(0);
  });
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("config error page: lists five mistakes at once, in the same lines as the tools", async ({
      page,
      patientSignIn,
      sandbox,
      messages,
    }) => {
      sandbox.config(readFileSync(new URL("five.json", MISTAKES), "utf8"));
      const lines = readFileSync(new URL("five.txt", MISTAKES), "utf8").trim().split("\n");
      expect(lines).toHaveLength(5);
      await patientSignIn.open("/");
      await expect(patientSignIn.heading(messages.configErrorTitle)).toBeVisible();
      await expect(page.getByRole("alert").getByRole("listitem")).toHaveText(lines);
    });
  });
}

test("config.json: null is read as an absent key", async ({ patientSignIn, sandbox }) => {
  sandbox.config({ brand: null, languages: null, session: { idleSeconds: null } });
  await patientSignIn.open("/");
  await patientSignIn.shows("Patient sign in");
});

for (const $schema of ["./config.schema.json", "https://hospital.example/schema.json", null]) {
  test(`config.json: $schema ${$schema} is accepted (K18)`, async ({ patientSignIn, sandbox }) => {
    sandbox.config({ $schema });
    await patientSignIn.open("/");
    await patientSignIn.shows("Patient sign in");
  });
}

for (const [what, mark] of [
  ["one byte order mark", "\ufeff"],
  ["a byte order mark and white space", "\ufeff\r\n "],
]) {
  test(`config.json: ${what} before it is skipped (K12)`, async ({ page, patientSignIn, sandbox }) => {
    sandbox.config(`${mark}${JSON.stringify({ languages: ["ar"] })}`);
    await patientSignIn.open("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "ar");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(MESSAGES.ar.patientSignIn);
  });
}

test("config error page: is shown when config.json is not JSON", async ({ page, patientSignIn, sandbox }) => {
  sandbox.config('{ "brand": ');
  await patientSignIn.open("/");
  await expect(patientSignIn.heading("The portal cannot start")).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("For the IT team: the file config.json is not JSON.");
});

for (const fault of [{ kind: "dropBefore" }, { kind: "status", status: 503 }] as const) {
  test(`config error page: is shown when config.json cannot be read (${fault.kind}), and a reload recovers`, DIRECT.configFile, async ({
    page,
    patientSignIn,
    record,
    sandbox,
  }) => {
    await sandbox.faults([{ call: "config", times: 1, fault }]);
    await patientSignIn.open("/");
    await expect(patientSignIn.heading("The portal cannot start")).toBeVisible();
    await expect(page.getByRole("alert")).toContainText("The portal did not load fully. Check your connection and reload the page.");
    // A reload recovers.
    await patientSignIn.openAndSignIn(ABDULLAH);
    await record.shows("Profile");
  });
}
