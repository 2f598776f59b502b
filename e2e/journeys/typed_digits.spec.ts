// Digits of other scripts, and the attributes that keep what is typed as it is.

import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

/** The same text in the digits that follow a zero. */
const written = (text: string, zero: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero.codePointAt(0)! + Number(digit)));

for (const [script, zero] of [
  ["Arabic-Indic", "٠"],
  ["Persian", "۰"],
  ["Devanagari", "०"],
  ["full-width", "０"],
] as const) {
  test(`${script} digits are sent as ASCII from every field (K8)`, async ({ patientSignIn, record, sandbox, messages }) => {
    const phone = written(`0${ABDULLAH.phone}`, zero);
    await patientSignIn.openAndSignIn({ phone, nationalId: written(ABDULLAH.nationalId, zero) });
    await record.shows(messages.profile);
    await record.signOutButton.click();
    await patientSignIn.shows(messages.patientSignIn);
    await patientSignIn.signIn({ phone, patientId: written(ABDULLAH.patientId, zero) });
    await record.shows(messages.profile);
    const sent = (await sandbox.wire()).filter(({ call }) => call === "login").map(({ body }) => JSON.parse(body!));
    expect(sent).toEqual([
      { type: "nationalId", value: ABDULLAH.nationalId, phone: ABDULLAH.phone },
      { type: "patientId", value: ABDULLAH.patientId, phone: ABDULLAH.phone },
    ]);
  });
}

test.describe("in Arabic", () => {
  test.use({ language: "ar" });

  test("numbers run left to right in fields and record (K9)", async ({ page, patientSignIn, record, messages }) => {
    await patientSignIn.open("/");
    for (const id of ["phone", "national-id", "patient-id"]) await expect(page.locator(`#${id}`)).toHaveCSS("direction", "ltr");
    await patientSignIn.signIn(ABDULLAH);
    await record.shows(messages.profile);
    await record.revealAll();
    for (const number of [ABDULLAH.nationalId, ABDULLAH.patientId, `+966 ${ABDULLAH.phone}`]) {
      const value = page.locator("bdi[data-value]").getByText(number, { exact: true });
      await expect(value).toHaveCSS("direction", "ltr");
      await expect(value).toHaveCSS("unicode-bidi", "isolate");
    }
  });
});

test("a shown password is not checked for spelling (K10)", async ({ page, staffSignIn }) => {
  await staffSignIn.open("/staff");
  await staffSignIn.password.fill(KAVYA.password);
  await page.locator(".password__toggle").click();
  const shown = page.locator("input[type=text]").last();
  await expect(shown).toHaveValue(KAVYA.password);
  await expect(shown).toHaveAttribute("spellcheck", "false");
  await expect(shown).toHaveAttribute("autocapitalize", "none");
});
