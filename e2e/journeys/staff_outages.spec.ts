// Faults of the staff service at sign-in, made by the sandbox as the published servers make them: a part that
// is down, and answers without a usable session. Each shows its message and keeps the user name, and the next
// attempt succeeds once the service works.

import { applicationCookies, NIGHTLY } from "../support/fixtures.ts";
import type { Messages } from "../support/messages.ts";
import { KINDS } from "../support/faults.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { StaffPerson } from "../support/people.ts";
import type { RecordPage } from "../support/pages/record_page.ts";
import type { StaffSignIn } from "../support/pages/staff_sign_in.ts";
import { recordedPerson as person } from "../support/staff.ts";
import type { Fault, Outage, Sandbox, StaffOptions, StaffSession } from "../support/sandbox.ts";

type Client = "spice mobile" | "spice web" | "web" | "mob";

const CLIENTS: Record<Client, { version: 1 | 2; name: string }> = {
  "spice mobile": { version: 1, name: "nurse" },
  "spice web": { version: 1, name: "region" },
  web: { version: 2, name: "hfa" },
  mob: { version: 2, name: "chw" },
};

/** The other client of each version is refused by the same code, and runs at night. */
const oneOfEach = (client: Client) => (client === "spice web" || client === "mob" ? NIGHTLY : {});

/** The session of a client's own person, as the sandbox lists it. */
const sessionOf = (client: Client): StaffSession => {
  const { version, name } = CLIENTS[client];
  return { version, username: person(name).username, client };
};

/** Opens the sign-in page with one staff client. */
async function open(staffSignIn: StaffSignIn, sandbox: Sandbox, client: Client, more = {}): Promise<void> {
  const protocol = String(CLIENTS[client].version);
  sandbox.config({ staff: { entrances: [{ client, label: client, protocol }] }, ...more });
  await staffSignIn.open("/staff");
}

/** Statuses of the sign-ins that the service received. */
const attempts = async (sandbox: Sandbox) =>
  (await sandbox.wire()).filter(({ call }) => call === "session").map(({ status }) => status);

interface Pages {
  sandbox: Sandbox;
  record: RecordPage;
  staffSignIn: StaffSignIn;
}

/** Expects the message, and what was typed to have stayed. */
async function expectError({ staffSignIn }: Pages, message: keyof Messages, typed: StaffPerson): Promise<void> {
  await staffSignIn.showsErrors(staffSignIn.messages[message] as string, "Staff sign in");
  const kind = { ...KINDS, sessionNotKept: "COOKIE" }[message];
  await staffSignIn.showsReference(kind ? `${kind === "COOKIE" ? "S2" : "S1"}-${kind}` : null);
  await staffSignIn.keeps(typed, message);
}

/** Signs the client's own person in and out; `orphans` are sessions whose proof was lost before. */
async function expectSignInAndOut({ sandbox, record, staffSignIn }: Pages, client: Client, orphans: StaffSession[] = []): Promise<void> {
  await staffSignIn.signIn(person(CLIENTS[client].name));
  await record.shows("Roles");
  const byName = (a: StaffSession, b: StaffSession) => (a.username < b.username ? -1 : 1);
  expect(await sandbox.sessions()).toEqual([sessionOf(client), ...orphans].sort(byName));
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expect.poll(() => sandbox.sessions()).toEqual(orphans);
}

/** The message of each client, and the statuses of the attempts. */
type Outcome = [message: keyof Messages, statuses: (number | null)[]];

interface OutageCase {
  name: string;
  outage: Outage;
  timeoutSeconds?: number;
  outcomes: Partial<Record<Client, Outcome>>;
}

const bySpice1 = (outcome: Outcome) => ({ "spice mobile": outcome, "spice web": outcome });
const bySpice2 = (outcome: Outcome) => ({ web: outcome, mob: outcome });

const OUTAGES: OutageCase[] = [
  {
    name: "Redis is down",
    outage: { part: "redis" },
    outcomes: {
      ...bySpice1(["serviceDown", [500, 500]]),
      // Word for word SPICE 2.0's refusal of a role: a portal cannot tell them apart.
      ...bySpice2(["noPermission", [401]]),
    },
  },
  {
    name: "the database is down: 401 with an empty body",
    outage: { part: "database", waitMs: 0 },
    outcomes: {
      ...bySpice1(["serviceDown", [401]]),
      ...bySpice2(["serviceDown", [401]]),
    },
  },
  {
    name: "the database is down: no response before the timeout",
    outage: { part: "database", waitMs: 6_000 },
    timeoutSeconds: 2,
    outcomes: { "spice mobile": ["timedOut", [null]], web: ["timedOut", [null]], mob: ["timedOut", [null]] },
  },
  {
    name: "the sign-in service is down",
    outage: { part: "signIn" },
    outcomes: {
      ...bySpice1(["serviceDown", [500]]),
      ...bySpice2(["serviceDown", [502]]),
    },
  },
  {
    name: "the sign-in service is stopped",
    outage: { part: "signInStopped" },
    outcomes: {
      ...bySpice1(["serviceDown", [503]]),
      ...bySpice2(["serviceDown", [502]]),
    },
  },
];

for (const { name, outage, timeoutSeconds, outcomes } of OUTAGES) {
  for (const [client, [message, statuses]] of Object.entries(outcomes) as [Client, Outcome][]) {
    test(`staff sign-in by ${client}, ${name}: ${message}, and the next attempt succeeds`, oneOfEach(client), async ({
      context,
      record,
      sandbox,
      staffSignIn,
    }) => {
      const pages = { sandbox, record, staffSignIn };
      await open(staffSignIn, sandbox, client, timeoutSeconds ? { request: { timeoutSeconds } } : {});
      await sandbox.outage(outage);
      const { username, password } = person(CLIENTS[client].name);
      await staffSignIn.signIn({ username, password });
      await expectError(pages, message, { username, password });
      expect(await attempts(sandbox)).toEqual(statuses);
      expect(await applicationCookies(context)).toEqual([]);
      expect(await sandbox.sessions()).toEqual([]);

      await sandbox.outage(null);
      await expectSignInAndOut(pages, client);
    });
  }
}

for (const [client, status] of [["spice mobile", 503], ["web", 502], ["mob", 502]] as const) {
  test(`staff sign-in by ${client}, while a service registers: serviceDown, and succeeds 90 seconds later`, oneOfEach(client), async ({
    record,
    sandbox,
    staffSignIn,
  }) => {
    const pages = { sandbox, record, staffSignIn };
    await open(staffSignIn, sandbox, client);
    await sandbox.outage({ part: "restart", seconds: 90 });
    const { username, password } = person(CLIENTS[client].name);
    await staffSignIn.signIn({ username, password });
    await expectError(pages, "serviceDown", { username, password });
    await sandbox.forwardClock(45_000);
    await staffSignIn.signIn({ username, password });
    await expect.poll(() => attempts(sandbox)).toEqual([status, status]);
    await expectError(pages, "serviceDown", { username, password });
    await sandbox.forwardClock(45_000);
    await expectSignInAndOut(pages, client);
  });
}

for (const client of ["spice mobile", "web", "mob"] as const) {
  test(`staff sign-in by ${client}, the user service is down: the person is in, and stays in`, oneOfEach(client), async ({
    page,
    record,
    sandbox,
    staffSignIn,
  }) => {
    await page.clock.install();
    await open(staffSignIn, sandbox, client, { session: { idleSeconds: 86_400, absoluteSeconds: 86_400 } });
    await sandbox.outage({ part: "user" });
    await staffSignIn.signIn(person(CLIENTS[client].name));
    await record.shows("Roles");
    const probes = async () =>
      (await sandbox.wire()).filter(({ call }) => call === "validate" || call === "profile").map(({ status }) => status);
    const down = CLIENTS[client].version === 1 ? 500 : 502;
    await expect.poll(async () => (await probes()).at(-1)).toBe(down);
    const before = (await probes()).length;
    await page.clock.fastForward(61_000);
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await expect.poll(async () => (await probes()).length).toBeGreaterThan(before);
    await page.clock.runFor(60_000);
    await expect(record.heading("Roles")).toBeVisible();
    expect(new Set(await probes())).toEqual(new Set([down]));
    expect(await sandbox.sessions()).toEqual([sessionOf(client)]);

    await sandbox.outage(null);
    await record.signOutButton.click();
    await staffSignIn.shows("Staff sign in");
    await expect.poll(() => sandbox.sessions()).toEqual([]);
  });
}

test.describe("two people sign in to SPICE 1.x at the same moment", () => {
  for (const client of ["spice mobile", "spice web"] as const) {
    test(`staff sign-in by ${client}: the server's 500 is repeated once, a second later, and the person is in`, async ({
      record,
      sandbox,
      staffSignIn,
    }) => {
      await open(staffSignIn, sandbox, client);
      await sandbox.outage({ part: "race", times: 1 });
      await staffSignIn.signIn(person(CLIENTS[client].name));
      // Only a 500 with the body of Spring and the path /session is repeated: requests.spec.ts.
      await record.shows("Roles");
      const sent = (await sandbox.wire()).filter(({ call }) => call === "session");
      expect(sent.map(({ method, status }) => `${method} ${status}`)).toEqual(["POST 500", "POST 200"]);
      const [first, second] = sent;
      expect(second!.form).toEqual(first!.form);
      const pauseMs = second!.atMs - first!.atMs;
      expect(pauseMs).toBeGreaterThanOrEqual(1_000);
      expect(pauseMs).toBeLessThan(3_000);
      expect(await sandbox.sessions()).toEqual([sessionOf(client)]);
      await record.signOutButton.click();
      await staffSignIn.shows("Staff sign in");
    });
  }

  test("staff sign-in by spice mobile: a second 500 is serviceDown, counts as no wrong password, and is not repeated", async ({
    record,
    sandbox,
    staffSignIn,
  }) => {
    const pages = { sandbox, record, staffSignIn };
    const { username, password } = person("nurse");
    await open(staffSignIn, sandbox, "spice mobile");
    // Five wrong passwords would lock the account.
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await sandbox.outage({ part: "race", times: 2 });
      await sandbox.clearWire();
      await staffSignIn.signIn({ username, password });
      await expect.poll(() => attempts(sandbox)).toEqual([500, 500]);
      await expectError(pages, "serviceDown", { username, password });
    }
    await expectSignInAndOut(pages, "spice mobile");
    expect((await attempts(sandbox)).slice(2)).toEqual([200]);
  });
});

/** An answer that is the same for every person: the service's, or that of a server in between. */
interface AnswerCase {
  name: string;
  clients: Client[];
  fault: Fault;
  message: keyof Messages;
  /** Whether the service has opened a session whose token was lost: it ends by itself. */
  orphan?: boolean;
}

const ANSWERS: AnswerCase[] = [
  {
    name: "403 Invalid CORS request",
    clients: ["web", "mob"],
    fault: { kind: "status", status: 403, body: "Invalid CORS request" },
    message: "notSetUp",
  },
  {
    name: "the Authorization header is lost on the way",
    clients: ["spice mobile", "spice web", "mob"],
    fault: { kind: "noAuthorization" },
    message: "signInIncomplete",
    orphan: true,
  },
  {
    name: "a gateway's HTML",
    clients: ["spice mobile", "web", "mob"],
    fault: { kind: "status", status: 504, contentType: "text/html", body: "<html><h1>504 Gateway Time-out</h1></html>" },
    message: "serviceDown",
  },
];

for (const { name, clients, fault, message, orphan } of ANSWERS) {
  for (const client of clients) {
    test(`staff sign-in by ${client}, ${name}: ${message}, and the next attempt succeeds`, oneOfEach(client), async ({
      context,
      record,
      sandbox,
      staffSignIn,
    }) => {
      const pages = { sandbox, record, staffSignIn };
      await open(staffSignIn, sandbox, client);
      await sandbox.faults([{ call: "session", times: 1, fault }]);
      const { username, password } = person(CLIENTS[client].name);
      await staffSignIn.signIn({ username, password });
      await expectError(pages, message, { username, password });
      expect(await attempts(sandbox)).toHaveLength(1);
      expect(await applicationCookies(context)).toEqual([]);
      await expectSignInAndOut(pages, client, orphan ? [sessionOf(client)] : []);
    });
  }
}

/** A person whose account the service cannot sign in, with many organizations or a damaged row. */
interface AccountCase {
  name: string;
  client: Client;
  username: string;
  statuses: number[];
  message: keyof Messages;
  options?: Partial<StaffOptions>;
  /** Number of sessions that the service has opened and whose proof never arrived: they end by themselves. */
  orphans?: number;
}

const ACCOUNTS: AccountCase[] = [
  { name: "1,000 organizations: 200 without a token", client: "spice mobile", username: "big-1000", statuses: [200], message: "signInIncomplete" },
  { name: "90 organizations: headers that are too large", client: "spice mobile", username: "big-90", statuses: [500], message: "signInIncomplete", orphans: 1 },
  { name: "no time zone: 200 with an empty body", client: "spice mobile", username: "notz", statuses: [200], message: "signInIncomplete" },
  { name: "3,000 organizations: 200 without a token", client: "mob", username: "big-3000", statuses: [200], message: "signInIncomplete" },
  { name: "500 organizations: headers that are too large", client: "mob", username: "big-500", statuses: [500], message: "signInIncomplete", orphans: 1 },
  { name: "no count of attempts: 401 with an empty body", client: "mob", username: "noattempts", statuses: [401], message: "serviceDown" },
  { name: "damaged suites: 500", client: "mob", username: "nosuite", statuses: [500], message: "serviceDown" },
  { name: "3,000 organizations: 200 without a cookie", client: "web", username: "big-3000", statuses: [200], message: "sessionNotKept" },
  { name: "350 organizations: headers that are too large", client: "web", username: "big-350", statuses: [500], message: "signInIncomplete", orphans: 1 },
  { name: "100 organizations: a cookie that is too long", client: "web", username: "big-100", statuses: [200], message: "sessionNotKept", orphans: 1 },
  { name: "60 organizations behind an nginx with its default buffers", client: "web", username: "big-60", statuses: [502], message: "serviceDown", options: { proxyBuffer: 4_096 }, orphans: 1 },
];

for (const { name, client, username: account, statuses, message, options, orphans = 0 } of ACCOUNTS) {
  test(`staff sign-in by ${client}, an account with ${name}: ${message}, and the next person signs in`, async ({
    context,
    record,
    sandbox,
    staffSignIn,
  }) => {
    const pages = { sandbox, record, staffSignIn };
    await open(staffSignIn, sandbox, client);
    await sandbox.staffOptions(options ?? {});
    const { username, password } = person(account);
    await staffSignIn.signIn({ username, password });
    await expectError(pages, message, { username, password });
    expect(await attempts(sandbox)).toEqual(statuses);
    expect(await applicationCookies(context)).toEqual([]);
    const orphan = { version: CLIENTS[client].version, username, client };
    await expectSignInAndOut(pages, client, Array<StaffSession>(orphans).fill(orphan));
  });
}
