// Validation before a request: errors with links to their fields, warnings that do not block, and no input
// is ever lost.

import type { Locator, Page } from "@playwright/test";
import { ABDULLAH, MARIA, SAMPLE_PATIENT } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";

/** A pattern for exactly this text. */
const literally = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));

/** Expects the field to be marked invalid, with the message in its description. */
async function expectInvalid(field: Locator, sentence: string): Promise<void> {
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(literally(sentence));
}

async function expectValid(field: Locator): Promise<void> {
  await expect(field).not.toHaveAttribute("aria-invalid");
}

const errorLinks = (page: Page) => page.getByRole("alert").getByRole("link");

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("patient sign-in: an empty form lists its errors with links to the fields", async ({
      page,
      patientSignIn,
      sandbox,
      messages,
    }) => {
      await patientSignIn.open("/");
      await patientSignIn.submitButton.click();
      await patientSignIn.showsErrors([messages.phoneEmpty, messages.nationalIdEmpty], messages.patientSignIn);
      await expect(page.getByRole("alert").getByRole("heading", { level: 2 })).toHaveText(
        messages.errorSummaryTitle,
      );
      await expectInvalid(patientSignIn.phone, messages.phoneEmpty);
      await expectInvalid(patientSignIn.nationalId, messages.nationalIdEmpty);

      await errorLinks(page).filter({ hasText: messages.nationalIdEmpty }).click();
      await expect(patientSignIn.nationalId).toBeFocused();
      await errorLinks(page).filter({ hasText: messages.phoneEmpty }).click();
      await expect(patientSignIn.phone).toBeFocused();
      await expect(patientSignIn.phone).toBeInViewport();
      expect(await sandbox.wire()).toEqual([]);
      // A link to a field does not change the URL.
      await expect(page).toHaveURL("/");
    });

    test("staff sign-in: an empty form lists its errors with links to the fields", async ({ page, sandbox, staffSignIn, messages }) => {
      await staffSignIn.open("/staff");
      await staffSignIn.submitButton.click();
      await staffSignIn.showsErrors([messages.usernameEmpty, messages.passwordEmpty], messages.staffSignIn);
      await expectInvalid(staffSignIn.username, messages.usernameEmpty);
      await expectInvalid(staffSignIn.password, messages.passwordEmpty);
      await errorLinks(page).filter({ hasText: messages.passwordEmpty }).click();
      await expect(staffSignIn.password).toBeFocused();
      expect(await sandbox.wire()).toEqual([]);
    });
  });
}

test("patient sign-in: only the wrong field is marked, and the corrected form signs in", async ({
  patientSignIn,
  record,
  messages,
}) => {
  await patientSignIn.open("/");
  await patientSignIn.signIn({ phone: "", nationalId: ABDULLAH.nationalId });
  await patientSignIn.showsErrors(messages.phoneEmpty, messages.patientSignIn);
  await expectValid(patientSignIn.nationalId);
  await patientSignIn.phone.fill(ABDULLAH.phone);
  // Not while typing: an error stays until the next submit.
  await expectInvalid(patientSignIn.phone, messages.phoneEmpty);
  await patientSignIn.submitButton.click();
  await record.shows("Profile");
});

const ERRORS: [phone: string, sentence: string][] = [
  ["05O1234567", "Enter a mobile number with digits only, for example 050\u00a0123\u00a04567"],
  ["+905368798202", "We cannot use this country code. Enter the number the hospital has."],
  ["051234", "This number is too short. Saudi mobile numbers have 10 digits and start with 05."],
  ["5123456789012345", "This number is too long. Saudi mobile numbers have 10 digits and start with 05."],
  ["\u200f", "Enter your mobile number"],
];
for (const [phone, sentence] of ERRORS) {
  test(`phone: ${JSON.stringify(phone)} shows an error and is not sent`, async ({ patientSignIn, sandbox, messages }) => {
    await patientSignIn.open("/");
    await patientSignIn.signIn({ phone, nationalId: ABDULLAH.nationalId });
    await patientSignIn.showsErrors(sentence, messages.patientSignIn);
    await expectInvalid(patientSignIn.phone, sentence);
    await expect(patientSignIn.phone).toHaveValue(phone);
    expect(await sandbox.wire()).toEqual([]);
  });
}

test("phone: a pasted megabyte shows an error and is not sent", async ({ patientSignIn, sandbox, messages }) => {
  await patientSignIn.open("/");
  await patientSignIn.signIn({ phone: "5".repeat(1_000_000), nationalId: ABDULLAH.nationalId });
  await patientSignIn.showsErrors(
    "This number is too long. Saudi mobile numbers have 10 digits and start with 05.",
    messages.patientSignIn,
  );
  expect(await sandbox.wire()).toEqual([]);
});

test("warning: is shown when a field is left, describes it and does not block submit", async ({
  page,
  patientSignIn,
  record,
  messages,
}) => {
  await patientSignIn.open("/");
  await patientSignIn.phone.fill(SAMPLE_PATIENT.phone);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("status").filter({ hasText: messages.phoneNotSaudi })).toBeVisible();
  await expect(patientSignIn.phone).toHaveAccessibleDescription(literally(messages.phoneNotSaudi));
  await expectValid(patientSignIn.phone);
  await patientSignIn.nationalId.fill(SAMPLE_PATIENT.nationalId);
  await patientSignIn.submitButton.click();
  await record.shows("Profile");
});

test("warning: is removed when the value is corrected", async ({ page, patientSignIn, messages }) => {
  await patientSignIn.open("/");
  const warning = page.getByText(messages.phoneNotSaudi);
  await patientSignIn.phone.fill(SAMPLE_PATIENT.phone);
  await page.keyboard.press("Tab");
  await expect(warning).toBeVisible();
  await patientSignIn.phone.fill(ABDULLAH.phone);
  await page.keyboard.press("Tab");
  await expect(warning).toHaveCount(0);
});

test("warning: a National ID and a phone typed in each other's fields are noticed", async ({
  page,
  patientSignIn,
}) => {
  await patientSignIn.open("/");
  await patientSignIn.phone.fill("1012345672");
  await patientSignIn.nationalId.fill("0512345678");
  await page.keyboard.press("Tab");
  await expect(
    page.getByText("This looks like a National ID or Iqama number, not a mobile number. Check it."),
  ).toBeVisible();
  await expect(
    page.getByText("This looks like a mobile number, not a National ID or Iqama number. Check it."),
  ).toBeVisible();
});

test("warning: a National ID in the Patient ID field is noticed", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/");
  await patientSignIn.byPatientId.check();
  await patientSignIn.patientId.fill("1012345672");
  await page.keyboard.press("Tab");
  await expect(
    page.getByText("This looks like a National ID or Iqama number. If it is, choose “National ID or Iqama” above."),
  ).toBeVisible();
});

test("warning: is an error when validation.strict is on", async ({ patientSignIn, record, sandbox, messages }) => {
  sandbox.config({ validation: { strict: true } });
  await patientSignIn.open("/");
  await patientSignIn.signIn(SAMPLE_PATIENT);
  await patientSignIn.showsErrors([messages.phoneNotSaudi, messages.nationalIdNotTen], messages.patientSignIn);
  await expectInvalid(patientSignIn.phone, messages.phoneNotSaudi);
  expect(await sandbox.wire()).toEqual([]);
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
});

test("identifier choice: each field keeps its value, and only the chosen one is sent", async ({ patientSignIn, sandbox }) => {
  await patientSignIn.open("/");
  await patientSignIn.nationalId.fill(MARIA.nationalId);
  await patientSignIn.byPatientId.check();
  await expect(patientSignIn.nationalId).toHaveCount(0);
  await patientSignIn.patientId.fill(MARIA.patientId);
  await patientSignIn.byNationalId.check();
  await expect(patientSignIn.patientId).toHaveCount(0);
  await expect(patientSignIn.nationalId).toHaveValue(MARIA.nationalId);
  await patientSignIn.byPatientId.check();
  await expect(patientSignIn.patientId).toHaveValue(MARIA.patientId);

  // Only the chosen one is sent.
  await patientSignIn.phone.fill(MARIA.phone);
  await patientSignIn.submitButton.click();
  await patientSignIn.heading("Profile").waitFor();
  expect(JSON.stringify(await sandbox.wire())).not.toContain(MARIA.nationalId);
});

test("identifier choice: the arrow keys change it", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/");
  await patientSignIn.byNationalId.focus();
  await page.keyboard.press("ArrowDown");
  await expect(patientSignIn.byPatientId).toBeChecked();
  await expect(patientSignIn.patientId).toBeVisible();
});

test("language switch: keeps the input and translates the errors", async ({
  patientSignIn,
}) => {
  const arabic = patientSignIn.in("ar");
  await patientSignIn.open("/");
  await patientSignIn.signIn({ phone: "٠٥١", patientId: "7" });
  await expectInvalid(patientSignIn.phone, "This number is too short");
  await patientSignIn.languageButton.click();

  await expect(arabic.errorSummary).toContainText("رقم الجوال ناقص. الرقم السعودي 10 أرقام ويبدأ بـ 05.");
  await expectInvalid(arabic.phone, "رقم الجوال ناقص");
  await expect(arabic.phone).toHaveValue("٠٥١");
  await expect(arabic.byPatientId).toBeChecked();
  await expect(arabic.patientId).toHaveValue("7");
  await expect(arabic.page).toHaveTitle("خطأ: دخول المرضى – Logistration");
  await expect(arabic.languageButton).toBeFocused();

  await arabic.languageButton.click();
  await expectInvalid(patientSignIn.phone, "This number is too short");
  await expect(patientSignIn.phone).toHaveValue("٠٥١");
});

test("language switch: translates a service error", async ({ sandbox, staffSignIn }) => {
  const arabic = staffSignIn.in("ar");
  await staffSignIn.open("/staff");
  await sandbox.faults([{ call: "session", times: 1, fault: { kind: "status", status: 502 } }]);
  await staffSignIn.signIn({ username: "kavya", password: "x" });
  await staffSignIn.showsErrors(staffSignIn.messages.serviceDown, "Staff sign in");
  await staffSignIn.languageButton.click();
  await expect(arabic.errorSummary).toContainText(arabic.messages.serviceDown);
  await expect(arabic.username).toHaveValue("kavya");
});

test("password field: a message says that Caps Lock is on", async ({ page, staffSignIn }) => {
  await staffSignIn.open("/staff");
  const message = page.getByRole("status").filter({ hasText: "Caps Lock is on" });
  await staffSignIn.password.focus();
  // Playwright's keyboard has no Caps Lock: an event as the browser would send it.
  const press = (on: boolean) =>
    staffSignIn.password.evaluate(
      (input, modifierCapsLock) =>
        input.dispatchEvent(new KeyboardEvent("keydown", { key: "A", modifierCapsLock, bubbles: true })),
      on,
    );
  await press(true);
  await expect(message).toBeVisible();
  await expect(staffSignIn.password).toHaveAccessibleDescription(/Caps Lock is on/);
  await press(false);
  await expect(message).toHaveCount(0);
});

test("identifier choice: the error of the other field is removed", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/");
  await patientSignIn.submitButton.click();
  await expect(errorLinks(page)).toHaveCount(2);
  await patientSignIn.byPatientId.check();
  await expect(errorLinks(page)).toHaveText(["Enter your mobile number"]);
  await patientSignIn.phone.fill("0512345678");
  await patientSignIn.submitButton.click();
  await expect(errorLinks(page)).toHaveText(["Enter your Patient ID number"]);
  await patientSignIn.byNationalId.check();
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page).toHaveTitle(/^Patient sign in/);
});
