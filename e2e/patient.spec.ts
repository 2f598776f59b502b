// A patient signs in and sees all that the middleware has on record, and nothing else.

import { ABDULLAH, MARIA, NOURA, OMAR, PATIENTS, SAMPLE_PATIENT, SARA, sample } from "./people.ts";
import type { Card } from "./pages/record.ts";
import { expect, test } from "./portal.ts";

/** When these tests take place, where somebody's age stands in them. */
const TODAY = "2026-11-22T12:00:00+03:00";

/** What the profile says in English once nothing is hidden, and the addresses. */
const RECORDS: { person: (typeof PATIENTS)[number]; profile: Card[]; addresses: Card[] }[] = [
  {
    person: ABDULLAH,
    profile: [
      ["Check-in card", [["Patient ID", "0012345"]]],
      [
        "About you",
        [
          ["Name", "Abdullah Saleh Al-Harbi"],
          ["Name in Arabic", "عبدالله صالح الحربي"],
          // 1990-01-14T21:00:00Z is the next day in Riyadh.
          ["Date of birth", "15 January 1990"],
          ["Age", "36 years"],
          ["Date of birth (Hijri)", "17 Jumada II 1410 AH"],
          ["Gender", "Male"],
          ["Marital status", "Code 2"],
          ["Marital status code", "M"],
          ["Nationality", "Saudi Arabia"],
          ["Nationality code", "SA"],
          ["Occupation", "Civil engineer"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID", "1012345672"],
          ["ID type", "Code 10"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 501234567"],
          ["Email", "abdullah.harbi@example.com"],
        ],
      ],
    ],
    addresses: [
      [
        "Billing and shipping address",
        [
          [
            "Address",
            "Abdullah Al-Harbi · 7421 Prince Turki Street · Al Olaya, unit 3 · Riyadh 12214 · Riyadh Province · Saudi Arabia",
          ],
          ["Phone", "501234567"],
          ["Email", "abdullah.harbi@example.com"],
          ["Place on the map", "24.6949,46.6853"],
        ],
      ],
    ],
  },
  {
    person: MARIA,
    profile: [
      ["Check-in card", [["Patient ID", "204417"]]],
      [
        "About you",
        [
          ["Name", "Maria Santos Reyes"],
          ["Name in Arabic", "ماريا سانتوس رييس"],
          ["Date of birth", "3 June 1987"],
          ["Age", "39 years"],
          ["Date of birth (Hijri)", "6 Shawwal 1407 AH"],
          ["Gender", "Female"],
          ["Marital status", "Code 1"],
          ["Marital status code", "S"],
          ["Nationality", "Philippines"],
          ["Nationality code", "PH"],
          ["Occupation", "Pharmacist"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID", "2345678904"],
          ["ID type", "Code 20"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 551234567"],
          ["Email", "maria.reyes@example.com"],
        ],
      ],
    ],
    addresses: [
      [
        "Billing address",
        [
          [
            "Address",
            "Maria Reyes · Example Pharmacy Co. · 88 Palestine Street · Floor 2 · Jeddah 23326 · Makkah Province · Saudi Arabia",
          ],
          ["Phone", "551234567"],
          ["Fax", "0126000000"],
          ["Email", "accounts@example.com"],
          ["Place on the map", "(21.5433, 39.1728)"],
        ],
      ],
      [
        "Shipping address",
        [
          [
            "Address",
            "Maria Reyes · 15 King Faisal Road · Gate B · Al Khobar 34429 · Eastern Province · Saudi Arabia",
          ],
          ["Phone", "551234567"],
          ["Email", "maria.reyes@example.com"],
          ["Place on the map", "26.2172; 50.1971"],
        ],
      ],
    ],
  },
  {
    person: SARA,
    profile: [
      ["Check-in card", [["Patient ID", "A-10/77"]]],
      [
        "About you",
        [
          ["Name", "Sara Fahad Al-Otaibi"],
          ["Name in Arabic", "سارة فهد العتيبي"],
          ["Date of birth", "31 December 1999"],
          ["Age", "26 years"],
          ["Date of birth (Hijri)", "23 Ramadan 1420 AH · worked out from your date of birth"],
          ["Gender", "Female"],
          ["Marital status", "Code 2"],
          ["Marital status code", "M"],
          ["Nationality", "Saudi Arabia"],
          ["Nationality code", "SA"],
          ["Occupation", "Teacher"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID", "1091234565"],
          ["ID type", "Code 10"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 541112223"],
          ["Email", "sara.otaibi@example.com"],
        ],
      ],
    ],
    addresses: [],
  },
  {
    person: NOURA,
    profile: [
      ["Check-in card", [["Patient ID", "55120"]]],
      [
        "About you",
        [
          ["Name in Arabic", "نورة سعد القحطاني"],
          ["Date of birth (Hijri)", "5 Ramadan 1394 AH"],
          ["Gender", "Unknown"],
          // From the ISO code alone.
          ["Nationality", "Saudi Arabia"],
          ["Nationality code", "SA"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID", "1044556676"],
        ],
      ],
      ["Contact", [["Mobile number", "539876543"]]],
    ],
    addresses: [
      [
        "Billing address",
        [
          [
            "Address",
            "نورة · شارع الملك خالد ١٢ · أبها · المملكة العربية السعودية",
          ],
          ["Place on the map", "0,0"],
        ],
      ],
    ],
  },
  {
    person: OMAR,
    profile: [
      ["Check-in card", [["Patient ID", "778899"]]],
      [
        "About you",
        [
          ["Name", "Omar Haddad"],
          ["Name in Arabic", "عمر حداد"],
          ["Date of birth", "30 November 2001"],
          ["Age", "24 years"],
          ["Date of birth (Hijri)", "15 Ramadan 1422 AH"],
          ["Gender", "Male"],
          ["Marital status", "Code 1"],
          ["Marital status code", "S"],
          ["Nationality", "Jordan"],
          ["Nationality code", "JO"],
          ["Occupation", "Student"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID", "2411223346"],
          ["ID type", "Code 20"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 567654321"],
          ["Email", "omar.haddad@example.com"],
        ],
      ],
    ],
    addresses: [
      [
        "Billing address",
        [
          [
            "Address",
            "Omar Haddad · 3 Coast Road · Dammam 32241 · Saudi Arabia",
          ],
          ["Phone", "567654321"],
        ],
      ],
    ],
  },
];

for (const { person, profile, addresses } of RECORDS) {
  test(`${person.name} signs in by National ID and sees the whole record`, async ({
    page,
    patientSignIn,
    record,
  }) => {
    await page.clock.setFixedTime(TODAY);
    await patientSignIn.enter({ phone: person.phone, nationalId: person.nationalId });
    await record.shows("Profile");
    await record.reveal();
    expect(await record.cards()).toEqual(profile);

    await record.go("Addresses");
    await record.shows("Addresses");
    await record.reveal();
    expect(await record.cards()).toEqual(addresses);
  });

  test(`${person.name} signs in by Patient ID`, async ({ patientSignIn, record }) => {
    await patientSignIn.enter({ phone: person.phone, patientId: person.patientId });
    await record.shows("Profile");
    expect(await record.value("Patient ID")).toBe(person.patientId);
  });
}

test("an address that is not there is said to be none", async ({ page, patientSignIn, record }) => {
  await patientSignIn.enter(SARA);
  await record.go("Addresses");
  await expect(page.getByText("The hospital has no address for you.")).toBeVisible();
});

test("National ID and phone stay hidden until they are asked for", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.enter(ABDULLAH);
  await expect(record.showButtons).toHaveText(["Show National ID", "Show Mobile number"]);
  expect(await record.value("National ID")).toBe("••••••••72");
  const html = () => page.getByRole("main").innerHTML();
  expect(await html()).not.toContain(ABDULLAH.nationalId);
  expect(await html()).not.toContain(ABDULLAH.phone);

  await record.button("Show National ID").click();
  await expect(record.button("Hide National ID")).toBeFocused();
  expect(await record.value("National ID")).toBe(ABDULLAH.nationalId);
  expect(await html()).not.toContain(ABDULLAH.phone);

  await record.button("Hide National ID").click();
  await expect(record.button("Show National ID")).toBeVisible();
  expect(await html()).not.toContain(ABDULLAH.nationalId);
});

test("names and numbers keep their own language and direction", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.enter(ABDULLAH);
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

  test("a patient signs in and reads the record", async ({ patientSignIn, record, words }) => {
    await patientSignIn.enter(ABDULLAH);
    await record.shows(words.profile);
    await record.reveal();
    const rows = Object.fromEntries((await record.cards()).flatMap(([, rows]) => rows));
    expect(rows).toMatchObject({
      "الاسم": "عبدالله صالح الحربي",
      "الاسم بالإنجليزية": "Abdullah Saleh Al-Harbi",
      "تاريخ الميلاد": "١٥ يناير ١٩٩٠",
      "تاريخ الميلاد (هجري)": "١٧ جمادى الآخرة ١٤١٠ هـ",
      "الجنس": "ذكر",
      "الحالة الاجتماعية": "الرمز 2",
      "رقم المريض": "0012345",
      "الهوية الوطنية": "1012345672",
      "رقم الجوال": "+966 501234567",
    });

    await record.go(words.addresses);
    const [card] = await record.cards();
    expect(card?.[0]).toBe("عنوان الفواتير والتوصيل");
    expect(await record.value(words.address)).toContain("Riyadh 12214");
  });
});

test.describe("far from Riyadh", () => {
  test.use({ timezoneId: "America/Los_Angeles" });

  test("a day of birth is still Riyadh's", async ({ patientSignIn, record }) => {
    await patientSignIn.enter(ABDULLAH);
    expect(await record.value("Date of birth")).toBe("15 January 1990");
  });
});

test("the documented sample answer shows every value", async ({
  patientSignIn,
  record,
  sandbox,
}) => {
  // The sample says "string" nearly everywhere. Each leaf gets a value of its own, so that each
  // one has to be found; kinds and keys stay as documented.
  const documented = sample("fixtures/patient-login.json");
  const told = new Map<string, string>();
  const marked = mark(documented, "", told);
  await sandbox.faults([
    { call: "login", times: 1, fault: { kind: "status", status: 200, body: JSON.stringify(marked) } },
  ]);
  await patientSignIn.enter(SAMPLE_PATIENT);
  await record.reveal();
  const seen = await record.values();
  await record.go("Addresses");
  await record.reveal();
  seen.push(...(await record.values()));

  // Said in other words: the day, and the code of the gender.
  told.delete("dateOfBirth");
  told.delete("gender");
  expect(seen).toContain("7 September 2022");
  expect(seen).toContain("Unknown");
  expect(told.size).toBe(44);
  const text = seen.join("\n");
  expect([...told].filter(([, value]) => !text.includes(value))).toEqual([]);
});

/** The same JSON with every text replaced by the path that leads to it. */
function mark(value: unknown, path: string, told: Map<string, string>): unknown {
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, mark(inner, path ? `${path}.${key}` : key, told)]),
    );
  }
  const marked = value === "string" ? `«${path}»` : value;
  told.set(path, value === "string" ? `«${path}»` : String(value));
  return marked;
}

test("the documented sample answer, word for word", async ({ page, patientSignIn, record }) => {
  await page.clock.setFixedTime(TODAY);
  await patientSignIn.enter(SAMPLE_PATIENT);
  await record.reveal();
  expect(await record.cards()).toEqual([
    ["Check-in card", [["Patient ID", "string"]]],
    [
      "About you",
      [
        ["Name", "string string string"],
        ["Name in Arabic", "string string string"],
        ["Date of birth", "7 September 2022"],
        ["Age", "4 years"],
        ["Date of birth (Hijri)", "string"],
        ["Gender", "Unknown"],
        ["Marital status", "Code 0"],
        ["Marital status code", "string"],
        ["Nationality", "string"],
        ["Nationality code", "string"],
        ["Occupation", "string"],
      ],
    ],
    [
      "Identity",
      [
        ["National ID", "string"],
        ["ID type", "Code 10"],
      ],
    ],
    [
      "Contact",
      [
        ["Mobile number", "string string"],
        ["Email", "string"],
      ],
    ],
  ]);
  await record.go("Addresses");
  const [card, ...more] = await record.cards();
  expect(more).toEqual([]);
  expect(card?.[0]).toBe("Billing and shipping address");
  // Masked, as every phone number is.
  expect(card?.[1]).toEqual([
    ["Address", "string string · string · string · string · string string · string · string"],
    ["Phone", "••••ng"],
    ["Fax", "string"],
    ["Email", "string"],
    ["Place on the map", "string"],
  ]);
});

test("while the form is on its way it says so, and is not sent twice", async ({
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

test("Enter in a field sends the form", async ({ patientSignIn, record }) => {
  await patientSignIn.open("/");
  await patientSignIn.fill(ABDULLAH);
  await patientSignIn.nationalId.press("Enter");
  await record.shows("Profile");
});

test("a note that appears does not move the button from under a slow press", async ({
  page,
  patientSignIn,
  record,
}) => {
  // Both of the documented sample's numbers look odd, and each gets a note below its field.
  const note = page.getByText("A Saudi National ID or Iqama has 10 digits", { exact: false });
  await patientSignIn.open("/");
  await patientSignIn.fill(SAMPLE_PATIENT);
  await patientSignIn.submit.hover();
  await page.mouse.down();
  // That no note comes can only be waited for: as long as one that is due takes to be drawn.
  await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve))));
  await expect(note).toHaveCount(0);
  await page.mouse.up();
  await record.shows("Profile");
});
