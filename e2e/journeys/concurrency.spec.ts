// Repeated actions and bad networks: whatever happens during a request, one state results, with one
// sign-in request for each submit.

import { ABDULLAH, KAVYA, MARIA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { Call, Sandbox } from "../support/sandbox.ts";
import type { Fixtures } from "../support/every_page.ts";

const slow = (call: Call, ms = 1_000) =>
  [{ call, times: 1, fault: { kind: "delay", ms } }] as const;

/** The calls without checks of a session, whose moment does not matter here. */
const calls = async (sandbox: Sandbox) =>
  (await sandbox.wire()).map(({ call }) => call).filter((call) => call !== "validate");

test("patient sign-in: a double click and repeated Enter submit the form once (K1)", async ({
  patientSignIn,
  record,
  sandbox,
}) => {
  await patientSignIn.open("/");
  await sandbox.faults([...slow("login")]);
  await patientSignIn.fill(ABDULLAH);
  await patientSignIn.submitButton.dblclick();
  await patientSignIn.phone.focus();
  for (let times = 0; times < 20; times += 1) await patientSignIn.page.keyboard.press("Enter");
  await record.shows("Profile");
  expect(await calls(sandbox)).toEqual(["exists", "login"]);
});

test("staff sign-in: 50 submits in one task submit the form once (K1)", async ({
  page,
  record,
  sandbox,
  staffSignIn,
}) => {
  await staffSignIn.open("/staff");
  await staffSignIn.username.fill(KAVYA.username);
  await staffSignIn.password.fill(KAVYA.password);
  await page.evaluate(() => {
    const form = document.querySelector("form");
    for (let times = 0; times < 50; times += 1) form?.requestSubmit();
  });
  await record.shows("Roles");
  expect(await calls(sandbox)).toEqual(["session"]);
});

test("staff sign-out: 20 clicks in one task send one logout (K1)", async ({
  page,
  record,
  sandbox,
  staffSignIn,
}) => {
  await staffSignIn.openAndSignIn(KAVYA);
  await sandbox.clearWire();
  await sandbox.faults([...slow("logout", 300)]);
  await record.signOutButton.evaluate((button: HTMLElement) => {
    for (let times = 0; times < 20; times += 1) button.click();
  });
  await staffSignIn.shows("Staff sign in");
  await expect(page).toHaveURL("/staff");
  // The absence of a second request needs a wait, longer than the first response takes.
  await page.waitForTimeout(600);
  expect(await calls(sandbox)).toEqual(["logout"]);
});

test("patient sign-in: a flapping network ends in the record or an error", async ({
  context,
  patientSignIn,
  record,
  sandbox,
}) => {
  await patientSignIn.open("/");
  await sandbox.faults([...slow("login", 600)]);
  await patientSignIn.signIn({ phone: ABDULLAH.phone, nationalId: ABDULLAH.nationalId });
  await expect.poll(() => calls(sandbox)).toContain("login");
  for (let times = 0; times < 6; times += 1) await context.setOffline(times % 2 === 0);
  await expect(record.heading("Profile").or(patientSignIn.errorSummary)).toBeVisible();
  expect((await calls(sandbox)).filter((call) => call === "login")).toHaveLength(1);
  if (await patientSignIn.errorSummary.isVisible()) {
    await expect(patientSignIn.nationalId).toHaveValue(ABDULLAH.nationalId);
    await patientSignIn.submitButton.click();
  }
  await record.shows("Profile");
});

test("patient sign-in: a language switch during the request shows the result in the new language", async ({
  patientSignIn,
  record,
  sandbox,
}) => {
  const arabic = patientSignIn.in("ar");
  await patientSignIn.open("/");
  await sandbox.faults([{ call: "login", times: 1, fault: { kind: "status", status: 502 } }]);
  await patientSignIn.signIn(ABDULLAH);
  await patientSignIn.showsErrors(patientSignIn.messages.serviceDown, "Patient sign in");
  await sandbox.clearWire();
  await sandbox.faults([...slow("login")]);
  await patientSignIn.submitButton.click();
  await patientSignIn.button("Signing in…").waitFor();
  await patientSignIn.languageButton.click();
  await arabic.button(arabic.messages.signingIn).waitFor();
  await arabic.languageButton.click();
  await patientSignIn.languageButton.click();
  await record.in("ar").shows(arabic.messages.profile);
  expect(await calls(sandbox)).toEqual(["exists", "login"]);
});

/** Goes Back from the patients' to the staff's sign-in page during a sign-in, and Forward again. */
async function goBackAndForward({ page, patientSignIn, sandbox, staffSignIn }: Omit<Fixtures, "record" | "messages">): Promise<void> {
  await sandbox.faults([...slow("login", 700)]);
  await patientSignIn.signIn(ABDULLAH);
  await expect.poll(() => calls(sandbox)).toContain("login");
  await page.goBack();
  await staffSignIn.shows("Staff sign in");
  await page.goForward();
  await patientSignIn.shows("Patient sign in");
}

test("patient sign-in: Back during the request cancels it, and the next patient signs in alone", async ({
  page,
  patientSignIn,
  record,
  sandbox,
  staffSignIn,
}) => {
  // After the first sign-in, navigation stays within the document.
  await patientSignIn.openAndSignIn(MARIA);
  await record.signOutButton.click();
  await patientSignIn.link("Work here? Staff sign in").click();
  await staffSignIn.shows("Staff sign in");
  await staffSignIn.link("Patient sign in").click();
  await patientSignIn.shows("Patient sign in");
  await sandbox.clearWire();
  await goBackAndForward({ page, patientSignIn, sandbox, staffSignIn });
  await expect(patientSignIn.phone).toHaveValue("");
  await patientSignIn.signIn(MARIA);
  await record.shows("Profile");
  // The absence of another sign-in needs a wait, longer than the first response takes.
  await page.waitForTimeout(800);
  await expect(page.getByText(MARIA.name).first()).toBeVisible();
  expect(await page.content()).not.toContain(ABDULLAH.name);
  expect(await calls(sandbox)).toEqual(["exists", "login", "exists", "login"]);
});

test("patient sign-in: Back to another document and Forward during the request cancel it", async ({
  page,
  patientSignIn,
  record,
  sandbox,
  staffSignIn,
}) => {
  await staffSignIn.open("/staff");
  // Without a real press.
  await staffSignIn.link("Patient sign in").dispatchEvent("click");
  await patientSignIn.shows("Patient sign in");
  await patientSignIn.ready();
  await goBackAndForward({ page, patientSignIn, sandbox, staffSignIn });
  // The absence of a sign-in needs a wait, longer than the response takes.
  await page.waitForTimeout(1_500);
  await patientSignIn.shows("Patient sign in");
  await expect(patientSignIn.submitButton).toBeEnabled();
  await patientSignIn.signIn(MARIA);
  await record.shows("Profile");
  expect(await page.content()).not.toContain(ABDULLAH.name);
  expect(await calls(sandbox)).toEqual(["exists", "login", "exists", "login"]);
});
