// Every page of the demo hospital as in docs/img, in both languages and themes, on phone and desktop. Run by
// `cargo xtask test --only pictures`; `cargo xtask shots` takes the pictures again.

import type { Page } from "@playwright/test";
import { runDueTimers, stopClock } from "../support/clock.ts";
import { LANGUAGES } from "../support/messages.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { OneTimeCodePage } from "../support/pages/one_time_code.ts";
import { ABDULLAH, KAVYA, LULWA, MARIA } from "../support/people.ts";
import { DEMO_HOSPITAL } from "../support/sandbox.ts";

/** Ages are shown. */
const TODAY = "2026-11-22T12:00:00+03:00";

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

        test.beforeEach(async ({ page, sandbox }) => {
          sandbox.hospital(DEMO_HOSPITAL);
          await page.clock.setFixedTime(TODAY);
        });

        const looksAsBefore = async (page: Page, name: string) => {
          // No element is hovered.
          await page.mouse.move(0, 0);
          await expect(page).toHaveScreenshot(`${name}-${language}-${colorScheme}-${width}.png`, { fullPage: true });
        };

        test("pictures: patient pages", async ({ page, patientSignIn, record, messages }) => {
          await patientSignIn.open("/");
          await patientSignIn.heading(messages.patientSignIn).waitFor();
          await looksAsBefore(page, "patient-sign-in");
          await patientSignIn.signIn({ phone: "0512345678", nationalId: "" });
          await expect(patientSignIn.errorSummary).toBeFocused();
          await looksAsBefore(page, "patient-sign-in-error");
          await patientSignIn.signIn(ABDULLAH);
          await record.heading(messages.profile).waitFor();
          await looksAsBefore(page, "profile");
          await record.signOutButton.click();
          await patientSignIn.heading(messages.patientSignIn).waitFor();
          await patientSignIn.signIn(MARIA);
          await record.heading(messages.profile).waitFor();
          await record.goTo(messages.addresses);
          await record.heading(messages.addresses).waitFor();
          await looksAsBefore(page, "addresses");
        });

        test("pictures: one-time code page", async ({ page, patientSignIn, sandbox, messages }) => {
          const demo = sandbox.hospital(DEMO_HOSPITAL);
          sandbox.config({ ...demo, patient: { oneTimeCode: true } });
          await stopClock(page, TODAY);
          await patientSignIn.open("/");
          await patientSignIn.signIn(LULWA);
          const code = new OneTimeCodePage(page, messages);
          await code.heading(code.codeMessages.heading).waitFor();
          await runDueTimers(page);
          await looksAsBefore(page, "one-time-code");
        });

        test("pictures: staff pages", async ({ page, record, staffSignIn, messages }) => {
          await staffSignIn.open("/staff");
          await staffSignIn.heading(messages.staffSignIn).waitFor();
          await looksAsBefore(page, "staff-sign-in");
          await staffSignIn.signIn(KAVYA);
          await record.heading(messages.roles).waitFor();
          await looksAsBefore(page, "roles");
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
