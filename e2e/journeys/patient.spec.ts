// A patient signs in and sees the complete record of the middleware, and nothing else.

import { ABDULLAH, SAMPLE_PATIENT, SARA, sample } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";
import { EXPECTED_RECORDS } from "../support/expected_records.ts";

/** The date of these tests, for a person's age. */
const TODAY = "2026-11-22T12:00:00+03:00";

for (const { person, profile, addresses } of EXPECTED_RECORDS) {
  test(`patient record: ${person.name} signs in with a National ID and sees every value`, async ({
    page,
    patientSignIn,
    record,
  }) => {
    await page.clock.setFixedTime(TODAY);
    await patientSignIn.openAndSignIn({ phone: person.phone, nationalId: person.nationalId });
    await record.shows("Profile");
    await record.revealAll();
    expect(await record.cards()).toEqual(profile);

    await record.goTo("Addresses");
    await record.shows("Addresses");
    await record.revealAll();
    expect(await record.cards()).toEqual(addresses);
  });

  test(`patient record: ${person.name} signs in with a Patient ID and sees the profile`, async ({ patientSignIn, record }) => {
    await patientSignIn.openAndSignIn({ phone: person.phone, patientId: person.patientId });
    await record.shows("Profile");
    expect(await record.value("Patient ID")).toBe(person.patientId);
  });
}

test("patient addresses: a message says that there is none", async ({ page, patientSignIn, record }) => {
  await patientSignIn.openAndSignIn(SARA);
  await record.goTo("Addresses");
  await expect(page.getByText("The hospital has no address for you.")).toBeVisible();
});

test("patient profile: National ID and phone are masked until revealed", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await expect(record.revealButtons).toHaveText(["Show National ID or Iqama", "Show Mobile number"]);
  expect(await record.value("National ID or Iqama")).toBe("••••••••72");
  const html = () => page.getByRole("main").innerHTML();
  expect(await html()).not.toContain(ABDULLAH.nationalId);
  expect(await html()).not.toContain(ABDULLAH.phone);

  await record.button("Show National ID or Iqama").click();
  await expect(record.button("Hide National ID or Iqama")).toBeFocused();
  expect(await record.value("National ID or Iqama")).toBe(ABDULLAH.nationalId);
  expect(await html()).not.toContain(ABDULLAH.phone);

  await record.button("Hide National ID or Iqama").click();
  await expect(record.button("Show National ID or Iqama")).toBeVisible();
  expect(await html()).not.toContain(ABDULLAH.nationalId);
});

test("patient record: names and numbers keep their own lang and dir", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  const arabic = page.getByText("عبدالله صالح الحربي", { exact: true });
  await expect(arabic).toHaveAttribute("lang", "ar");
  await expect(arabic).toHaveAttribute("dir", "rtl");

  await record.languageButton.click();
  const latin = page.getByText("Abdullah Saleh Al-Harbi", { exact: true });
  await expect(latin).toHaveAttribute("lang", "en");
  await expect(latin).toHaveAttribute("dir", "ltr");
  await expect(page.getByText("0012345", { exact: true })).toHaveAttribute("dir", "ltr");
  await expect(page.getByText("abdullah.harbi@example.com")).toHaveAttribute("dir", "ltr");
});

test.describe("in Arabic", () => {
  test.use({ language: "ar" });

  test("patient record: is shown in Arabic", async ({ patientSignIn, record, messages }) => {
    await patientSignIn.openAndSignIn(ABDULLAH);
    await record.shows(messages.profile);
    await record.revealAll();
    const rows = Object.fromEntries((await record.cards()).flatMap(([, rows]) => rows));
    expect(rows).toMatchObject({
      "الاسم": "عبدالله صالح الحربي",
      "الاسم بالإنجليزية": "Abdullah Saleh Al-Harbi",
      "تاريخ الميلاد": "15 يناير 1990",
      "تاريخ الميلاد (هجري)": "17 جمادى الآخرة 1410 هـ",
      "الجنس": "ذكر",
      "الحالة الاجتماعية": "الرمز 2",
      "رقم الملف الطبي": "0012345",
      "الهوية أو الإقامة": "1012345672",
      "رقم الجوال": "+966 501234567",
    });

    await record.goTo(messages.addresses);
    const [card] = await record.cards();
    expect(card?.[0]).toBe("عنوان الفواتير والتوصيل");
    expect(await record.value(messages.address)).toContain("Riyadh 12214");
  });
});

test.describe("far from Riyadh", () => {
  test.use({ timezoneId: "America/Los_Angeles" });

  test("patient record: the date of birth is Riyadh's in another time zone", async ({ patientSignIn, record }) => {
    await patientSignIn.openAndSignIn(ABDULLAH);
    expect(await record.value("Date of birth")).toBe("15 January 1990");
  });
});

test("patient record: every value of the documented sample response is shown", async ({
  patientSignIn,
  record,
  sandbox,
}) => {
  // The sample has "string" nearly everywhere. Each leaf gets a unique value, so that each must be found;
  // types and keys are kept.
  const documented = sample("fixtures/patient-login.json");
  const leaves = new Map<string, string>();
  const marked = markLeaves(documented, "", leaves);
  await sandbox.faults([
    { call: "login", times: 1, fault: { kind: "status", status: 200, body: JSON.stringify(marked) } },
  ]);
  await patientSignIn.openAndSignIn(SAMPLE_PATIENT);
  await record.revealAll();
  const seen = await record.values();
  await record.goTo("Addresses");
  await record.revealAll();
  seen.push(...(await record.values()));

  // Formatted values: the date, and the code of the gender.
  leaves.delete("dateOfBirth");
  leaves.delete("gender");
  expect(seen).toContain("7 September 2022");
  expect(seen).toContain("Unknown");
  expect(leaves.size).toBe(44);
  const text = seen.join("\n");
  expect([...leaves].filter(([, value]) => !text.includes(value))).toEqual([]);
});

test("patient profile: codes without a label and the download are in the closed details for support", async ({ page, patientSignIn, record }) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  const technical = ["Code 10", "Code 2", "Marital status code", "Nationality code"].map((text) => page.getByText(text, { exact: true }));
  const download = record.button("Save this page as a file");
  for (const one of [...technical, download]) await expect(one).toBeHidden();
  await expect(record.button("Print this page")).toBeVisible();
  await record.openSupport();
  for (const one of [...technical, download]) await expect(one).toBeVisible();
});

test("record pages: each says whose it is beside the sign-out button, and never in the title", async ({ page, patientSignIn, record, messages }) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  const name = (text: string) => record.navigation.getByText(text, { exact: true });
  for (const heading of [messages.profile, messages.addresses]) {
    await record.goTo(heading);
    await expect(name("Abdullah Al-Harbi")).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(name("Abdullah Al-Harbi")).toBeVisible();
    expect(await page.title()).not.toContain("Abdullah");
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await record.languageButton.click();
  await expect(name("عبدالله الحربي")).toBeVisible();
  await record.in("ar").signOutButton.click();
  await expect(page.getByText("عبدالله")).toHaveCount(0);
});

test("patient profile: a record with a name only has the card, and says that there is no more", async ({ page, patientSignIn, record, sandbox }) => {
  await patientSignIn.open("/");
  const body = JSON.stringify({ name: { firstName: "Layla" } });
  await sandbox.faults([{ call: "login", times: 1, fault: { kind: "status", status: 200, body } }]);
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
  // Without a number there is nothing to check in with, and nothing to print.
  expect(await record.cards()).toEqual([["Signed in as", [["Name", "Layla"]]]]);
  await expect(page.getByText("The hospital has nothing more on record for you.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Print/ })).toHaveCount(0);
});

/** The same JSON with every text replaced by its path. */
function markLeaves(value: unknown, path: string, leaves: Map<string, string>): unknown {
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, markLeaves(inner, path ? `${path}.${key}` : key, leaves)]),
    );
  }
  const marked = value === "string" ? `«${path}»` : value;
  leaves.set(path, value === "string" ? `«${path}»` : String(value));
  return marked;
}

test("patient record: the documented sample response is shown as expected", async ({ page, patientSignIn, record }) => {
  await page.clock.setFixedTime(TODAY);
  await patientSignIn.openAndSignIn(SAMPLE_PATIENT);
  await record.revealAll();
  expect(await record.cards()).toEqual([
    [
      "Check-in card",
      [
        ["Name", "string string string"],
        ["Name in Arabic", "string string string"],
        ["Patient ID", "string"],
      ],
    ],
    [
      "About you",
      [
        ["Date of birth", "7 September 2022"],
        ["Date of birth (Hijri)", "string"],
        ["Age", "4 years"],
        ["National ID or Iqama", "string"],
        ["Gender", "Unknown"],
        ["Nationality", "string"],
        ["Occupation", "string"],
      ],
    ],
    [
      "Contact",
      [
        ["Mobile number", "string string"],
        ["Email", "string"],
      ],
    ],
    // Details for support.
    [
      "About you",
      [
        ["ID type", "Code 10"],
        ["Marital status", "Code 0"],
        ["Marital status code", "string"],
        ["Nationality code", "string"],
      ],
    ],
  ]);
  await record.goTo("Addresses");
  const [card, ...more] = await record.cards();
  expect(more).toEqual([["Address for bills and deliveries", [["Place on the map", "string"]]]]);
  expect(card?.[0]).toBe("Address for bills and deliveries");
  // Masked, like every phone number.
  expect(card?.[1]).toEqual([
    ["Address", "string string · string · string · string · string string · string · string"],
    ["Phone", "••••ng"],
    ["Email", "string"],
    ["Fax", "string"],
  ]);
});

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("patient sign-in: help where people are lost, closed at first", async ({ page, patientSignIn, messages }) => {
      await patientSignIn.open("/");
      const help = page.locator("details").filter({ hasText: messages.signInHelp }).getByRole("paragraph");
      await expect(help).toHaveCount(0);
      await page.getByText(messages.signInHelp, { exact: true }).click();
      await expect(help).toHaveCount(4);
    });

    test("sign-out: the sign-in page says so until the next sign-in", async ({ page, patientSignIn, record, messages }) => {
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.signOutButton.click();
      const told = page.getByText(messages.signedOut, { exact: true });
      await expect(told).toBeVisible();
      await expect(told).toHaveRole("status");
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(messages.profile);
      await expect(told).toHaveCount(0);
    });

    test("brand pane: stands beside the form on a wide screen only, with the help phone", async ({ page, patientSignIn, sandbox, messages }) => {
      sandbox.config({ brand: { name: "Al Noor", nameAr: "النور", helpPhone: "9200 00000" } });
      await patientSignIn.open("/");
      const pane = page.locator(".brand-pane");
      const name = pane.getByText(messages.dir === "rtl" ? "النور" : "Al Noor", { exact: true });
      const phone = pane.getByRole("link", { name: "9200 00000" });
      for (const [width, isShown] of [[1280, true], [1024, true], [1023, false], [390, false]] as const) {
        await page.setViewportSize({ width, height: 800 });
        await expect(name).toBeVisible({ visible: isShown });
        await expect(phone).toBeVisible({ visible: isShown });
      }
    });
  });
}

test("patient sign-in: the button shows a pending request, and the form is submitted once", async ({
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  await sandbox.faults([{ call: "login", times: 1, fault: { kind: "delay", ms: 1500 } }]);
  await patientSignIn.open("/");
  await patientSignIn.signIn(ABDULLAH);
  const busy = patientSignIn.button("Signing in…");
  await expect(busy).toBeFocused();
  await expect(busy).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Enter");
  await patientSignIn.phone.press("Enter");
  await record.shows("Profile");
  expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
});

test("patient sign-in: Enter in a field submits the form", async ({ patientSignIn, record }) => {
  await patientSignIn.open("/");
  await patientSignIn.fill(ABDULLAH);
  await patientSignIn.nationalId.press("Enter");
  await record.shows("Profile");
});

test("patient sign-in: a warning does not move the button during a slow press", async ({
  page,
  patientSignIn,
  record,
}) => {
  // Both numbers of the documented sample are unusual, and each gets a warning below its field.
  const warning = page.getByText("A National ID or Iqama number has 10 digits", { exact: false });
  await patientSignIn.open("/");
  await patientSignIn.fill(SAMPLE_PATIENT);
  await patientSignIn.submitButton.hover();
  await page.mouse.down();
  // The absence of a warning needs a wait, as long as a rendering takes.
  await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve))));
  await expect(warning).toHaveCount(0);
  await page.mouse.up();
  await record.shows("Profile");
});
