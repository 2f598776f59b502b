// What the portal says before it sends anything: errors that lead to their fields, hints that stop
// nobody, and nothing typed that is ever lost.

import type { Locator, Page } from "@playwright/test";
import { ABDULLAH, MARIA, SAMPLE_PATIENT } from "../support/people.ts";
import { expect, test } from "../support/portal.ts";
import { LANGUAGES } from "../support/words.ts";

/** A pattern that finds just this text. */
const literally = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));

/** The field is marked as wrong, and the sentence is part of its description. */
async function isWrong(field: Locator, sentence: string): Promise<void> {
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(literally(sentence));
}

async function isFine(field: Locator): Promise<void> {
  await expect(field).not.toHaveAttribute("aria-invalid");
}

const problems = (page: Page) => page.getByRole("alert").getByRole("link");

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("a patient's empty form says what is missing and leads there", async ({
      page,
      patientSignIn,
      sandbox,
      words,
    }) => {
      await patientSignIn.open("/");
      await patientSignIn.submit.click();
      await patientSignIn.complains([words.phoneEmpty, words.nationalIdEmpty], words.patientSignIn);
      await expect(page.getByRole("alert").getByRole("heading", { level: 2 })).toHaveText(
        words.problem,
      );
      await isWrong(patientSignIn.phone, words.phoneEmpty);
      await isWrong(patientSignIn.nationalId, words.nationalIdEmpty);

      await problems(page).filter({ hasText: words.nationalIdEmpty }).click();
      await expect(patientSignIn.nationalId).toBeFocused();
      await problems(page).filter({ hasText: words.phoneEmpty }).click();
      await expect(patientSignIn.phone).toBeFocused();
      await expect(patientSignIn.phone).toBeInViewport();
      expect(await sandbox.wire()).toEqual([]);
      // A link to a field is no place of its own.
      await expect(page).toHaveURL("/");
    });

    test("an empty staff form does so too", async ({ page, sandbox, staffSignIn, words }) => {
      await staffSignIn.open("/staff");
      await staffSignIn.submit.click();
      await staffSignIn.complains([words.usernameEmpty, words.passwordEmpty], words.staffSignIn);
      await isWrong(staffSignIn.username, words.usernameEmpty);
      await isWrong(staffSignIn.password, words.passwordEmpty);
      await problems(page).filter({ hasText: words.passwordEmpty }).click();
      await expect(staffSignIn.password).toBeFocused();
      expect(await sandbox.wire()).toEqual([]);
    });
  });
}

test("one wrong field is told of alone, and is well again on the next try", async ({
  patientSignIn,
  record,
  words,
}) => {
  await patientSignIn.open("/");
  await patientSignIn.signIn({ phone: "", nationalId: ABDULLAH.nationalId });
  await patientSignIn.complains(words.phoneEmpty, words.patientSignIn);
  await isFine(patientSignIn.nationalId);
  await patientSignIn.phone.fill(ABDULLAH.phone);
  // Not while typing: an error stays until the form is sent anew.
  await isWrong(patientSignIn.phone, words.phoneEmpty);
  await patientSignIn.submit.click();
  await record.shows("Profile");
});

const ERRORS: [phone: string, sentence: string][] = [
  ["05O1234567", "Enter a mobile number with digits only, like 051\u00a0234\u00a05678"],
  ["+905368798202", "Use a country code that is known here, or leave it out"],
  ["051234", "Enter a longer mobile number. It needs at least 8 digits"],
  ["5123456789012345", "Enter a shorter mobile number. It can have 15 digits at most"],
  ["\u200f", "Enter your mobile number"],
];
for (const [phone, sentence] of ERRORS) {
  test(`the phone ${JSON.stringify(phone)} is not sent`, async ({ patientSignIn, sandbox, words }) => {
    await patientSignIn.open("/");
    await patientSignIn.signIn({ phone, nationalId: ABDULLAH.nationalId });
    await patientSignIn.complains(sentence, words.patientSignIn);
    await isWrong(patientSignIn.phone, sentence);
    await expect(patientSignIn.phone).toHaveValue(phone);
    expect(await sandbox.wire()).toEqual([]);
  });
}

test("a pasted megabyte gets an answer at once", async ({ patientSignIn, sandbox, words }) => {
  await patientSignIn.open("/");
  await patientSignIn.signIn({ phone: "5".repeat(1_000_000), nationalId: ABDULLAH.nationalId });
  await patientSignIn.complains(
    "Enter a shorter mobile number. It can have 15 digits at most",
    words.patientSignIn,
  );
  expect(await sandbox.wire()).toEqual([]);
});

test("a hint is shown when a field is left, describes it, and stops nobody", async ({
  page,
  patientSignIn,
  record,
  words,
}) => {
  await patientSignIn.open("/");
  await patientSignIn.phone.fill(SAMPLE_PATIENT.phone);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("status").filter({ hasText: words.phoneNotSaudi })).toBeVisible();
  await expect(patientSignIn.phone).toHaveAccessibleDescription(literally(words.phoneNotSaudi));
  await isFine(patientSignIn.phone);
  await patientSignIn.nationalId.fill(SAMPLE_PATIENT.nationalId);
  await patientSignIn.submit.click();
  await record.shows("Profile");
});

test("a hint goes when its reason does", async ({ page, patientSignIn, words }) => {
  await patientSignIn.open("/");
  const hint = page.getByText(words.phoneNotSaudi);
  await patientSignIn.phone.fill(SAMPLE_PATIENT.phone);
  await page.keyboard.press("Tab");
  await expect(hint).toBeVisible();
  await patientSignIn.phone.fill(ABDULLAH.phone);
  await page.keyboard.press("Tab");
  await expect(hint).toHaveCount(0);
});

test("a National ID in the phone's field and a phone in the National ID's are noticed", async ({
  page,
  patientSignIn,
}) => {
  await patientSignIn.open("/");
  await patientSignIn.phone.fill("1012345672");
  await patientSignIn.nationalId.fill("0512345678");
  await page.keyboard.press("Tab");
  await expect(
    page.getByText("This looks like a National ID. Check that it is your mobile number"),
  ).toBeVisible();
  await expect(
    page.getByText("This looks like a mobile number. Check that it is your National ID"),
  ).toBeVisible();
});

test("a National ID in the Patient ID's field is noticed", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/");
  await patientSignIn.byPatientId.check();
  await patientSignIn.patientId.fill("1012345672");
  await page.keyboard.press("Tab");
  await expect(
    page.getByText("This looks like a National ID. If it is, choose National ID above"),
  ).toBeVisible();
});

test("at a strict site a hint is an error", async ({ patientSignIn, record, sandbox, words }) => {
  sandbox.config({ validation: { strict: true } });
  await patientSignIn.open("/");
  await patientSignIn.signIn(SAMPLE_PATIENT);
  await patientSignIn.complains([words.phoneNotSaudi, words.nationalIdNotTen], words.patientSignIn);
  await isWrong(patientSignIn.phone, words.phoneNotSaudi);
  expect(await sandbox.wire()).toEqual([]);
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
});

test("each identifier's field keeps what was typed in it", async ({ patientSignIn, sandbox }) => {
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
  await patientSignIn.submit.click();
  await patientSignIn.heading("Profile").waitFor();
  expect(JSON.stringify(await sandbox.wire())).not.toContain(MARIA.nationalId);
});

test("the choice is made with the arrow keys too", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/");
  await patientSignIn.byNationalId.focus();
  await page.keyboard.press("ArrowDown");
  await expect(patientSignIn.byPatientId).toBeChecked();
  await expect(patientSignIn.patientId).toBeVisible();
});

test("switching the language keeps what is typed and chosen, and translates what is wrong", async ({
  patientSignIn,
}) => {
  const arabic = patientSignIn.in("ar");
  await patientSignIn.open("/");
  await patientSignIn.signIn({ phone: "٠٥١", patientId: "7" });
  await isWrong(patientSignIn.phone, "Enter a longer mobile number");
  await patientSignIn.languageButton.click();

  await expect(arabic.summary).toContainText("رقم الجوال قصير. أدخل ٨ أرقام على الأقل");
  await isWrong(arabic.phone, "رقم الجوال قصير");
  await expect(arabic.phone).toHaveValue("٠٥١");
  await expect(arabic.byPatientId).toBeChecked();
  await expect(arabic.patientId).toHaveValue("7");
  await expect(arabic.page).toHaveTitle("خطأ: دخول المرضى – Logistration");
  await expect(arabic.languageButton).toBeFocused();

  await arabic.languageButton.click();
  await isWrong(patientSignIn.phone, "Enter a longer mobile number");
  await expect(patientSignIn.phone).toHaveValue("٠٥١");
});

test("switching the language translates a service's failure", async ({ sandbox, staffSignIn }) => {
  const arabic = staffSignIn.in("ar");
  await staffSignIn.open("/staff");
  await sandbox.faults([{ call: "session", times: 1, fault: { kind: "status", status: 502 } }]);
  await staffSignIn.signIn({ username: "kavya", password: "x" });
  await staffSignIn.complains(staffSignIn.words.serviceDown, "Staff sign in");
  await staffSignIn.languageButton.click();
  await expect(arabic.summary).toContainText(arabic.words.serviceDown);
  await expect(arabic.username).toHaveValue("kavya");
});

test("Caps Lock is told of", async ({ page, staffSignIn }) => {
  await staffSignIn.open("/staff");
  const note = page.getByRole("status").filter({ hasText: "Caps Lock is on" });
  await staffSignIn.password.focus();
  // Playwright's keys know no Caps Lock: an event as the browser would send it.
  const press = (on: boolean) =>
    staffSignIn.password.evaluate(
      (input, modifierCapsLock) =>
        input.dispatchEvent(new KeyboardEvent("keydown", { key: "A", modifierCapsLock, bubbles: true })),
      on,
    );
  await press(true);
  await expect(note).toBeVisible();
  await expect(staffSignIn.password).toHaveAccessibleDescription(/Caps Lock is on/);
  await press(false);
  await expect(note).toHaveCount(0);
});

test("what is no longer asked for is no longer wrong", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/");
  await patientSignIn.submit.click();
  await expect(problems(page)).toHaveCount(2);
  await patientSignIn.byPatientId.check();
  await expect(problems(page)).toHaveText(["Enter your mobile number"]);
  await patientSignIn.phone.fill("0512345678");
  await patientSignIn.submit.click();
  await expect(problems(page)).toHaveText(["Enter your Patient ID number"]);
  await patientSignIn.byNationalId.check();
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page).toHaveTitle(/^Patient sign in/);
});
