// What a screen reader is given: roles, names and states of each page and state, in both languages, as in
// e2e/support/trees. `npx playwright test accessibility_tree --update-snapshots` writes them again, to be read before
// they are committed.

import type { Page } from "@playwright/test";
import { runDueTimers, stopClock } from "../support/clock.ts";
import { DIRECT } from "../support/fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { OneTimeCodePage } from "../support/pages/one_time_code.ts";
import { ABDULLAH, KAVYA, LULWA, MARIA } from "../support/people.ts";
import { DEMO_HOSPITAL } from "../support/sandbox.ts";

/** Ages are shown. */
const TODAY = "2026-11-22T12:00:00+03:00";

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, DIRECT.assets, () => {
    test.use({ language });

    test.beforeEach(({ sandbox }) => {
      sandbox.hospital(DEMO_HOSPITAL);
    });

    const isTheSame = (page: Page, name: string) =>
      expect(page.locator("body")).toMatchAriaSnapshot({ name: `${name}.${language}.aria.yml` });

    test("accessibility tree: patient pages", async ({ page, patientSignIn, record, messages }) => {
      await page.clock.setFixedTime(TODAY);
      await patientSignIn.open("/");
      await patientSignIn.heading(messages.patientSignIn).waitFor();
      await isTheSame(page, "patient-sign-in");
      await patientSignIn.signIn({ phone: "0512345678", nationalId: "" });
      await expect(patientSignIn.errorSummary).toBeFocused();
      await isTheSame(page, "patient-sign-in-error");
      await patientSignIn.signIn(ABDULLAH);
      await record.heading(messages.profile).waitFor();
      await isTheSame(page, "profile");
      await record.openFullScreen();
      await isTheSame(page, "full-screen");
      await page.keyboard.press("Escape");
      await record.signOutButton.click();
      await patientSignIn.heading(messages.patientSignIn).waitFor();
      await patientSignIn.signIn(MARIA);
      await record.heading(messages.profile).waitFor();
      await record.goTo(messages.addresses);
      await record.heading(messages.addresses).waitFor();
      await isTheSame(page, "addresses");
    });

    test("accessibility tree: one-time code page", async ({ page, patientSignIn, sandbox, messages }) => {
      sandbox.config({ ...sandbox.hospital(DEMO_HOSPITAL), patient: { oneTimeCode: true } });
      await stopClock(page, TODAY);
      await patientSignIn.open("/");
      await patientSignIn.signIn(LULWA);
      const code = new OneTimeCodePage(page, messages);
      await code.heading(code.codeMessages.heading).waitFor();
      await runDueTimers(page);
      await isTheSame(page, "one-time-code");
    });

    test("accessibility tree: staff pages", async ({ page, record, staffSignIn, messages }) => {
      await staffSignIn.open("/staff");
      await staffSignIn.heading(messages.staffSignIn).waitFor();
      await isTheSame(page, "staff-sign-in");
      await staffSignIn.signIn({ username: KAVYA.username, password: "wrong" });
      await expect(staffSignIn.errorSummary).toContainText(messages.wrongCredentials);
      await isTheSame(page, "staff-sign-in-error");
      await staffSignIn.signIn(KAVYA);
      await record.heading(messages.roles).waitFor();
      await isTheSame(page, "roles");
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
