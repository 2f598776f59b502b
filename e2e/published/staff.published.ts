// Staff sign-in against running SPICE services, through nginx with the configuration of deploy/:
// `cargo xtask test --only published --spice1 URL --spice2 URL --people FILE`. A hospital runs it against its
// staging server. FILE is a JSON array of `Person`: at least nine people, and one for each client but `cfr web`
// (xtask/src/checks/published_people.rs checks it). The accounts are signed in and out, and no attempt has a
// wrong password.

import { type BrowserContext, expect, type Page, test as base } from "@playwright/test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MESSAGES } from "../support/messages.ts";
import { RecordPage } from "../support/pages/record_page.ts";
import { StaffSignIn } from "../support/pages/staff_sign_in.ts";
import { WebServer } from "../support/web_server.ts";

type Spice = "1" | "2";

interface Person {
  spice: Spice;
  /** The `client` header: `spice mobile`, `spice web`, `cfr web`; `web`, `mob`. */
  client: string;
  username: string;
  password: string;
  /** The request that checks the session, and the service's response to it in a valid session. */
  probe?: { path: "validate" | "profile"; status: 200 | 401 };
}

const URLS: Record<Spice, string | undefined> = {
  1: process.env.LOGISTRATION_SPICE1,
  2: process.env.LOGISTRATION_SPICE2,
};
const file = process.env.LOGISTRATION_PEOPLE;
const PEOPLE = (file ? (JSON.parse(readFileSync(file, "utf8")) as Person[]) : []).filter(({ spice }) => URLS[spice]);
const messages = MESSAGES.en;

/** A portal for one client of one service. */
class Portal {
  private constructor(
    readonly url: string,
    private readonly server: WebServer,
    private readonly folder: string,
  ) {}

  static async start({ spice, client }: Person): Promise<Portal> {
    const folder = mkdtempSync(join(tmpdir(), "logistration-published-"));
    const staff = { entrances: [{ client, label: client, protocol: spice }] };
    writeFileSync(join(folder, "config.json"), JSON.stringify({ staff }));
    const server = await WebServer.start("nginx", { services: URLS[spice]!, config: folder });
    // A service on this machine sets its cookie for `localhost`.
    return new Portal(server.url.replace("127.0.0.1", "localhost"), server, folder);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A signed-in page, and the requests of its session. */
class Session {
  private constructor(
    readonly page: Page,
    readonly record: RecordPage,
    readonly calls: string[],
    readonly headers: Record<string, string>[],
  ) {}

  /** Opens the sign-in page in a tab and fills it in. */
  static async open(context: BrowserContext, portal: Portal, person: Person): Promise<Session> {
    const page = await context.newPage();
    const session = new Session(page, new RecordPage(page, messages), [], []);
    page.on("response", async (response) => {
      const { pathname } = new URL(response.url());
      if (!/^\/(auth|user)-service\//.test(pathname)) return;
      session.calls.push(`${response.request().method()} ${pathname.split("/").at(-1)} ${response.status()}`);
      session.headers.push(await response.request().allHeaders());
    });
    await page.clock.install();
    const signIn = new StaffSignIn(page, messages);
    await page.goto(`${portal.url}/staff`);
    await signIn.ready();
    await signIn.username.fill(person.username);
    await signIn.password.fill(person.password);
    return session;
  }

  async submit(): Promise<void> {
    await this.page.getByRole("button", { name: messages.signIn, exact: true }).click();
  }

  async expectRoles(): Promise<void> {
    // Twice the second that a repeated sign-in waits, by the page's clock.
    await expect(async () => {
      await this.page.clock.runFor(2_000);
      await expect(this.record.heading(messages.roles)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
  }

  /** Leaves the tab for some seconds and comes back. */
  async leaveFor(seconds: number): Promise<void> {
    await this.page.clock.fastForward(seconds * 1000);
    await this.page.evaluate(() => dispatchEvent(new Event("focus")));
  }

  /** Number of requests so far that check the session, with this status or any. */
  probes(status?: number): number {
    return this.calls.filter((call) => /validate|profile/.test(call) && (!status || call.endsWith(` ${status}`))).length;
  }

  async signOut(): Promise<void> {
    await this.record.signOutButton.click();
    await expect(this.page.getByRole("heading", { level: 1, name: messages.staffSignIn })).toBeVisible();
    await expect.poll(() => this.calls.at(-1)).toMatch(/logout 200$/);
  }

  /** Status of the session's own probe, sent again with its headers after the sign-out. */
  async probeAgain(portal: Portal, cookies: string): Promise<number> {
    const { client, authorization } = this.headers.find((headers) => headers.client) ?? {};
    const token = this.headers.map((headers) => headers.authorization).find(Boolean) ?? authorization;
    const headers: Record<string, string> = { client: client ?? "" };
    if (token) headers.authorization = token;
    if (cookies) headers.cookie = cookies;
    const method = /^(web|mob)$/.test(client ?? "") ? "POST" : "GET";
    const path = this.calls.some((call) => call.includes("validate")) ? "validate" : "profile";
    return (await fetch(`${portal.url}/user-service/user/${path}`, { method, headers })).status;
  }
}

const cookiesOf = async (context: BrowserContext) =>
  (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");

/** Keeps the browser from storing the cookies of later sign-ins, as a foreign `Domain` does. */
async function dropCookies(page: Page): Promise<void> {
  await page.route("**/auth-service/session", async (route) => {
    const request = route.request();
    // Not `route.fetch`, which stores cookies in the browser.
    const { client, "content-type": type, cookie = "" } = await request.allHeaders();
    const headers = { client: client!, "content-type": type!, cookie };
    const body = request.postDataBuffer();
    const response = await fetch(request.url(), { method: "POST", headers, body: body && new Uint8Array(body) });
    const kept = [...response.headers].filter(([name]) => !/^(set-cookie|content-encoding|transfer-encoding)$/.test(name));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(kept),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
}

const test = base.extend<{ portalOf: (person: Person) => Promise<Portal> }>({
  portalOf: async ({}, use) => {
    const portals: Portal[] = [];
    await use(async (person) => {
      const portal = await Portal.start(person);
      portals.push(portal);
      return portal;
    });
    await Promise.all(portals.map((portal) => portal.stop()));
  },
});

for (const person of PEOPLE) {
  const { spice, client, username, probe } = person;
  test(`SPICE ${spice}, ${client}: ${username} signs in, stays in after a minute away, and signs out`, async ({
    context,
    portalOf,
  }) => {
    const portal = await portalOf(person);
    const session = await Session.open(context, portal, person);
    await session.submit();
    await session.expectRoles();
    if (probe) await expect.poll(() => session.probes(probe.status)).toBeGreaterThan(0);
    const before = session.probes();
    await session.leaveFor(61);
    if (probe) await expect.poll(() => session.probes()).toBeGreaterThan(before);
    expect(session.calls.filter((call) => probe && call.includes(probe.path)).length).toBe(session.probes());
    await session.page.clock.runFor(60_000);
    await expect(session.record.heading(messages.roles)).toBeVisible();

    const cookies = await cookiesOf(context);
    await session.signOut();
    expect((await context.cookies()).filter(({ name }) => name === "AuthCookie")).toEqual([]);
    if (probe?.status === 200) expect(await session.probeAgain(portal, cookies)).toBe(401);
  });
}

for (const spice of ["1", "2"] as const) {
  const people = PEOPLE.filter((person) => person.spice === spice);
  const first = people[0];
  const second = people.find(({ client, username }) => client === first?.client && username !== first.username);
  if (!first || !second) continue;
  test(`SPICE ${spice}: two people who sign in at the same moment both get in`, async ({ browser, portalOf }) => {
    const portal = await portalOf(first);
    for (let round = 0; round < 5; round++) {
      const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
      const sessions = await Promise.all(
        [first, second].map((person, index) => Session.open(contexts[index]!, portal, person)),
      );
      await Promise.all(sessions.map((session) => session.submit()));
      await Promise.all(sessions.map((session) => session.expectRoles()));
      for (const session of sessions) await session.signOut();
      await Promise.all(contexts.map((context) => context.close()));
    }
  });
}

const web = PEOPLE.filter(({ spice, client, probe }) => spice === "2" && client === "web" && probe?.status === 200);
if (web[0]) {
  const [first, second] = web;
  const notKept = messages.sessionNotKept;

  test("SPICE 2, web: a cookie that the browser drops is a message, and leaves no session", async ({ context, portalOf }) => {
    const portal = await portalOf(first!);
    const session = await Session.open(context, portal, first!);
    await dropCookies(session.page);
    await session.submit();
    await expect(session.page.getByRole("alert").filter({ hasText: notKept })).toBeVisible();
    await expect.poll(() => session.calls.some((call) => call.startsWith("POST logout"))).toBe(true);
    expect((await context.cookies()).filter(({ name }) => name === "AuthCookie")).toEqual([]);
  });

  if (second) {
    test("SPICE 2, web: with an earlier person's cookie and a dropped one nothing of the earlier person is shown", async ({
      context,
      portalOf,
    }) => {
      const portal = await portalOf(first!);
      const earlier = await Session.open(context, portal, first!);
      await earlier.submit();
      await earlier.expectRoles();
      const later = await Session.open(context, portal, second);
      await dropCookies(later.page);
      await later.submit();
      await expect(later.page.getByRole("alert").filter({ hasText: notKept })).toBeVisible();
      expect(later.calls.filter((call) => call.includes("logout"))).toEqual([]);
      // The earlier person's session goes on.
      const before = earlier.probes(200);
      // More than a minute: the second tab's clock starts both tabs' clocks again, from the real time.
      await earlier.leaveFor(90);
      await expect.poll(() => earlier.probes(200)).toBeGreaterThan(before);
      await earlier.signOut();
    });

    test("SPICE 2, web: a person whose cookie another tab replaced is signed out, and the other tab stays", async ({
      context,
      portalOf,
    }) => {
      const portal = await portalOf(first!);
      const earlier = await Session.open(context, portal, first!);
      await earlier.submit();
      await earlier.expectRoles();
      const later = await Session.open(context, portal, second);
      await later.submit();
      await later.expectRoles();
      await earlier.leaveFor(90);
      await expect(earlier.page.getByText(messages.endedByOtherPerson)).toBeVisible();
      expect(earlier.calls.filter((call) => call.includes("logout"))).toEqual([]);
      await later.leaveFor(90);
      await later.page.clock.runFor(60_000);
      await expect(later.record.heading(messages.roles)).toBeVisible();
      await later.signOut();
    });
  }
}
