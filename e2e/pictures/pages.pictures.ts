// Every page of the demo hospital as in docs/img, in both languages and themes, on phone and desktop. Run by
// `cargo xtask test --only pictures`; `cargo xtask shots` takes the pictures again.

import type { Page } from "@playwright/test";
import { runDueTimers, stopClock } from "../support/clock.ts";
import { compareCodePage, comparePatientPages, compareStaffPages, TODAY } from "../support/demo_pages.ts";
import { LANGUAGES } from "../support/messages.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { ABDULLAH } from "../support/people.ts";
import { DEMO_HOSPITAL } from "../support/sandbox.ts";

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [390, 1280]) {
      test.describe(`${language} ${colorScheme} ${width}`, () => {
        test.use({
          language,
          colorScheme,
          deviceScaleFactor: 1,
          viewport: { width, height: width < 600 ? 844 : 800 },
        });

        test.beforeEach(({ sandbox }) => {
          sandbox.hospital(DEMO_HOSPITAL);
        });

        const looksAsBefore = async (page: Page, name: string) => {
          // No element is hovered.
          await page.mouse.move(0, 0);
          await expect(page).toHaveScreenshot(`${name}-${language}-${colorScheme}-${width}.png`, { fullPage: true });
        };

        test("pictures: patient pages", async ({ page, patientSignIn, record, messages }) => {
          await comparePatientPages({ page, patientSignIn, record, messages }, looksAsBefore);
        });

        test("pictures: one-time code page", async ({ page, patientSignIn, sandbox, messages }) => {
          await compareCodePage({ page, patientSignIn, sandbox, messages }, looksAsBefore);
        });

        test("pictures: staff pages", async ({ page, record, staffSignIn, messages }) => {
          await compareStaffPages({ page, record, staffSignIn, messages }, looksAsBefore);
        });
      });
    }
  }

  test.describe(`${language} 390`, () => {
    test.use({ language, viewport: { width: 390, height: 844 } });

    test("pictures: the check-in card in full screen, and the warning before a time-out", async ({ page, patientSignIn, record, sandbox }) => {
      sandbox.hospital(DEMO_HOSPITAL);
      await stopClock(page, TODAY);
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.signOutButton.waitFor();
      await runDueTimers(page);
      await record.openFullScreen();
      await expect(page).toHaveScreenshot(`full-screen-${language}-light-390.png`);
      await page.keyboard.press("Escape");
      await page.clock.runFor(13.1 * 60 * 1_000);
      await page.getByRole("dialog").waitFor();
      await expect(page).toHaveScreenshot(`time-out-${language}-light-390.png`);
    });
  });
}
