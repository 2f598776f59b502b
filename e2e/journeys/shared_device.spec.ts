// A device that several people use (`sharedDevice`), and keyboards in another language. The ids are those of the cases
// from the field (docs/security.md).

import type { Page } from "@playwright/test";
import { stopClock } from "../support/clock.ts";
import { LANGUAGES, MESSAGES } from "../support/messages.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";

const MINUTE = 60_000;
const EMPTIED = {
  en: "This page was not used for a while, so what was typed here was removed. Enter your details again.",
  ar: "لم تُستخدم هذه الصفحة منذ مدة، لذلك حُذف ما كُتب فيها. يُرجى إدخال البيانات من جديد.",
};
const ARABIC = {
  en: "You typed part of this with an Arabic keyboard",
  ar: "كُتب جزء من هذا بلوحة مفاتيح عربية",
};

/** What stands in the fields of the page. */
const values = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll<HTMLInputElement>("input:not([type=radio])")].map((it) => it.value).join(""));

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    const messages = MESSAGES[language];

    test("shared device: a patient's form that was left is emptied after the idle limit, with a word (R5)", async ({
      page,
      patientSignIn,
      record,
      sandbox,
    }) => {
      sandbox.config({ sharedDevice: true });
      await stopClock(page);
      await patientSignIn.open("/");
      await patientSignIn.fill({ phone: "+966 50 123 4567", patientId: ABDULLAH.patientId });
      await expect(page.locator("#phone-readback")).toBeVisible();
      await page.clock.runFor(14.9 * MINUTE);
      expect(await values(page)).not.toBe("");
      await page.clock.runFor(0.2 * MINUTE);
      await expect(page.getByText(EMPTIED[language])).toBeVisible();
      expect(await values(page)).toBe("");
      await expect(page.locator("#phone-readback")).toBeHidden();
      await expect(patientSignIn.byNationalId).toBeChecked();
      // Again for the next person.
      await patientSignIn.fill(ABDULLAH);
      await page.clock.runFor(15.1 * MINUTE);
      expect(await values(page)).toBe("");
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(messages.profile);
    });
  });
}

test("shared device: a staff form with an error is emptied after staff's own idle limit, in sleep too (R5)", async ({
  page,
  sandbox,
  staffSignIn,
}) => {
  sandbox.config({ sharedDevice: true, session: { staff: { idleSeconds: 180, warnSeconds: 60 } } });
  await stopClock(page);
  await staffSignIn.open("/staff");
  await staffSignIn.signIn({ username: KAVYA.username, password: "" });
  await staffSignIn.password.fill("سر");
  await expect(page.locator("#password-warning")).toHaveText(ARABIC.en);
  await expect(staffSignIn.errorSummary).toBeVisible();
  await page.clock.setSystemTime((await page.evaluate(() => Date.now())) + 4 * MINUTE);
  await page.keyboard.press("Shift");
  await expect(page.getByText(EMPTIED.en)).toBeVisible();
  await expect(staffSignIn.errorSummary).toBeHidden();
  await expect(page.locator("#password-warning")).toHaveText("");
  expect(await values(page)).toBe("");
});

test("shared device: an empty form says nothing, and a form in use stays (R5)", async ({ page, patientSignIn, sandbox }) => {
  sandbox.config({ sharedDevice: true });
  await stopClock(page);
  await patientSignIn.open("/");
  await page.clock.runFor(20 * MINUTE);
  await expect(page.getByText(EMPTIED.en)).toBeHidden();
  for (let times = 0; times < 4; times += 1) {
    await patientSignIn.phone.pressSequentially("5");
    await page.clock.runFor(10 * MINUTE);
  }
  await expect(patientSignIn.phone).toHaveValue("5555");
});

test("device of one person: what was typed stays (R5)", async ({ page, patientSignIn }) => {
  await stopClock(page);
  await patientSignIn.open("/");
  await patientSignIn.fill(ABDULLAH);
  await page.clock.runFor(40 * MINUTE);
  await expect(patientSignIn.phone).toHaveValue(ABDULLAH.phone);
  await expect(page.getByText(EMPTIED.en)).toBeHidden();
});

for (const end of ["sign-out", "idle end", "absolute end"] as const) {
  for (const shared of [true, false]) {
    test(`${shared ? "shared device" : "device of one person"}: after ${end} language and theme are ${shared ? "the portal's own" : "kept"} (R20)`, async ({
      page,
      patientSignIn,
      record,
      sandbox,
    }) => {
      sandbox.config({ sharedDevice: shared, session: { absoluteSeconds: end === "absolute end" ? 600 : 28_800 } });
      await stopClock(page);
      await patientSignIn.openAndSignIn(ABDULLAH);
      await page.getByRole("button", { name: "Dark theme" }).click();
      await record.languageButton.click();
      const arabic = MESSAGES.ar;
      await record.in("ar").shows(arabic.profile);
      if (end === "sign-out") await page.getByRole("button", { name: arabic.signOut }).click();
      else await page.clock.runFor(16 * MINUTE);
      const language = shared ? "en" : "ar";
      const form = patientSignIn.in(language);
      await expect(form.heading(MESSAGES[language].patientSignIn)).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.locator("html")).toHaveAttribute("data-theme", shared ? "light" : "dark");
      expect(await page.evaluate(() => localStorage.length)).toBe(shared ? 0 : 2);
      await page.reload();
      await form.ready();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
    });
  }
}

test("shared device: no phone or identifier of the last person is in a field, after Back neither (R5)", async ({
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  sandbox.config({ sharedDevice: true });
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.goTo("Addresses");
  await record.signOutButton.click();
  await patientSignIn.heading("Patient sign in").waitFor();
  expect(await values(page)).toBe("");
  for (const move of [() => page.goBack(), () => page.goForward()]) {
    await move();
    await patientSignIn.heading("Patient sign in").waitFor();
    expect(await values(page)).toBe("");
  }
});

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("password: Arabic letters or digits are warned of, and sent as they are (R8)", async ({ page, sandbox, staffSignIn }) => {
      await staffSignIn.open("/staff");
      const warning = page.locator("#password-warning");
      for (const typed of ["حخسثى", "Spice@١٢٣", "Spice@۱۲۳", "ﻻ"]) {
        await staffSignIn.password.fill(typed);
        await expect(warning).toHaveText(ARABIC[language]);
        await expect(staffSignIn.password).toHaveAccessibleDescription(ARABIC[language]);
        await expect(staffSignIn.password).toHaveValue(typed);
      }
      await staffSignIn.password.blur();
      await expect(warning).toHaveText(ARABIC[language]);
      for (const typed of ["Spice@123", "Pässwörd", ""]) {
        await staffSignIn.password.fill(typed);
        await expect(warning).toHaveText("");
      }
      await staffSignIn.signIn({ username: KAVYA.username, password: "سر١" });
      await expect(staffSignIn.errorSummary).toBeVisible();
      expect((await sandbox.wire()).filter(({ call }) => call === "session")).toHaveLength(1);
      // The refusal has emptied the field.
      await expect(warning).toHaveText("");
    });
  });
}

test("shared device: a password that was shown is masked again once the form is emptied (R5)", async ({
  messages,
  page,
  sandbox,
  staffSignIn,
}) => {
  sandbox.config({ sharedDevice: true });
  await stopClock(page);
  await staffSignIn.open("/staff");
  await staffSignIn.password.fill("x");
  await staffSignIn.button(messages.showPassword).click();
  await expect(staffSignIn.password).toHaveAttribute("type", "text");
  await page.clock.runFor(15.1 * MINUTE);
  await expect(staffSignIn.password).toHaveValue("");
  await expect(staffSignIn.password).toHaveAttribute("type", "password");
});
