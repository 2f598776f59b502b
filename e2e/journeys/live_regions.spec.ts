// What screen readers are told without being asked, in each language: each sentence once, in the order of what happened.

import { listen } from "../support/live_regions.ts";
import { LANGUAGES } from "../support/messages.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language, permissions: ["clipboard-read", "clipboard-write"] });

    test("patient: errors, a refusal, a copied value and the sign-out are each told once", async ({ page, patientSignIn, record, messages }) => {
      await patientSignIn.open("/");
      const said = await listen(page);
      await patientSignIn.submitButton.click();
      await expect(patientSignIn.errorSummary).toBeFocused();
      await patientSignIn.fill({ phone: "0599999999", nationalId: ABDULLAH.nationalId });
      await patientSignIn.submitButton.click();
      await patientSignIn.showsErrors(messages.notFound, messages.patientSignIn);
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(messages.profile);
      await record.copyButton(messages.nationalId).click();
      await expect(record.toast).toBeVisible();
      await record.signOutButton.click();
      await patientSignIn.shows(messages.patientSignIn);
      expect(await said()).toEqual([
        `${messages.errorSummaryTitle} ${messages.phoneEmpty} ${messages.nationalIdEmpty}`,
        `${messages.errorSummaryTitle} ${messages.notFound}`,
        messages.copied,
      ]);
      // With the heading, which has the focus: a region that comes with its text is not read out.
      const heading = patientSignIn.heading(messages.patientSignIn);
      await expect(heading).toBeFocused();
      await expect(heading).toHaveAccessibleDescription(messages.signedOut);
    });

    test("staff: a wrong password, and a network that goes and comes back, are each told once", async ({ page, staffSignIn, messages }) => {
      await staffSignIn.open("/staff");
      const said = await listen(page);
      await staffSignIn.signIn({ username: KAVYA.username, password: "wrong" });
      await staffSignIn.showsErrors(messages.wrongCredentials, messages.staffSignIn);
      await page.context().setOffline(true);
      await expect(page.getByText(messages.offlineNotice)).toBeVisible();
      await page.context().setOffline(false);
      await expect(page.getByText(messages.offlineNotice)).toBeHidden();
      expect(await said()).toEqual([
        `${messages.errorSummaryTitle} ${messages.wrongCredentials}`,
        messages.offlineNotice,
        messages.onlineAgain,
      ]);
    });
  });
}
