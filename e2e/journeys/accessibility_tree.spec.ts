// What a screen reader is given: roles, names and states of each page and state, in both languages, as in
// e2e/support/trees. `npx playwright test accessibility_tree --update-snapshots` writes them again, to be read before
// they are committed.

import type { Page } from "@playwright/test";
import { runDueTimers, stopClock } from "../support/clock.ts";
import { compareCodePage, comparePatientPages, compareStaffPages, TODAY } from "../support/demo_pages.ts";
import { DIRECT } from "../support/fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { DEMO_HOSPITAL } from "../support/sandbox.ts";

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, DIRECT.assets, () => {
    test.use({ language });

    test.beforeEach(({ sandbox }) => {
      sandbox.hospital(DEMO_HOSPITAL);
    });

    const isTheSame = (page: Page, name: string) =>
      expect(page.locator("body")).toMatchAriaSnapshot({ name: `${name}.${language}.aria.yml` });

    test("accessibility tree: patient pages", async ({ page, patientSignIn, record, messages }) => {
      await comparePatientPages({ page, patientSignIn, record, messages }, isTheSame);
    });

    test("accessibility tree: the check-in card in full screen", async ({ page, patientSignIn, record, messages }) => {
      await page.clock.setFixedTime(TODAY);
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.heading(messages.profile).waitFor();
      await record.openFullScreen();
      await isTheSame(page, "full-screen");
    });

    test("accessibility tree: one-time code page", async ({ page, patientSignIn, sandbox, messages }) => {
      await compareCodePage({ page, patientSignIn, sandbox, messages }, isTheSame);
    });

    test("accessibility tree: staff pages", async ({ page, record, staffSignIn, messages }) => {
      await compareStaffPages({ page, record, staffSignIn, messages }, isTheSame);
    });

    test("accessibility tree: a wrong password", async ({ page, staffSignIn, messages }) => {
      await staffSignIn.open("/staff");
      await staffSignIn.signIn({ username: KAVYA.username, password: "wrong" });
      await expect(staffSignIn.errorSummary).toContainText(messages.wrongCredentials);
      await isTheSame(page, "staff-sign-in-error");
    });

    test("accessibility tree: the warning before a time-out, and a page that does not exist", async ({ page, patientSignIn, record, messages }) => {
      await stopClock(page, TODAY);
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.signOutButton.waitFor();
      await runDueTimers(page);
      await page.clock.runFor(13.1 * 60 * 1_000);
      await page.getByRole("dialog").waitFor();
      await isTheSame(page, "time-out");
      await patientSignIn.open("/nowhere");
      await patientSignIn.heading(messages.pageNotFound).waitFor();
      await isTheSame(page, "not-found");
    });
  });
}
