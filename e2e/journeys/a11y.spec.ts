// A page that cannot come up breaks no rule that a program can check (for all others: tour.spec.ts),
// and all that can be done is done by keyboard alone.

import type { Locator, Page } from "@playwright/test";
import { axe } from "../support/looks.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/portal.ts";
import { LANGUAGES } from "../support/words.ts";

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ language, colorScheme });
      test.describe("without the program", () => {
        // Nobody is there to use what was fetched ahead.
        test.use({ brokenOnPurpose: true, allowedConsole: [/was preloaded using link preload/] });

        test("failure page: axe finds no violation", async ({ page }) => {
          await page.route("**/*.wasm", (route) => route.abort());
          await page.goto("/");
          await expect(page.getByRole("link", { name: /^Reload/ })).toBeVisible();
          expect(await axe(page)).toEqual([]);
        });
      });
    });
  }

  test.describe(`keyboard alone, in ${language}`, () => {
    test.use({ language, permissions: ["clipboard-read", "clipboard-write"] });

    /** Presses a key until this has the focus. */
    const to = async (page: Page, what: Locator, key = "Tab") => {
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
      words,
    }) => {
      const press = (key: string) => page.keyboard.press(key);
      await patientSignIn.open("/");
      // The first thing leads past everything that stands around.
      await press("Tab");
      await expect(page.getByRole("link").first()).toBeFocused();
      await press("Enter");
      await expect(patientSignIn.heading(words.patientSignIn)).toBeFocused();
      await to(page, patientSignIn.submit);
      await press("Enter");
      await expect(patientSignIn.summary).toBeFocused();
      await press("Tab");
      await expect(patientSignIn.link(words.phoneEmpty)).toBeFocused();
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
      await expect(record.heading(words.profile)).toBeFocused();

      await to(page, record.button(words.fullScreen));
      await press("Enter");
      await expect(page.getByRole("dialog", { name: words.patientId })).toBeVisible();
      await press("Escape");
      await expect(record.button(words.fullScreen)).toBeFocused();
      await to(page, record.button(`${words.show}${words.nationalId}`));
      await press("Enter");
      expect(await record.value(words.nationalId)).toBe(ABDULLAH.nationalId);
      await to(page, record.copyButton(words.nationalId));
      await press("Space");
      await expect(record.notice).toHaveText(words.copied);
      await to(page, record.navigation.getByRole("link", { name: words.addresses }), "Shift+Tab");
      await press("Enter");
      await expect(record.heading(words.addresses)).toBeFocused();
      await to(page, record.button(words.download));
      const begun = page.waitForEvent("download");
      await press("Enter");
      expect((await begun).suggestedFilename()).toBe("addresses.json");
      await to(page, record.signOutButton, "Shift+Tab");
      await press("Enter");
      await expect(patientSignIn.heading(words.patientSignIn)).toBeFocused();
    });

    test("staff: the client is chosen, errors are corrected, language and theme changed, and the session ended by keyboard alone", async ({
      page,
      record,
      sandbox,
      staffSignIn,
      words,
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
      await to(page, staffSignIn.entrance("Administrators"));
      await press("ArrowDown");
      await expect(staffSignIn.entrance("Clinical staff")).toBeChecked();
      await press("Tab");
      await expect(staffSignIn.username).toBeFocused();
      await press("Enter");
      await expect(staffSignIn.summary).toBeFocused();
      await to(page, staffSignIn.link(words.passwordEmpty));
      await press("Enter");
      await expect(staffSignIn.password).toBeFocused();
      await page.keyboard.type(KAVYA.password);
      await to(page, staffSignIn.button(words.showPassword));
      await press("Space");
      await expect(staffSignIn.password).toHaveAttribute("type", "text");
      await to(page, staffSignIn.username, "Shift+Tab");
      await page.keyboard.type(KAVYA.username);
      await press("Enter");
      await expect(record.heading(words.roles)).toBeFocused();

      const theme = page.getByRole("banner").getByRole("button").first();
      await to(page, theme, "Shift+Tab");
      await press("Enter");
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      await expect(theme).toBeFocused();
      await press("Tab");
      await expect(record.languageButton).toBeFocused();
      await press("Enter");
      const other = record.in(language === "en" ? "ar" : "en");
      await expect(other.languageButton).toBeFocused();
      await to(page, other.signOutButton);
      await press("Enter");
      await expect(other.heading(other.words.staffSignIn)).toBeFocused();
    });
  });
}
