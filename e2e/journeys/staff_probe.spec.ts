// The check of a staff session at the server, by version and role: one request decides, and a refusal ends a
// session only if the same request succeeded before. The people are those of the recordings of the
// published servers (crates/sandbox/people).

import { advanceUntil } from "../support/clock.ts";
import { applicationCookies, AUTH_COOKIE } from "../support/fixtures.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { RecordPage } from "../support/pages/record_page.ts";
import { StaffSignIn } from "../support/pages/staff_sign_in.ts";
import { calls, configureStaff, inAnotherTab, leaveFor, recordedPerson as person, setTooLongCookie } from "../support/staff.ts";

/** Signs in with a clock that the test advances. */
async function signIn(staffSignIn: StaffSignIn, record: RecordPage, name: string): Promise<void> {
  await staffSignIn.page.clock.install();
  await staffSignIn.openAndSignIn(person(name));
  await record.shows("Roles");
}

for (const { client, name, probe, cookie } of [
  { client: "spice mobile", name: "nurse", probe: "GET validate 200" },
  { client: "spice web", name: "region", probe: "GET profile 200" },
  { client: "spice web", name: "system", probe: null },
  { client: "cfr web", name: "role-emr-site-admin", probe: null },
  { client: "web", name: "hfa", probe: "POST profile 200", cookie: true },
  { client: "web", name: "counselor", probe: "POST profile 401", cookie: true },
  { client: "mob", name: "chw", probe: "POST profile 200" },
  { client: "mob", name: "promoter", probe: "POST profile 401" },
]) {
  test(`staff session by ${client}: ${name} stays in past ${probe ?? "no probe"}, and sign-out ends it at the server`, async ({
    context,
    page,
    record,
    sandbox,
    staffSignIn,
  }) => {
    configureStaff(sandbox, client);
    await signIn(staffSignIn, record, name);
    const probes = async () => (await calls(sandbox)).filter((call) => /validate|profile/.test(call));
    await expect.poll(async () => (await probes()).at(-1) ?? null).toBe(probe);
    const before = (await probes()).length;
    await leaveFor(page, 61);
    await expect.poll(async () => (await probes()).length).toBe(probe ? before + 1 : 0);
    await page.clock.runFor(60_000);
    await expect(record.heading("Roles")).toBeVisible();
    expect(new Set(await probes()).size).toBe(probe ? 1 : 0);

    const method = probe?.startsWith("POST") ? "POST" : "GET";
    const held = (await context.cookies()).find(({ name }) => name === AUTH_COOKIE);
    expect(Boolean(held)).toBe(Boolean(cookie));
    const version = method === "POST" ? 2 : 1;
    expect(await sandbox.sessions()).toEqual([{ version, username: person(name).username, client }]);
    await record.signOutButton.click();
    await staffSignIn.shows("Staff sign in");
    await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe(`${method} logout 200`);
    const { headers } = (await sandbox.wire()).find(({ call }) => call === "logout")!;
    expect(headers.client).toBe(client);
    expect(await sandbox.sessions()).toEqual([]);
    expect(await applicationCookies(context)).toEqual([]);
  });
}

for (const status of [403, 404, 405, 500, 503]) {
  test(`staff session: a ${status} to a probe that succeeded before does not end it (K16)`, async ({
    page,
    record,
    sandbox,
    staffSignIn,
  }) => {
    configureStaff(sandbox, "mob");
    await signIn(staffSignIn, record, "chw");
    await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("POST profile 200");
    await sandbox.faults([{ call: "profile", times: null, fault: { kind: "status", status } }]);
    await leaveFor(page, 61);
    await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe(`POST profile ${status}`);
    await page.clock.runFor(60_000);
    await expect(record.heading("Roles")).toBeVisible();
    expect((await calls(sandbox)).filter((call) => call.includes("profile"))).toHaveLength(2);
  });
}

test("staff session: a service that restarts does not end it", async ({ page, record, sandbox, staffSignIn }) => {
  configureStaff(sandbox, "mob");
  await signIn(staffSignIn, record, "chw");
  await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("POST profile 200");
  await sandbox.outage({ part: "restart" });
  await leaveFor(page, 61);
  await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("POST profile 401");
  const refusals = async () => (await calls(sandbox)).filter((call) => call === "POST profile 401").length;
  await advanceUntil(page, async () => (await refusals()) === 2);
  await sandbox.outage(null);
  await advanceUntil(page, async () => (await calls(sandbox)).at(-1) === "POST profile 200");
  await page.clock.runFor(60_000);
  await expect(record.heading("Roles")).toBeVisible();
});

test("staff session: one that the server ended ends after three refusals within 40 seconds (K16)", async ({
  page,
  record,
  sandbox,
  staffSignIn,
  messages,
}) => {
  configureStaff(sandbox, "mob");
  await signIn(staffSignIn, record, "chw");
  await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("POST profile 200");
  await sandbox.forwardClock(3 * 60 * 60 * 1000);
  await leaveFor(page, 61);
  const refusals = async () => (await calls(sandbox)).filter((call) => call === "POST profile 401").length;
  await expect.poll(refusals).toBe(1);
  let seconds = 0;
  for (const count of [2, 3]) {
    await expect(record.heading("Roles")).toBeVisible();
    seconds += await advanceUntil(page, async () => (await refusals()) === count);
  }
  expect(seconds).toBeGreaterThan(30);
  await expect(page.getByText(messages.endedByServer)).toBeVisible();
});

test.describe("two people in one browser", () => {
  test("SPICE 2.0 web: a cookie that is too long, over an earlier person's, is a message and shows nothing of them (K15)", async ({
    context,
    page,
    record,
    sandbox,
    staffSignIn,
    messages,
  }) => {
    configureStaff(sandbox, "web");
    await signIn(staffSignIn, record, "superadmin");
    const otherSignIn = await inAnotherTab(context, messages);
    await otherSignIn.open("/staff");
    await setTooLongCookie(sandbox);
    await sandbox.clearWire();
    await otherSignIn.signIn(person("hfa"));
    await otherSignIn.showsErrors(messages.sessionNotKept, "Staff sign in");
    expect(await calls(sandbox)).toEqual(["POST session 200", "POST profile 200"]);
    await leaveFor(page, 61);
    await expect.poll(async () => (await calls(sandbox)).length).toBe(3);
    await expect(record.heading("Roles")).toBeVisible();
    await record.signOutButton.click();
    await staffSignIn.shows("Staff sign in");
    await expect.poll(() => applicationCookies(context)).toEqual([]);
  });
});

test("SPICE 2.0 web: a cookie that is too long, with no other, is a message and the session is signed out (K15)", async ({
  context,
  sandbox,
  staffSignIn,
  messages,
}) => {
  configureStaff(sandbox, "web");
  await staffSignIn.open("/staff");
  await setTooLongCookie(sandbox);
  await staffSignIn.signIn(person("hfa"));
  await staffSignIn.showsErrors(messages.sessionNotKept, "Staff sign in");
  await expect.poll(async () => (await calls(sandbox)).at(-1)).toMatch(/^POST logout/);
  expect(await applicationCookies(context)).toEqual([]);
});
