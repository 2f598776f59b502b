// The failure page has no violation that axe can find (other pages: every_page.spec.ts), and every task can be
// done by keyboard alone.

import type { Locator, Page } from "@playwright/test";
import { axeViolations } from "../support/page_checks.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ language, colorScheme });
      test.describe("without the program", () => {
        test.use({ brokenOnPurpose: true });

        test("failure page: axe finds no violation", async ({ page }) => {
          await page.route("**/*.wasm", (route) => route.abort());
          await page.goto("/");
          await expect(page.getByRole("link", { name: /^Reload/ })).toBeVisible();
          expect(await axeViolations(page)).toEqual([]);
        });
      });
    });
  }

  test.describe(`keyboard alone, in ${language}`, () => {
    test.use({ language, permissions: ["clipboard-read", "clipboard-write"] });

    /** Presses a key until the element has the focus. */
    const pressUntilFocused = async (page: Page, what: Locator, key = "Tab") => {
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press(key);
        if (await what.evaluate((it) => it === document.activeElement)) return;
      }
      expect(await what.textContent(), `reached by ${key}`).toBe("");
    };

    test("patient: errors are corrected, the record is read, copied and saved, and the session ended by keyboard alone", async ({
      page,
      patientSignIn,
      record,
      messages,
    }) => {
      const press = (key: string) => page.keyboard.press(key);
      await patientSignIn.open("/");
      // The skip link is the first element.
      await press("Tab");
      await expect(page.getByRole("link").first()).toBeFocused();
      await press("Enter");
      await expect(patientSignIn.heading(messages.patientSignIn)).toBeFocused();
      await pressUntilFocused(page, patientSignIn.submitButton);
      await press("Enter");
      await expect(patientSignIn.errorSummary).toBeFocused();
      await press("Tab");
      await expect(patientSignIn.link(messages.phoneEmpty)).toBeFocused();
      await press("Enter");
      await expect(patientSignIn.phone).toBeFocused();
      await page.keyboard.type(ABDULLAH.phone);
      await press("Tab");
      await expect(patientSignIn.byNationalId).toBeFocused();
      await press("ArrowDown");
      await expect(patientSignIn.byPatientId).toBeChecked();
      await expect(patientSignIn.patientId).toBeVisible();
      await press("Tab");
      await expect(patientSignIn.patientId).toBeFocused();
      await page.keyboard.type(ABDULLAH.patientId);
      await press("Enter");
      await expect(record.heading(messages.profile)).toBeFocused();

      await pressUntilFocused(page, record.button(messages.fullScreen));
      await press("Enter");
      await expect(page.getByRole("dialog", { name: messages.patientId })).toBeVisible();
      await press("Escape");
      await expect(record.button(messages.fullScreen)).toBeFocused();
      await pressUntilFocused(page, record.button(`${messages.show}${messages.nationalId}`));
      await press("Enter");
      expect(await record.value(messages.nationalId)).toBe(ABDULLAH.nationalId);
      await pressUntilFocused(page, record.copyButton(messages.nationalId));
      await press("Space");
      await expect(record.toast).toHaveText(messages.copied);
      await pressUntilFocused(page, record.navigation.getByRole("link", { name: messages.addresses }), "Shift+Tab");
      await press("Enter");
      await expect(record.heading(messages.addresses)).toBeFocused();
      await pressUntilFocused(page, record.supportSummary);
      await press("Enter");
      await pressUntilFocused(page, record.button(messages.download));
      const begun = page.waitForEvent("download");
      await press("Enter");
      expect((await begun).suggestedFilename()).toBe("addresses.json");
      await pressUntilFocused(page, record.signOutButton, "Shift+Tab");
      await press("Enter");
      await expect(patientSignIn.heading(messages.patientSignIn)).toBeFocused();
    });

    test("staff: the client is chosen, errors are corrected, language and theme changed, and the session ended by keyboard alone", async ({
      page,
      record,
      sandbox,
      staffSignIn,
      messages,
    }) => {
      sandbox.config({
        staff: {
          entrances: [
            { client: "spice web", label: "Administrators" },
            { client: "spice mobile", label: "Clinical staff" },
          ],
        },
      });
      const press = (key: string) => page.keyboard.press(key);
      await staffSignIn.open("/staff");
      await pressUntilFocused(page, staffSignIn.staffClient("Administrators"));
      await press("ArrowDown");
      await expect(staffSignIn.staffClient("Clinical staff")).toBeChecked();
      await press("Tab");
      await expect(staffSignIn.username).toBeFocused();
      await press("Enter");
      await expect(staffSignIn.errorSummary).toBeFocused();
      await pressUntilFocused(page, staffSignIn.link(messages.passwordEmpty));
      await press("Enter");
      await expect(staffSignIn.password).toBeFocused();
      await page.keyboard.type(KAVYA.password);
      await pressUntilFocused(page, staffSignIn.button(messages.showPassword));
      await press("Space");
      await expect(staffSignIn.password).toHaveAttribute("type", "text");
      await pressUntilFocused(page, staffSignIn.username, "Shift+Tab");
      await page.keyboard.type(KAVYA.username);
      await press("Enter");
      await expect(record.heading(messages.roles)).toBeFocused();

      const theme = page.getByRole("banner").getByRole("button").first();
      await pressUntilFocused(page, theme, "Shift+Tab");
      await press("Enter");
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      await expect(theme).toBeFocused();
      await press("Tab");
      await expect(record.languageButton).toBeFocused();
      await press("Enter");
      const other = record.in(language === "en" ? "ar" : "en");
      await expect(other.languageButton).toBeFocused();
      await pressUntilFocused(page, other.signOutButton);
      await press("Enter");
      await expect(other.heading(other.messages.staffSignIn)).toBeFocused();
    });
  });
}
