// Whose record it is: a login that names nobody is no sign-in, and the record of another patient is not shown.

import { ABDULLAH, LULWA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { OneTimeCodePage } from "../support/pages/one_time_code.ts";
import type { Fault } from "../support/sandbox.ts";

const record = (fields: object): Fault => ({
  kind: "status",
  status: 200,
  contentType: "application/json",
  body: JSON.stringify({ name: { firstName: "Other", lastName: "Patient" }, ...fields }),
});

// Row S9 of the field cases.
for (const [what, fields, own] of [
  ["another National ID", { nationalID: "2000000006" }, false],
  ["another National ID as a number", { nationalID: 2000000006 }, false],
  ["the same National ID", { nationalID: ABDULLAH.nationalId }, true],
  ["the same National ID with zeros before it", { nationalID: `00${ABDULLAH.nationalId}` }, true],
  ["a National ID that is none", { nationalID: "string" }, true],
  ["a National ID of zeros", { nationalID: "0000000000" }, true],
  ["no National ID, and another file number", { fileNo: "777" }, true],
] as const) {
  test(`sign-in by National ID: a record with ${what} is ${own ? "" : "not "}shown (S9)`, async ({ page, patientSignIn, record: recordPage, sandbox, messages }) => {
    await patientSignIn.open("/");
    await sandbox.faults([{ call: "login", times: 1, fault: record(fields) }]);
    await patientSignIn.signIn(ABDULLAH);
    if (own) {
      await recordPage.shows("Profile");
    } else {
      await patientSignIn.showsErrors(messages.otherPatient, "Patient sign in");
      await patientSignIn.showsReference("P2-OTHER");
      await expect(page.getByText("Other Patient")).toHaveCount(0);
      await expect(patientSignIn.nationalId).toHaveValue(ABDULLAH.nationalId);
    }
  });
}

for (const [fileNo, own] of [
  ["12345", true],
  ["0012345", true],
  ["a-7", false],
  ["12346", false],
] as const) {
  test(`sign-in by Patient ID 0012345: a record with file number ${fileNo} is ${own ? "" : "not "}shown (S9)`, async ({ patientSignIn, record: recordPage, sandbox, messages }) => {
    await patientSignIn.open("/");
    await sandbox.faults([{ call: "login", times: 1, fault: record({ fileNo, nationalID: "2000000006" }) }]);
    await patientSignIn.signIn({ phone: ABDULLAH.phone, patientId: "0012345" });
    if (own) await recordPage.shows("Profile");
    else await patientSignIn.showsErrors(messages.otherPatient, "Patient sign in");
  });
}

test("one-time code: the record of another patient is not shown, after a new code neither (S9)", async ({ page, record: recordPage, sandbox, messages }) => {
  sandbox.config({ patient: { oneTimeCode: true } });
  const codePage = new OneTimeCodePage(page, messages);
  await page.clock.install();
  await codePage.openWith(LULWA);
  await sandbox.faults([{ call: "verify", times: 2, fault: record({ nationalID: "2000000006" }) }]);
  await codePage.submit(LULWA.oneTimeCode);
  await expect(codePage.errorSummary).toContainText(messages.otherPatient);
  await codePage.showsReference("P3-OTHER");
  await page.clock.runFor(61_000);
  await codePage.resendButton.click();
  await expect.poll(async () => (await sandbox.wire()).at(-1)).toMatchObject({ call: "resend", status: 200 });
  await codePage.submit(LULWA.oneTimeCode);
  await expect(codePage.errorSummary).toContainText(messages.otherPatient);
  await codePage.submit(LULWA.oneTimeCode);
  await recordPage.shows("Profile");
});

// Row S8.
for (const [what, body] of [
  ["only nulls", { fileNo: null, nationalID: null, name: null, dateOfBirth: null }],
  ["zeros and the lowest date", { fileNo: "0", nationalID: "0000000000", phoneNo: 0, gender: 0, dateOfBirth: "0001-01-01T00:00:00" }],
  ["empty texts in an envelope", { status: "success", data: { fileNo: "", phoneNo: " ", name: { firstName: "", lastNameAr: "" } } }],
] as const) {
  test(`sign-in: a record of ${what} is no such patient (S8)`, async ({ patientSignIn, sandbox, messages }) => {
    await patientSignIn.open("/");
    const fault = { kind: "status", status: 200, contentType: "application/json", body: JSON.stringify(body) } as const;
    await sandbox.faults([{ call: "login", times: 1, fault }]);
    await patientSignIn.signIn(ABDULLAH);
    await patientSignIn.showsErrors(messages.notFound, "Patient sign in");
    await patientSignIn.showsReference(null);
  });
}

// Rows F7, R4 and R26: what the profile shows; `null` for no row.
const BIRTH = "Date of birth";
const HIJRI = "Date of birth (Hijri)";
for (const [what, fields, rows] of [
  ["born before 1947, in local mean time (F7a)", { dateOfBirth: "1940-01-14T20:53:08.000Z" }, { [BIRTH]: "15 January 1940" }],
  ["born in 1946, in local mean time (F7a)", { dateOfBirth: "1946-06-30T20:53:08Z" }, { [BIRTH]: "1 July 1946" }],
  ["with the lowest date (F7b)", { dateOfBirth: "0001-01-01T00:00:00" }, { [BIRTH]: null, [HIJRI]: null, Age: null }],
  ["with the highest date (F7b)", { dateOfBirth: "9999-12-31T23:59:59.9999999" }, { [BIRTH]: null, [HIJRI]: null, Age: null }],
  ["with a date of zeros in both calendars (F7b)", { dateOfBirth: "0000-00-00", dateOfBirthHijri: "0000-00-00" }, { [BIRTH]: null, [HIJRI]: null, Age: null }],
  ["with the lowest date in the Hijri field (F7b)", { dateOfBirthHijri: "0001-01-01T00:00:00" }, { [HIJRI]: null }],
  ["with a date of .NET (R4)", { dateOfBirth: "/Date(632361600000+0300)/" }, { [BIRTH]: "15 January 1990" }],
  ["with a Hijri year in an instant (R4)", { dateOfBirth: "1410-06-18T00:00:00" }, { [BIRTH]: null, [HIJRI]: "18 Jumada II 1410 AH" }],
  ["born in the future (R4)", { dateOfBirth: "2068-01-15" }, { [BIRTH]: null, [HIJRI]: null, Age: null }],
  ["born more than 130 years ago (R4)", { dateOfBirth: "1850-01-15" }, { [BIRTH]: null, [HIJRI]: null, Age: null }],
  ["with a time after the Hijri date (R4)", { dateOfBirthHijri: "18/06/1410 00:00:00" }, { [HIJRI]: "18 Jumada II 1410 AH" }],
  ["with gender F (R26)", { gender: "F" }, { Gender: "Female" }],
  ["with gender m (R26)", { gender: "m" }, { Gender: "Male" }],
  ["with gender in Arabic (R26)", { gender: "ذكر" }, { Gender: "Male" }],
  ["with a nationality of three letters (R26)", { nationality: "SAU" }, { Nationality: "Saudi Arabia" }],
  ["with a nationality code of three letters (R26)", { nationalityISOCode: "EGY" }, { Nationality: "Egypt" }],
  ["with a nationality in words (R26)", { nationality: "Saudi", nationalityISOCode: "SAU" }, { Nationality: "Saudi" }],
] as const) {
  test(`profile: a patient ${what}`, async ({ patientSignIn, record: recordPage, sandbox }) => {
    await patientSignIn.open("/");
    await sandbox.faults([{ call: "login", times: 1, fault: record({ fileNo: "777", ...fields }) }]);
    await patientSignIn.signIn(ABDULLAH);
    await recordPage.shows("Profile");
    const shown = new Map((await recordPage.cards()).flatMap(([, rows]) => rows.map(([label, value]) => [label, value] as const)));
    for (const [label, value] of Object.entries(rows)) {
      if (value === null) expect(shown.has(label), label).toBe(false);
      else expect(shown.get(label), label).toBe(value);
    }
  });
}
