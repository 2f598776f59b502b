// `patient.cookies`: cookies of an application in front of the patient service, and the sign-out that it gets
// at each end of a patient's session. new_application.spec.ts has such an application.

import type { Page } from "@playwright/test";
import { stopClock } from "../support/clock.ts";
import { DIRECT } from "../support/fixtures.ts";
import { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import { ABDULLAH, LULWA, MARIA, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { RecordPage } from "../support/pages/record_page.ts";
import type { Sandbox } from "../support/sandbox.ts";

const MINUTE = 60_000;

const signOuts = async (sandbox: Sandbox) =>
  (await sandbox.wire()).filter(({ call }) => call === "patientLogout");

/** The ends of a session in one tab. */
const ENDS: Record<string, (page: Page, record: RecordPage) => Promise<void>> = {
  "the button": async (_page, record) => record.signOutButton.click(),
  "the idle time-out": async (page) => page.clock.runFor(16 * MINUTE),
  "a sleep beyond the absolute time-out": async (page) => page.clock.fastForward(9 * 60 * MINUTE),
  "the warning's button": async (page) => {
    await page.clock.runFor(13.5 * MINUTE);
    await page.getByRole("button", { name: "Sign out now" }).click();
  },
  "leaving the page": async (page) => {
    await page.goto("about:blank");
  },
  "a page that the browser keeps (pagehide)": async (page) =>
    page.evaluate(() => void dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }))),
};

for (const [name, end] of Object.entries(ENDS)) {
  test(`config patient.cookies: true sends one sign-out at the end by ${name}`, async ({ page, patientSignIn, record, sandbox }) => {
    sandbox.config({ patient: { cookies: true } });
    await stopClock(page);
    await patientSignIn.openAndSignIn(ABDULLAH);
    expect(await signOuts(sandbox)).toEqual([]);
    await end(page, record);
    await expect.poll(() => signOuts(sandbox)).toMatchObject([
      { method: "POST", path: "/api/customer/logout", query: null, body: "", status: 204, violation: null },
    ]);
  });

  test(`config patient.cookies: false sends no sign-out at the end by ${name}`, async ({ page, patientSignIn, record, sandbox }) => {
    await stopClock(page);
    await patientSignIn.openAndSignIn(ABDULLAH);
    await end(page, record);
    // The absence of a request needs a wait, longer than one takes.
    await new Promise((next) => setTimeout(next, 700));
    expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
  });
}

test("config patient.cookies: true sends and takes the cookie of the application, on all patient calls", DIRECT.cookies, async ({
  context,
  patientSignIn,
  record,
  sandbox,
}) => {
  sandbox.config({ patient: { cookies: true } });
  await context.addCookies([{ name: "balancer", value: "a", url: sandbox.url }]);
  const set = { "set-cookie": "application=x; Path=/; HttpOnly; SameSite=Strict" };
  await sandbox.faults([{ call: "login", times: 1, fault: { kind: "headers", set } }]);
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.signOutButton.click();
  await expect.poll(async () => (await sandbox.wire()).map(({ call, headers }) => [call, headers.cookie])).toEqual([
    ["exists", "balancer=a"],
    ["login", "balancer=a"],
    ["patientLogout", "balancer=a; application=x"],
  ]);
  await context.clearCookies();
});

test("config patient.cookies: false takes no cookie", DIRECT.cookies, async ({ context, patientSignIn, sandbox }) => {
  const set = { "set-cookie": "application=x; Path=/" };
  await sandbox.faults([{ call: "login", times: 1, fault: { kind: "headers", set } }]);
  await patientSignIn.openAndSignIn(ABDULLAH);
  expect(await context.cookies()).toEqual([]);
});

test("config patient.cookies: true sends no cookie to another origin", DIRECT.crossOrigin, async ({ context, patientSignIn, record, sandbox }) => {
  const baseUrl = sandbox.url.replace("127.0.0.1", "localhost");
  sandbox.config({ patient: { cookies: true, baseUrl } });
  await context.addCookies([{ name: "application", value: "x", url: baseUrl }]);
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.signOutButton.click();
  await expect.poll(async () => (await signOuts(sandbox)).length).toBe(1);
  for (const { call, headers } of await sandbox.wire()) expect(headers, call).not.toHaveProperty("cookie");
  await context.clearCookies();
});

test("config patient.cookies: a sign-out of staff in another tab ends the patient's session with a sign-out of its own", async ({
  context,
  page,
  patientSignIn,
  sandbox,
  staffSignIn,
  record,
}) => {
  sandbox.config({ patient: { cookies: true } });
  const other = new PatientSignIn(await context.newPage(), patientSignIn.messages);
  await other.openAndSignIn(ABDULLAH);
  await page.bringToFront();
  await staffSignIn.openAndSignIn(KAVYA);
  await record.signOutButton.click();
  await expect(other.page.getByText("You were signed out in another tab.")).toBeVisible();
  await expect.poll(async () => (await signOuts(sandbox)).length).toBe(1);
});

test("config patient.cookies: a sign-in in another tab ends the session here, and leaves its cookie alone", async ({
  context,
  page,
  patientSignIn,
  sandbox,
}) => {
  sandbox.config({ patient: { cookies: true } });
  await patientSignIn.openAndSignIn(ABDULLAH);
  const other = new PatientSignIn(await context.newPage(), patientSignIn.messages);
  await other.openAndSignIn(MARIA);
  await expect(page.getByText("You were signed out in another tab.")).toBeVisible();
  expect(await page.content()).not.toContain("Abdullah");
  await expect(other.heading("Profile")).toBeVisible();
  await page.waitForTimeout(700);
  expect(await signOuts(sandbox)).toEqual([]);
});

test("config patient.cookies: leaving the page of the one-time code sends no sign-out", async ({ page, patientSignIn, sandbox }) => {
  sandbox.config({ patient: { cookies: true, oneTimeCode: true } });
  await patientSignIn.open("/");
  await patientSignIn.signIn(LULWA);
  await page.getByRole("textbox", { name: "Code" }).waitFor();
  await page.goto("about:blank");
  await new Promise((next) => setTimeout(next, 700));
  expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
});

for (const [name, fault, sent] of [
  ["a record of another patient", { kind: "status", status: 200, body: JSON.stringify({ nationalID: MARIA.nationalId }) }, 1],
  ["an answer that cannot be read", { kind: "status", status: 200, body: "<p>" }, 1],
  ["a lost answer", { kind: "dropBefore" }, 1],
  ["a refusal", { kind: "status", status: 404, body: "{}" }, 0],
  ["a failure", { kind: "status", status: 500, body: "{}" }, 0],
] as const) {
  test(`config patient.cookies: after ${name} at sign-in ${sent ? "the session that may be open is signed out" : "nothing is sent"}`, DIRECT.gatewayAnswers, async ({
    patientSignIn,
    sandbox,
  }) => {
    sandbox.config({ patient: { cookies: true } });
    await patientSignIn.open("/");
    await sandbox.faults([{ call: "login", times: 1, fault }]);
    await patientSignIn.signIn(ABDULLAH);
    await expect(patientSignIn.errorSummary).toBeFocused();
    if (sent) await expect.poll(async () => (await signOuts(sandbox)).length).toBe(sent);
    else await patientSignIn.page.waitForTimeout(700);
    expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login", ...Array(sent).fill("patientLogout")]);
  });
}

test("config patient.cookies: a sign-out that fails is sent again, and the next sign-in waits for it", async ({ patientSignIn, record, sandbox }) => {
  sandbox.config({ patient: { cookies: true } });
  await patientSignIn.openAndSignIn(ABDULLAH);
  await sandbox.clearWire();
  await sandbox.faults([
    { call: "patientLogout", times: 1, fault: { kind: "status", status: 503 } },
    { call: "patientLogout", times: 1, fault: { kind: "delay", ms: 1_500 } },
  ]);
  await record.signOutButton.click();
  await patientSignIn.signIn(MARIA);
  await record.shows("Profile");
  const wire = await sandbox.wire();
  expect(wire.map(({ call }) => call)).toEqual(["patientLogout", "patientLogout", "exists", "login"]);
  expect(wire[2]!.atMs - wire[1]!.atMs).toBeGreaterThanOrEqual(1_490);
});
