// The session cookie of SPICE 2.0's web client: all tabs share it, and no script can see whose it is. The portal
// neither shows nor ends another person's session, and leaves none behind that it does not use.

import type { Page } from "@playwright/test";
import { advanceUntil } from "../support/clock.ts";
import { applicationCookies, AUTH_COOKIE } from "../support/fixtures.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { RecordPage } from "../support/pages/record_page.ts";
import { calls, configureStaff, inAnotherTab, leaveFor, recordedPerson as person, setTooLongCookie } from "../support/staff.ts";

const SESSION = "**/auth-service/session";
const LOGOUT = "**/auth-service/logout";

const hasLogout = (calls: string[]) => calls.some((call) => call.includes("logout"));

test.beforeEach(({ sandbox, cleanState }) => {
  void cleanState; // After the reset.
  configureStaff(sandbox, "web");
});

async function stays(page: Page, record: RecordPage): Promise<void> {
  await leaveFor(page, 61);
  await page.clock.runFor(60_000);
  await expect(record.heading("Roles")).toBeVisible();
}

test.describe("another person in another tab", () => {
  test("the page whose cookie is replaced ends at once, and sends no sign-out", async ({
    context,
    page,
    sandbox,
    staffSignIn,
    messages,
  }) => {
    await staffSignIn.openAndSignIn(person("hfa"));
    const other = await inAnotherTab(context, messages);
    await other.openAndSignIn(person("superadmin"));
    await expect(page.getByText(messages.endedByOtherPerson)).toBeVisible();
    await page.close();
    await expect(other.heading("Roles")).toBeVisible();
    expect(hasLogout(await calls(sandbox))).toBe(false);
    await other.signOutButton.click();
    await expect.poll(() => applicationCookies(context)).toEqual([]);
  });

  test("the same person in two tabs stays signed in in both, and signs out of both", async ({
    context,
    page,
    record,
    sandbox,
    staffSignIn,
    messages,
  }) => {
    await staffSignIn.openAndSignIn(person("hfa"));
    const other = await inAnotherTab(context, messages);
    await other.openAndSignIn(person("hfa"));
    // The check of the first tab.
    await expect.poll(async () => (await calls(sandbox)).filter((call) => call === "POST profile 200").length).toBe(3);
    await expect(record.heading("Roles")).toBeVisible();
    await record.signOutButton.click();
    await other.shows("Staff sign in");
    await expect(page.getByText(messages.staffSignIn).first()).toBeVisible();
    await expect.poll(() => applicationCookies(context)).toEqual([]);
  });

  test("a sign-out does not end the page of the person who signed in meanwhile, though the check of the cookie is slow", async ({
    context,
    page,
    record,
    sandbox,
    staffSignIn,
    messages,
  }) => {
    await staffSignIn.openAndSignIn(person("hfa"));
    const other = await inAnotherTab(context, messages);
    await other.open("/staff");
    // The first check is the later person's own, the second the earlier person's, after the message.
    await page.route("**/user-service/user/profile", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    await other.signIn(person("superadmin"));
    await other.heading("Roles").waitFor();
    await expect(record.heading("Roles")).toBeVisible();
    await record.signOutButton.click();
    await staffSignIn.shows("Staff sign in");
    await page.waitForTimeout(2_500);
    await expect(other.heading("Roles")).toBeVisible();
    expect(hasLogout(await calls(sandbox))).toBe(false);
    await page.unroute("**/user-service/user/profile");
    await other.signOutButton.click();
    await expect.poll(() => applicationCookies(context)).toEqual([]);
  });

  test("closing one of two tabs of the same person ends the session in the other at once", async ({
    context,
    page,
    sandbox,
    staffSignIn,
    messages,
  }) => {
    await staffSignIn.openAndSignIn(person("hfa"));
    const other = await inAnotherTab(context, messages);
    await other.openAndSignIn(person("hfa"));
    await expect.poll(async () => (await calls(sandbox)).filter((call) => call === "POST profile 200").length).toBe(3);
    await page.goto("about:blank");
    await other.shows("Staff sign in");
    await expect.poll(() => sandbox.sessions().then((sessions) => sessions.length)).toBe(1);
    await expect.poll(() => applicationCookies(context)).toEqual([]);
  });

  for (const reason of ["sign-out", "time-out"] as const) {
    test(`without BroadcastChannel, ${reason} of the earlier person leaves the later one signed in`, async ({
      context,
      page,
      record,
      sandbox,
      staffSignIn,
      messages,
    }) => {
      configureStaff(sandbox, "web", {}, { idleSeconds: 180, absoluteSeconds: 86_400 });
      await page.addInitScript(() => void Reflect.deleteProperty(window, "BroadcastChannel"));
      await page.clock.install();
      await staffSignIn.openAndSignIn(person("hfa"));
      // Both tabs have the same clock.
      configureStaff(sandbox, "web");
      const other = await inAnotherTab(context, messages);
      await other.openAndSignIn(person("superadmin"));
      await sandbox.clearWire();
      if (reason === "sign-out") await record.signOutButton.click();
      else await page.clock.runFor(181_000);
      await staffSignIn.shows("Staff sign in");
      await expect.poll(() => calls(sandbox)).toEqual(["POST profile 200"]);
      await page.clock.runFor(30_000);
      expect(await calls(sandbox)).toEqual(["POST profile 200"]);
      await sandbox.clearWire();
      await other.signOutButton.click();
      await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("POST logout 200");
      await expect.poll(() => applicationCookies(context)).toEqual([]);
    });
  }

  test("a failed sign-in without a new cookie leaves the earlier person signed in", async ({
    context,
    page,
    record,
    sandbox,
    staffSignIn,
    messages,
  }) => {
    await page.clock.install();
    await staffSignIn.openAndSignIn(person("superadmin"));
    const other = await inAnotherTab(context, messages);
    await other.open("/staff");
    await other.page.route(SESSION, (route) => route.fulfill({ status: 200, body: "<html>" }));
    await sandbox.clearWire();
    await other.signIn(person("hfa"));
    await other.showsErrors(messages.invalidResponse, "Staff sign in");
    await expect.poll(() => calls(sandbox)).toEqual(["POST profile 200"]);
    await stays(page, record);
    expect(hasLogout(await calls(sandbox))).toBe(false);
    await record.signOutButton.click();
    await expect.poll(() => applicationCookies(context)).toEqual([]);
  });

  test("a session that no check confirmed, and whose cookie is an earlier person's, ends as not kept", async ({
    context,
    page,
    record,
    sandbox,
    staffSignIn,
    messages,
  }) => {
    const helpPhone = "+966 11 234 5678";
    configureStaff(sandbox, "web", { helpPhone });
    await page.clock.install();
    await staffSignIn.openAndSignIn(person("superadmin"));
    const other = await inAnotherTab(context, messages);
    const otherPage = other.page;
    await otherPage.clock.install();
    await other.open("/staff");
    await setTooLongCookie(sandbox, { call: "profile", times: 1, fault: { kind: "status", status: 503 } });
    await sandbox.clearWire();
    await other.signIn(person("hfa"));
    await other.heading("Roles").waitFor();
    // The first tab's check.
    await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("POST profile 200");
    await leaveFor(otherPage, 61);
    await expect(otherPage.getByText(messages.sessionNotKept)).toBeVisible();
    // With the sentence; the help has it as well.
    await expect(otherPage.getByRole("main").getByRole("link", { name: helpPhone }).first()).toBeVisible();
    expect(hasLogout(await calls(sandbox))).toBe(false);
    await expect(record.heading("Roles")).toBeVisible();
    await record.signOutButton.click();
    await expect.poll(() => applicationCookies(context)).toEqual([]);
  });
});

test("the first check of a session is sent once, whatever its outcome", async ({ page, record, sandbox, staffSignIn }) => {
  await page.clock.install();
  await sandbox.faults([{ call: "profile", times: 1, fault: { kind: "status", status: 503 } }]);
  await staffSignIn.openAndSignIn(person("hfa"));
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await page.clock.runFor(5_000);
  expect(await calls(sandbox)).toEqual(["POST session 200", "POST profile 503"]);
  await stays(page, record);
  expect(await calls(sandbox)).toEqual(["POST session 200", "POST profile 503", "POST profile 200"]);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
});

test("a page that is left during the first check leaves no cookie", async ({ context, page, sandbox, staffSignIn }) => {
  await staffSignIn.open("/staff");
  await sandbox.faults([{ call: "profile", times: 1, fault: { kind: "delay", ms: 2_000 } }]);
  await staffSignIn.signIn(person("hfa"));
  await expect.poll(() => applicationCookies(context)).toHaveLength(1);
  await page.goto("about:blank");
  await expect.poll(() => applicationCookies(context)).toEqual([]);
  // Before or after the delayed check.
  await expect.poll(() => calls(sandbox)).toContain("POST logout 200");
});

test("a page that is left while a sign-out asks for the owner leaves no cookie", async ({ context, page, record, sandbox, staffSignIn }) => {
  await staffSignIn.openAndSignIn(person("hfa"));
  await sandbox.faults([{ call: "profile", times: 1, fault: { kind: "delay", ms: 2_000 } }]);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await page.goto("about:blank");
  await expect.poll(() => applicationCookies(context)).toEqual([]);
});

test("leaving the form during the first check signs the session out", async ({ context, page, sandbox, staffSignIn, messages }) => {
  await staffSignIn.open("/staff");
  await sandbox.faults([{ call: "profile", times: 1, fault: { kind: "delay", ms: 1_000 } }]);
  await staffSignIn.signIn(person("hfa"));
  await expect.poll(() => applicationCookies(context)).toHaveLength(1);
  await page.getByRole("link", { name: messages.patientSignIn }).click();
  await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("POST logout 200");
  await expect.poll(() => applicationCookies(context)).toEqual([]);
});

test("a sign-out that is still on its way ends before the next sign-in begins", async ({ context, page, record, sandbox, staffSignIn }) => {
  await page.clock.install();
  await staffSignIn.openAndSignIn(person("hfa"));
  await sandbox.clearWire();
  await sandbox.faults([{ call: "logout", times: 1, fault: { kind: "delay", ms: 1_500 } }]);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await staffSignIn.signIn(person("superadmin"));
  await staffSignIn.heading("Roles").waitFor();
  expect(await calls(sandbox)).toEqual(["POST profile 200", "POST logout 200", "POST session 200", "POST profile 200"]);
  await stays(page, record);
  await record.signOutButton.click();
  await expect.poll(() => applicationCookies(context)).toEqual([]);
});

test("a failed sign-out is not repeated after the next sign-in", async ({ context, page, record, sandbox, staffSignIn }) => {
  await staffSignIn.openAndSignIn(person("hfa"));
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route(LOGOUT, async (route) => {
    await answered;
    await route.fulfill({ status: 503 });
  });
  const sent = page.waitForRequest(LOGOUT);
  await record.signOutButton.click();
  await sent;
  await sandbox.clearWire();
  await staffSignIn.signIn(person("superadmin"));
  await expect(staffSignIn.button("Signing in…")).toBeVisible();
  answer();
  await staffSignIn.heading("Roles").waitFor();
  await page.unroute(LOGOUT);
  expect(await calls(sandbox)).toEqual(["POST session 200", "POST profile 200"]);
  await record.signOutButton.click();
  await expect.poll(() => applicationCookies(context)).toEqual([]);
});

for (const status of [401, 503]) {
  test(`a sign-out that is still on its way is finished, though the next sign-in fails with ${status}`, async ({ context, page, record, sandbox, staffSignIn }) => {
    await staffSignIn.openAndSignIn(person("hfa"));
    await sandbox.clearWire();
    await sandbox.faults([
      { call: "profile", times: 1, fault: { kind: "delay", ms: 1_500 } },
      { call: "session", times: 1, fault: { kind: "status", status, body: '{"message":"Invalid credentials"}' } },
    ]);
    await record.signOutButton.click();
    await staffSignIn.shows("Staff sign in");
    await staffSignIn.signIn(person("superadmin"));
    await expect(staffSignIn.errorSummary).toBeVisible();
    expect(await calls(sandbox)).toEqual(["POST profile 200", "POST logout 200", `POST session ${status}`]);
    expect(await applicationCookies(context)).toEqual([]);
    expect(await sandbox.sessions()).toEqual([]);
    void page;
  });
}

test("a session that the server ended is not signed out with a cookie of another owner", async ({ page, sandbox, staffSignIn, messages }) => {
  await page.clock.install();
  await staffSignIn.openAndSignIn(person("hfa"));
  await sandbox.forwardClock(3 * 60 * 60 * 1000);
  await leaveFor(page, 61);
  const refusals = async () => (await calls(sandbox)).filter((call) => call === "POST profile 401").length;
  for (const count of [1, 2, 3]) await advanceUntil(page, async () => (await refusals()) === count);
  await expect(page.getByText(messages.endedByServer)).toBeVisible();
  await page.clock.runFor(30_000);
  expect(hasLogout(await calls(sandbox))).toBe(false);
  await page.context().clearCookies({ name: AUTH_COOKIE });
});

for (const status of [200, 201, 206]) {
  test(`a ${status} that is no sign-in leaves no cookie`, async ({ context, page, sandbox, staffSignIn, messages }) => {
    await staffSignIn.open("/staff");
    // With the cookie of the session that the service has opened.
    await page.route(SESSION, async (route) => route.fulfill({ response: await route.fetch(), status, body: "<html>" }));
    await staffSignIn.signIn(person("hfa"));
    await staffSignIn.showsErrors(messages.invalidResponse, "Staff sign in");
    await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("POST logout 200");
    await expect.poll(() => applicationCookies(context)).toEqual([]);
  });
}

test("SPICE 2.0 mob: a token is nobody else's, whomever the service names as its owner", async ({ page, record, sandbox, staffSignIn }) => {
  configureStaff(sandbox, "mob");
  await page.clock.install();
  await staffSignIn.openAndSignIn(person("chw"));
  await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("POST profile 200");
  const body = JSON.stringify({ entity: { id: 1, username: "another.person@example.org" } });
  await sandbox.faults([{ call: "profile", times: null, fault: { kind: "status", status: 200, body, contentType: "application/json" } }]);
  await leaveFor(page, 61);
  await expect.poll(async () => (await calls(sandbox)).filter((call) => call === "POST profile 200").length).toBe(2);
  await page.clock.runFor(5_000);
  await expect(record.heading("Roles")).toBeVisible();
});
