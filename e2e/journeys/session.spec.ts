// The ends of a session other than sign-out: time-out, another tab, leaving the page.

import { alikeIn } from "../support/fixtures.ts";
import { stopClock } from "../support/clock.ts";
import { ABDULLAH, KAVYA, MARIA } from "../support/people.ts";
import { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES, MESSAGES } from "../support/messages.ts";

const MINUTE = 60_000;

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });
    const messages = MESSAGES[language];

    test("idle time-out: a warning dialog, then sign-out with its reason, and the next sign-in returns to the page", async ({
      page,
      patientSignIn,
      record,
    }) => {
      await stopClock(page);
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.goTo(messages.addresses);
      const dialog = page.getByRole("dialog", { name: messages.timeoutWarningTitle });

      await page.clock.runFor(12.9 * MINUTE);
      await expect(dialog).toBeHidden();
      await page.clock.runFor(0.2 * MINUTE);
      await expect(dialog).toBeVisible();
      await expect(dialog).toContainText(" 1:54");
      await expect(dialog.getByRole("timer")).toHaveText(messages.signingOutAfter2Minutes);
      // The dialog keeps the focus.
      const stayButton = dialog.getByRole("button", { name: messages.staySignedIn });
      const signOutButton = dialog.getByRole("button", { name: messages.signOutNow });
      await expect(stayButton).toBeFocused();
      await page.keyboard.press("Tab");
      await expect(signOutButton).toBeFocused();

      await page.clock.runFor(1.2 * MINUTE);
      await expect(dialog.getByRole("timer")).toHaveText(messages.signingOutAfter60Seconds);
      await page.clock.runFor(1 * MINUTE);
      await expect(patientSignIn.heading(messages.patientSignIn)).toBeVisible();
      await expect(page.getByText(messages.endedByIdleTimeout)).toBeVisible();
      expect(await page.content()).not.toContain(ABDULLAH.name);
      expect(new URL(page.url()).search).toBe("?next=/addresses");

      await patientSignIn.signIn(ABDULLAH);
      await record.shows(messages.addresses);
      await record.signOutButton.click();
      await patientSignIn.heading(messages.patientSignIn).waitFor();
      await expect(page.getByText(messages.endedByIdleTimeout)).toBeHidden();
    });

    test("time-out warning dialog: one action stays signed in and returns the focus, any number of times", async ({
      page,
      patientSignIn,
      record,
    }) => {
      await stopClock(page);
      await patientSignIn.openAndSignIn(ABDULLAH);
      const dialog = page.getByRole("dialog", { name: messages.timeoutWarningTitle });
      const link = record.navigation.getByRole("link", { name: messages.addresses });
      // After the page's heading has taken the focus.
      await page.clock.runFor(100);
      await link.focus();
      for (let time = 0; time < 11; time += 1) {
        await page.clock.runFor(13.5 * MINUTE);
        await expect(dialog).toBeVisible();
        if (time % 2) await page.keyboard.press("Escape");
        else await dialog.getByRole("button", { name: messages.staySignedIn }).click();
        await expect(dialog).toBeHidden();
        await expect(link).toBeFocused();
      }
      await record.shows(messages.profile);
    });

    test("idle time-out: a device that slept past it is signed out when it wakes", async ({
      page,
      staffSignIn,
      sandbox,
    }) => {
      await stopClock(page);
      await staffSignIn.openAndSignIn(KAVYA);
      await page.clock.fastForward(3 * 60 * MINUTE);
      await expect(staffSignIn.heading(messages.staffSignIn)).toBeVisible();
      await expect(page.getByText(messages.endedByIdleTimeout)).toBeVisible();
      await expect
        .poll(async () => (await sandbox.wire()).filter(({ call }) => call === "logout").length)
        .toBe(1);
    });

    test("absolute time-out: ends the session despite activity", async ({
      page,
      patientSignIn,
      sandbox,
      record,
    }) => {
      sandbox.config({ session: { absoluteSeconds: 3_600 } });
      await stopClock(page);
      await patientSignIn.openAndSignIn(ABDULLAH);
      for (let minutes = 0; minutes < 50; minutes += 10) {
        await page.clock.runFor(10 * MINUTE);
        await page.keyboard.press("Shift");
        await record.shows(messages.profile);
      }
      await page.clock.runFor(11 * MINUTE);
      await expect(page.getByText(messages.endedByAbsoluteTimeout)).toBeVisible();
    });

    test("sign-out: one tab signs out all tabs", async ({
      context,
      page,
      patientSignIn,
      record,
    }) => {
      await patientSignIn.openAndSignIn(ABDULLAH);
      const other = await context.newPage();
      const there = new PatientSignIn(other, messages);
      await there.openAndSignIn(MARIA);
      // Two tabs with two people share no data.
      expect(await page.content()).not.toContain(MARIA.name);
      expect(await other.content()).not.toContain(ABDULLAH.name);
      await record.signOutButton.click();
      await expect(there.heading(messages.patientSignIn)).toBeVisible({ timeout: 1_000 });
      await expect(other.getByText(messages.endedInOtherTab)).toBeVisible();
      expect(await other.content()).not.toContain(MARIA.name);
      await expect(page.getByText(messages.endedInOtherTab)).toBeHidden();
    });
  });
}

test("session: other BroadcastChannel messages do not end it", async ({
  context,
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  const other = await context.newPage();
  await other.goto("/staff");
  await other.evaluate(() => {
    const channel = new BroadcastChannel("logistration");
    for (const word of ["", "signed-out ", "SIGNED-OUT", null, 1, { type: "signed-out" }, ["signed-out"]])
      channel.postMessage(word);
  });
  // The absence of a sign-out needs a wait, longer than a message between tabs takes.
  await page.waitForTimeout(300);
  await record.shows("Profile");
});

test("config session.staff: staff have their own idle time-out", async ({ page, sandbox, staffSignIn }) => {
  sandbox.config({ session: { staff: { idleSeconds: 180, warnSeconds: 60 } } });
  await stopClock(page);
  await staffSignIn.openAndSignIn(KAVYA);
  await page.clock.runFor(2.1 * MINUTE);
  await expect(page.getByRole("dialog", { name: "Are you still there?" })).toBeVisible();
  await page.getByRole("button", { name: "Sign out now" }).click();
  await expect(staffSignIn.heading("Staff sign in")).toBeVisible();
});

test("staff session: ends and its token is revoked on pagehide", async ({ page, staffSignIn, sandbox }) => {
  await staffSignIn.openAndSignIn(KAVYA);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await expect(staffSignIn.heading("Staff sign in")).toBeVisible();
  expect(await page.content()).not.toContain("Kavya");
  await expect
    .poll(async () => (await sandbox.wire()).filter(({ call }) => call === "logout").length)
    .toBe(1);
});
