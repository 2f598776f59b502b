// No page breaks a rule that a program can check, in any language, theme or state.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { ABDULLAH, KAVYA, MARIA } from "./people.ts";
import { expect, test } from "./portal.ts";
import { LANGUAGES } from "./words.ts";

/** Axe finds nothing, best practices included; what it names is short enough to read. */
async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const named = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }));
  expect.soft(named, `axe on ${new URL(page.url()).pathname}`).toEqual([]);
}

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ language, colorScheme });

      test("a patient's pages", async ({ page, patientSignIn, record, sandbox, words }) => {
        sandbox.config({ mapLink: "openstreetmap" });
        await patientSignIn.open("/");
        await isAccessible(page);
        await patientSignIn.submit.click();
        await expect(patientSignIn.summary).toBeFocused();
        await isAccessible(page);
        // Notes, and the other identifier.
        await patientSignIn.fill({ phone: "5368798202", patientId: "1012345672" });
        await patientSignIn.submit.focus();
        await expect(page.getByRole("status").filter({ hasText: /./ })).toHaveCount(2);
        await isAccessible(page);

        await patientSignIn.signIn(MARIA);
        await record.shows(words.profile);
        await isAccessible(page);
        const dialog = await record.fullScreen();
        await isAccessible(page);
        await page.keyboard.press("Escape");
        await expect(dialog).toBeHidden();
        await record.reveal();
        await record.go(words.addresses);
        await isAccessible(page);
      });

      test("the staff's pages", async ({ page, record, sandbox, staffSignIn, words }) => {
        sandbox.config({
          brand: { name: "Al Noor Hospital", helpPhone: "9200 00000" },
          staff: {
            entrances: [
              { client: "spice mobile", label: { en: "Clinical staff", ar: "الطاقم الطبي" } },
              { client: "spice web", label: { en: "Administrators", ar: "الإداريون" } },
            ],
          },
        });
        await staffSignIn.open("/staff");
        await isAccessible(page);
        await staffSignIn.submit.click();
        await expect(staffSignIn.summary).toBeFocused();
        await isAccessible(page);
        await staffSignIn.signIn({ username: KAVYA.username, password: "wrong" });
        await expect(staffSignIn.summary).toContainText(words.wrongCredentials);
        await isAccessible(page);

        await staffSignIn.signIn(KAVYA);
        await record.heading(words.roles).waitFor();
        await isAccessible(page);
        await record.go(words.profile);
        await isAccessible(page);
      });

      test("the pages nobody hopes to see", async ({ page, patientSignIn, sandbox, words }) => {
        await patientSignIn.open("/nowhere");
        await patientSignIn.shows(words.pageNotFound);
        await isAccessible(page);
        sandbox.config({ mapLink: "elsewhere" });
        await patientSignIn.open("/");
        await expect(patientSignIn.heading(words.cannotStart)).toBeVisible();
        await isAccessible(page);
      });
    });
  }
}

for (const language of LANGUAGES) {
  test.describe(`${language}, on a small phone`, () => {
    test.use({ language, viewport: { width: 320, height: 640 } });

    test("nothing has to be scrolled sideways", async ({
      page,
      patientSignIn,
      record,
      staffSignIn,
      words,
    }) => {
      const fits = async (what: string) =>
        expect
          .soft(await page.evaluate(() => document.documentElement.scrollWidth), what)
          .toBeLessThanOrEqual(320);
      await patientSignIn.open("/");
      await fits("patient sign in");
      await patientSignIn.submit.click();
      await expect(patientSignIn.summary).toBeFocused();
      await fits("patient sign in with errors");
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(words.profile);
      await fits("profile");
      await record.go(words.addresses);
      await fits("addresses");

      await staffSignIn.open("/staff");
      await fits("staff sign in");
      await staffSignIn.submit.click();
      await expect(staffSignIn.summary).toBeFocused();
      await fits("staff sign in with errors");
      await staffSignIn.signIn(KAVYA);
      await record.shows(words.roles);
      await fits("roles");
      await record.go(words.profile);
      await fits("profile of staff");
    });
  });
}

test("everything can be reached and used by keyboard alone", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.open("/");
  const tab = async (times: number) => {
    for (let left = times; left > 0; left -= 1) await page.keyboard.press("Tab");
  };
  // Skip link, brand, theme, language, phone.
  await tab(5);
  await expect(patientSignIn.phone).toBeFocused();
  await page.keyboard.type(ABDULLAH.phone);
  await tab(1);
  await expect(patientSignIn.byNationalId).toBeFocused();
  await tab(1);
  await expect(patientSignIn.nationalId).toBeFocused();
  await page.keyboard.type(ABDULLAH.nationalId);
  await tab(1);
  await expect(patientSignIn.submit).toBeFocused();
  await page.keyboard.press("Space");
  await record.shows("Profile");
  await expect(record.heading("Profile")).toBeFocused();
  // Copying and enlarging the check-in card.
  await tab(3);
  await expect(record.button("Show National ID")).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await record.value("National ID")).toBe(ABDULLAH.nationalId);
});
