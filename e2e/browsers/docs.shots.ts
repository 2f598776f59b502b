// The screenshots in docs/img/: each page in both languages and themes, on phone and desktop.

import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { OneTimeCodePage } from "../support/pages/one_time_code.ts";
import { ABDULLAH, KAVYA, LULWA, MARIA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";

const FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), "../../docs/img");

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

        const shoot = async (page: Page, name: string) => {
          // No element is hovered.
          await page.mouse.move(0, 0);
          // A blinking caret would make each picture different.
          await page.screenshot({
            path: resolve(FOLDER, `${name}-${language}-${colorScheme}-${width}.png`),
            animations: "disabled",
            caret: "hide",
            fullPage: true,
          });
        };

        test("screenshots: patient pages", async ({ page, patientSignIn, record, messages }) => {
          await patientSignIn.open("/");
          await patientSignIn.shows(messages.patientSignIn);
          await shoot(page, "patient-sign-in");
          await patientSignIn.signIn({ phone: "0512345678", nationalId: "" });
          await expect(patientSignIn.errorSummary).toBeFocused();
          await shoot(page, "patient-sign-in-error");
          await patientSignIn.signIn(ABDULLAH);
          await record.shows(messages.profile);
          await shoot(page, "profile");
          await record.signOutButton.click();
          await patientSignIn.shows(messages.patientSignIn);
          await patientSignIn.signIn(MARIA);
          await record.shows(messages.profile);
          await record.goTo(messages.addresses);
          await record.shows(messages.addresses);
          await shoot(page, "addresses");
        });

        test("screenshots: one-time code page", async ({ page, patientSignIn, sandbox, messages }) => {
          sandbox.config({ patient: { oneTimeCode: true } });
          await patientSignIn.open("/");
          await patientSignIn.signIn(LULWA);
          const code = new OneTimeCodePage(page, messages);
          await code.heading(code.codeMessages.heading).waitFor();
          await shoot(page, "one-time-code");
        });

        test("screenshots: staff pages", async ({ page, record, staffSignIn, messages }) => {
          await staffSignIn.open("/staff");
          await staffSignIn.shows(messages.staffSignIn);
          await shoot(page, "staff-sign-in");
          await staffSignIn.signIn(KAVYA);
          await record.shows(messages.roles);
          await shoot(page, "roles");
        });
      });
    }
  }
}
