// The clocks of a session: deadlines that pass in sleep, clocks that are set, the absolute limit, other tabs. The ids
// are those of the cases from the field (docs/security.md).

import type { Page } from "@playwright/test";
import { alikeIn } from "../support/fixtures.ts";
import { advanceUntil, stopClock } from "../support/clock.ts";
import { LANGUAGES, MESSAGES, type Messages } from "../support/messages.ts";
import { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import { RecordPage } from "../support/pages/record_page.ts";
import { StaffSignIn } from "../support/pages/staff_sign_in.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { ABDULLAH, KAVYA, MARIA } from "../support/people.ts";
import { configureStaff, recordedPerson } from "../support/staff.ts";

const MINUTE = 60_000;

/** The texts of the warning before the absolute limit. */
const TIME_ENDS = { en: "Your session ends soon", ar: "تنتهي جلستك قريبًا" };

/** Sets the wall clock, and runs no timer: a device that sleeps, or a clock that is corrected. */
const setClock = async (page: Page, change: (now: number) => number) => {
  const now = await page.evaluate(() => Date.now());
  await page.clock.setSystemTime(change(now));
};

/** Expects another tab to keep its session. The absence of a message needs a wait, longer than one between tabs takes. */
async function staysSignedIn(other: Page, messages: Messages, heading: string): Promise<void> {
  await other.waitForTimeout(300);
  await new RecordPage(other, messages).shows(heading);
}

/** Ten minutes before the absolute limit of a tab: goes on to it, while another tab is used. */
async function reachAbsoluteLimit(page: Page, other: Page, messages: Messages): Promise<void> {
  await page.clock.runFor(2 * MINUTE);
  await other.keyboard.press("Shift");
  await page.clock.runFor(8.5 * MINUTE);
  await expect(page.getByText(messages.endedByAbsoluteTimeout)).toBeVisible();
}

const post = (page: Page, message: string) =>
  page.evaluate((text) => {
    const channel = new BroadcastChannel("logistration");
    channel.postMessage(text);
    channel.close();
  }, message);

for (const [what, use] of [
  ["a press", (page: Page) => page.getByRole("heading", { level: 1 }).click()],
  ["a key", (page: Page) => page.keyboard.press("Shift")],
  ["a turn of the wheel", (page: Page) => page.mouse.wheel(0, 10)],
  ["another tab's activity", (page: Page) => post(page, "active")],
] as const) {
  test(`session: ${what} after a deadline that passed in sleep does not revive it (S1)`, async ({
    page,
    patientSignIn,
  }) => {
    await stopClock(page);
    await patientSignIn.openAndSignIn(ABDULLAH);
    await page.clock.runFor(MINUTE);
    await setClock(page, (now) => now + 14.5 * MINUTE);
    await use(page);
    await expect(patientSignIn.heading("Patient sign in")).toBeVisible();
    await expect(page.getByText(patientSignIn.messages.endedByIdleTimeout)).toBeVisible();
    expect(await page.content()).not.toContain(ABDULLAH.name);
  });
}

for (const [what, answer] of [
  ["“Stay signed in”", (page: Page) => page.getByRole("button", { name: "Stay signed in" }).click()],
  ["Escape", (page: Page) => page.keyboard.press("Escape")],
] as const) {
  test(`session: ${what} after a deadline that passed in sleep does not revive it (S1)`, async ({
    page,
    staffSignIn,
  }) => {
    await stopClock(page);
    await staffSignIn.openAndSignIn(KAVYA);
    await page.clock.runFor(13.5 * MINUTE);
    await expect(page.getByRole("dialog", { name: "Are you still there?" })).toBeVisible();
    await setClock(page, (now) => now + 3 * MINUTE);
    await answer(page);
    await expect(staffSignIn.heading("Staff sign in")).toBeVisible();
    await expect(page.getByText(staffSignIn.messages.endedByIdleTimeout)).toBeVisible();
  });
}

for (const [what, change] of [
  ["set back by an hour", (now: number) => now - 60 * MINUTE],
  ["set back by 14 minutes", (now: number) => now - 14 * MINUTE],
  ["set to 1970", () => 0],
] as const) {
  test(`session: a clock ${what} does not put the idle end off (S2)`, async ({ page, patientSignIn }) => {
    await stopClock(page);
    await patientSignIn.openAndSignIn(ABDULLAH);
    await page.clock.runFor(10 * MINUTE);
    await setClock(page, change);
    await page.clock.runFor(3.5 * MINUTE);
    await expect(page.getByRole("dialog", { name: "Are you still there?" })).toBeVisible();
    await page.clock.runFor(1.6 * MINUTE);
    await expect(page.getByText(patientSignIn.messages.endedByIdleTimeout)).toBeVisible();
  });
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });
    const messages = MESSAGES[language];

    for (const { session, answer } of [
      { session: { absoluteSeconds: 600 }, answer: "button" },
      { session: { absoluteSeconds: 100, warnSeconds: 60 }, answer: "Escape" },
      { session: { idleSeconds: 900, absoluteSeconds: 900 }, answer: "button" },
    ]) {
      test(`absolute limit: ${JSON.stringify(session)}, answered by ${answer}: is announced once, without an offer to stay (F4)`, async ({
        page,
        patientSignIn,
        record,
        sandbox,
      }) => {
        sandbox.config({ session });
        const { absoluteSeconds, warnSeconds = 120 } = session;
        await stopClock(page);
        await patientSignIn.openAndSignIn(ABDULLAH);
        const dialog = page.getByRole("dialog", { name: TIME_ENDS[language] });
        await page.clock.runFor((absoluteSeconds - warnSeconds - 10) * 1000);
        await expect(dialog).toBeHidden();
        await page.clock.runFor(12_000);
        await expect(dialog).toBeVisible();
        await expect(dialog.getByRole("timer")).toHaveText(/\S/);
        await expect(dialog.getByRole("button", { name: messages.staySignedIn })).toHaveCount(0);
        await expect(dialog.getByRole("button", { name: messages.signOutNow })).toBeVisible();
        if (answer === "button") await dialog.getByRole("button", { name: messages.close, exact: true }).click();
        else await page.keyboard.press(answer);
        await expect(dialog).toBeHidden();
        // It does not come back, whatever is done, and the page can be used to the end.
        for (let times = 0; times < 3; times += 1) {
          await page.clock.runFor(4_000);
          await page.keyboard.press("Shift");
          await expect(dialog).toBeHidden();
        }
        await post(page, "active");
        await record.goTo(messages.addresses);
        await page.clock.runFor((warnSeconds - 20) * 1000);
        await expect(dialog).toBeHidden();
        await record.shows(messages.addresses);
        await page.clock.runFor(20_000);
        await expect(page.getByText(messages.endedByAbsoluteTimeout)).toBeVisible();
      });
    }
  });
}

test("absolute limit: before it, the idle limit offers to stay (F4)", async ({ page, patientSignIn, sandbox }) => {
  sandbox.config({ session: { idleSeconds: 300, absoluteSeconds: 420 } });
  await stopClock(page);
  await patientSignIn.openAndSignIn(ABDULLAH);
  await page.clock.runFor(3.2 * MINUTE);
  await page.getByRole("dialog", { name: "Are you still there?" }).getByRole("button", { name: "Stay signed in" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.clock.runFor(2 * MINUTE);
  await expect(page.getByRole("dialog", { name: TIME_ENDS.en })).toBeVisible();
});

test("absolute limit: an idle end shortly before it has no offer to stay, since none could be kept (F4)", async ({
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  sandbox.config({ session: { idleSeconds: 300, warnSeconds: 120, absoluteSeconds: 320 } });
  await stopClock(page);
  await patientSignIn.openAndSignIn(ABDULLAH);
  await page.clock.runFor(201_000);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toHaveAccessibleName(TIME_ENDS.en);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  await page.clock.runFor(110_000);
  await expect(dialog).toBeHidden();
  await record.shows("Profile");
  await page.clock.runFor(10_000);
  await expect(page.getByText(patientSignIn.messages.endedByAbsoluteTimeout)).toBeVisible();
});

test("session: a clock set back by an hour does not put the check at the server off (S2)", async ({
  page,
  sandbox,
  staffSignIn,
}) => {
  await stopClock(page);
  await staffSignIn.openAndSignIn(KAVYA);
  const checks = async () => (await sandbox.wire()).filter(({ call }) => call === "validate").length;
  await expect.poll(checks).toBe(1);
  await page.clock.runFor(61_000);
  await setClock(page, (now) => now - 60 * MINUTE);
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect.poll(checks).toBe(2);
});

test("wait: a clock set back by an hour does not put its end off (S2)", async ({ page, patientSignIn, sandbox }) => {
  await stopClock(page);
  await patientSignIn.open("/");
  const headers = { "Retry-After": "60" };
  await sandbox.faults([{ call: "exists", times: 1, fault: { kind: "status", status: 429, headers } }]);
  await patientSignIn.signIn(ABDULLAH);
  await expect(patientSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
  await setClock(page, (now) => now - 60 * MINUTE);
  await page.clock.runFor(61_000);
  await expect(patientSignIn.submitButton).not.toHaveAttribute("aria-disabled");
});

test("tabs: the absolute end of an old tab ends the cookie of a younger one that the device closed (S6)", async ({
  context,
  messages,
  page,
  sandbox,
  staffSignIn,
}) => {
  configureStaff(sandbox, "web", {}, { idleSeconds: 300, absoluteSeconds: 1_200 });
  await stopClock(page);
  await staffSignIn.openAndSignIn(recordedPerson("hfa"));
  const other = await context.newPage();
  const there = new StaffSignIn(other, messages);
  await there.openAndSignIn(recordedPerson("hfa"));
  // A tab that the device ends says nothing, to the server or to other tabs.
  await other.evaluate(() => {
    window.fetch = () => new Promise(() => {});
    BroadcastChannel.prototype.postMessage = () => {};
  });
  await other.close();
  for (let minutes = 0; minutes < 19; minutes += 1) {
    await page.clock.runFor(MINUTE);
    await page.mouse.wheel(0, 10);
  }
  // In steps that leave the server time: a sign-out that is not answered within 15 seconds is sent again.
  await advanceUntil(page, () => page.getByText(messages.endedByAbsoluteTimeout).isVisible());
  await expect.poll(async () => (await sandbox.wire()).filter(({ call }) => call === "logout").length).toBe(1);
});

test("tabs: the idle end of a patient's tab leaves the staff session of another tab (S6)", async ({
  context,
  messages,
  page,
  patientSignIn,
  sandbox,
}) => {
  sandbox.config({ session: { patient: { idleSeconds: 180, warnSeconds: 60 } } });
  await stopClock(page);
  await patientSignIn.openAndSignIn(ABDULLAH);
  const other = await context.newPage();
  await new StaffSignIn(other, messages).openAndSignIn(KAVYA);
  await page.clock.runFor(3.2 * MINUTE);
  await expect(page.getByText(messages.endedByIdleTimeout)).toBeVisible();
  await staysSignedIn(other, messages, "Roles");
  expect(await sandbox.sessions()).toHaveLength(1);
});

test("tabs: the idle end of a staff tab leaves the patient's session of another tab (S6)", async ({
  context,
  messages,
  page,
  sandbox,
  staffSignIn,
}) => {
  sandbox.config({ session: { staff: { idleSeconds: 180, warnSeconds: 60 } } });
  await stopClock(page);
  await staffSignIn.openAndSignIn(KAVYA);
  const other = await context.newPage();
  await new PatientSignIn(other, messages).openAndSignIn(ABDULLAH);
  await page.clock.runFor(3.2 * MINUTE);
  await expect(page.getByText(messages.endedByIdleTimeout)).toBeVisible();
  await staysSignedIn(other, messages, "Profile");
});

test("tabs: the absolute end of an old tab leaves a younger session of the same audience (S6)", async ({
  context,
  messages,
  page,
  patientSignIn,
  sandbox,
}) => {
  sandbox.config({ session: { absoluteSeconds: 1_200 } });
  await stopClock(page);
  await patientSignIn.openAndSignIn(ABDULLAH);
  await page.clock.runFor(10 * MINUTE);
  const other = await context.newPage();
  await new PatientSignIn(other, messages).openAndSignIn(MARIA);
  await reachAbsoluteLimit(page, other, messages);
  await staysSignedIn(other, messages, "Profile");
});

test("tabs: the absolute end of an old tab leaves the cookie to a younger session of the same person (S6)", async ({
  context,
  messages,
  page,
  sandbox,
  staffSignIn,
}) => {
  configureStaff(sandbox, "web", {}, { idleSeconds: 900, absoluteSeconds: 1_200 });
  await stopClock(page);
  await staffSignIn.openAndSignIn(recordedPerson("hfa"));
  await page.clock.runFor(10 * MINUTE);
  const other = await context.newPage();
  const there = new StaffSignIn(other, messages);
  await there.openAndSignIn(recordedPerson("hfa"));
  await reachAbsoluteLimit(page, other, messages);
  await staysSignedIn(other, messages, "Roles");
  expect((await sandbox.wire()).filter(({ call }) => call === "logout")).toHaveLength(0);
  await there.signOutButton.click();
  await there.heading("Staff sign in").waitFor();
  // The first sign-in's session has lost its cookie, and ends by itself.
  await expect.poll(async () => (await sandbox.sessions()).length).toBe(1);
});
