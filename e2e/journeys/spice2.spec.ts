// SPICE 2.0: staff clients whose session is a cookie, or a token as in 1.x. Every end of a session also
// removes the cookie; a test that ends with one says why.

import type { BrowserContext } from "@playwright/test";
import { applicationCookies, AUTH_COOKIE, DIRECT } from "../support/fixtures.ts";
import { FODAY, ISATU, KAVYA, MARIAMA } from "../support/people.ts";
import { expect, test as base } from "../support/page_fixtures.ts";
import { type Fault, Sandbox } from "../support/sandbox.ts";

const staffClient = (client: string) => ({ client, label: "Staff", protocol: "2" });

/** Configures a staff client of SPICE 2.0. */
function configureSpice2(sandbox: Sandbox, client: string, service = sandbox, more = {}): void {
  const baseUrl = service === sandbox ? "" : service.url;
  sandbox.config({ staff: { baseUrl, entrances: [staffClient(client)] }, ...more });
}

const test = base.extend<{ crossOrigin: boolean; service: Sandbox; spice2Config: void }>({
  crossOrigin: [false, { option: true }],
  /** The sandbox that serves the portal; or another one, at another origin of the same site. */
  service: async ({ crossOrigin, sandbox }, use) => {
    if (!crossOrigin) return use(sandbox);
    const other = await Sandbox.start({ direct: true });
    await use(other);
    await other.stop();
  },
  spice2Config: [
    async ({ sandbox, service, cleanState }, use) => {
      void cleanState; // After the reset.
      configureSpice2(sandbox, "web", service);
      await use();
    },
    { auto: true },
  ],
});

const cookieNames = async (context: BrowserContext) => (await applicationCookies(context)).map(({ name }) => name);

const expectNoCookies = (context: BrowserContext) =>
  expect.poll(() => cookieNames(context), "the browser's cookies").toEqual([]);

const calls = async (sandbox: Sandbox) =>
  (await sandbox.wire()).map(({ call }) => call).filter((call) => call !== "preflight");

for (const crossOrigin of [false, true]) {
  const where = `the service on ${crossOrigin ? "another" : "the portal's"} origin`;
  test.describe(where, crossOrigin ? DIRECT.crossOrigin : {}, () => {
    test.use({ crossOrigin });

    test("SPICE 2.0 web: the session is an HttpOnly cookie, and sign-out removes it", async ({
      context,
      page,
      record,
      service,
      staffSignIn,
    }) => {
      await staffSignIn.openAndSignIn(ISATU);
      await record.shows("Roles");
      expect(await applicationCookies(context)).toMatchObject([{ name: AUTH_COOKIE, httpOnly: true }]);
      expect(await page.evaluate(() => document.cookie)).toBe("");
      const [session, profile] = (await service.wire()).filter(({ call }) => call !== "preflight");
      expect(session).toMatchObject({ call: "session", status: 200, headers: { client: "web" } });
      expect(profile).toMatchObject({
        call: "profile",
        method: "POST",
        status: 200,
        headers: { client: "web", cookie: expect.stringContaining(AUTH_COOKIE), tenantid: "9" },
      });
      expect(profile?.headers).not.toHaveProperty("authorization");

      await service.clearWire();
      await record.signOutButton.click();
      await staffSignIn.shows("Staff sign in");
      await expectNoCookies(context);
      const [logout] = (await service.wire()).filter(({ call }) => call === "logout");
      expect(logout).toMatchObject({ method: "POST", status: 200, headers: { client: "web", tenantid: "9" } });
      expect(logout?.headers).not.toHaveProperty("authorization");
    });

    test("SPICE 2.0 mob: a phone number in any digits signs in with a token", async ({
      context,
      record,
      sandbox,
      service,
      staffSignIn,
    }) => {
      configureSpice2(sandbox, "mob", service);
      await staffSignIn.open("/staff");
      await staffSignIn.signIn({ ...MARIAMA, username: " ٠٧٦ ١٢٣-٤٥٦ " });
      await record.shows("Roles");
      expect(await cookieNames(context)).toEqual([]);
      const session = (await service.wire()).find(({ call }) => call === "session");
      expect(session).toMatchObject({ headers: { client: "mob" }, form: { username: "076123456" } });
      await record.signOutButton.click();
      await expect.poll(() => calls(service)).toEqual(["session", "profile", "logout"]);
      const logout = (await service.wire()).find(({ call }) => call === "logout");
      expect(logout).toMatchObject({ method: "POST", headers: { client: "mob" } });
      expect(logout?.headers.authorization).toMatch(/^Bearer \S+$/);
      expect(logout?.headers).not.toHaveProperty("cookie");
    });
  });
}

test("SPICE 2.0 web: fields of 2.0 are shown, and missing ones are left out", async ({ record, staffSignIn }) => {
  await staffSignIn.openAndSignIn(ISATU);
  const roles = (await record.values()).join("\n");
  expect(roles).toContain("HEALTH_FACILITY_ADMIN");
  expect(roles).toContain("admin · mob");
  await record.goTo("Profile");
  const labels = (await record.cards()).flatMap(([, rows]) => rows.map(([label]) => label));
  expect(labels).not.toContain("Gender");
  expect(await record.value("Username")).toBe(ISATU.username);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
});

test("SPICE 2.0 web: the cookie is removed at the idle time-out", async ({ context, page, sandbox, staffSignIn }) => {
  configureSpice2(sandbox, "web", sandbox, { session: { idleSeconds: 180, warnSeconds: 60 } });
  await page.clock.install();
  await staffSignIn.openAndSignIn(ISATU);
  expect(await cookieNames(context)).toEqual([AUTH_COOKIE]);
  await page.clock.runFor(181_000);
  await staffSignIn.heading("Staff sign in").waitFor();
  await expectNoCookies(context);
});

test("SPICE 2.0 web: the cookie is removed when the page is left", async ({ context, page, sandbox, staffSignIn }) => {
  await staffSignIn.openAndSignIn(ISATU);
  expect(await cookieNames(context)).toEqual([AUTH_COOKIE]);
  await page.goto("about:blank");
  await expectNoCookies(context);
  expect((await calls(sandbox)).filter((call) => call === "logout")).toHaveLength(1);
});

const signedInBody = { id: 214, username: "isatu.web@spice.mdt" };

for (const [what, body, sentence] of [
  ["an error in the body", JSON.stringify({ ...signedInBody, error: "Invalid User" }), "signInIncomplete"],
  ["a body without a user", JSON.stringify({ roles: [] }), "signInIncomplete"],
  ["a body that is not JSON", "<html>", "invalidResponse"],
  ["a response that is cut off", null, "unreachable"],
] as const) {
  test(`SPICE 2.0 web: sign-in fails and no cookie stays after ${what}`, async ({
    context,
    page,
    sandbox,
    staffSignIn,
    messages,
  }) => {
    await staffSignIn.open("/staff");
    if (body === null) {
      await sandbox.faults([{ call: "session", times: 1, fault: { kind: "shortBody" } }]);
    } else {
      // With the cookie of the session that the service has opened.
      await page.route("**/auth-service/session", async (route) =>
        route.fulfill({ response: await route.fetch(), body }),
      );
    }
    await staffSignIn.signIn(ISATU);
    await staffSignIn.showsErrors(messages[sentence], "Staff sign in");
    await expectNoCookies(context);
    await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("logout");
    await expect(staffSignIn.username).toHaveValue(ISATU.username);
  });
}

test("SPICE 2.0 web: sign-in fails when the browser does not store the cookie", async ({
  sandbox,
  staffSignIn,
  messages,
}) => {
  await staffSignIn.open("/staff");
  const fault: Fault = { kind: "headers", remove: ["set-cookie"] };
  await sandbox.faults([{ call: "session", times: 1, fault }]);
  await staffSignIn.signIn(ISATU);
  await staffSignIn.showsErrors(messages.sessionNotKept, "Staff sign in");
  await expect.poll(() => calls(sandbox)).toEqual(["session", "profile", "logout"]);
});

test.describe("with Access-Control-Allow-Origin: *", DIRECT.crossOrigin, () => {
  test.use({ allowedConsole: [/blocked by CORS policy/], crossOrigin: true });

  test("SPICE 2.0 web: sign-in fails and no cookie stays with Access-Control-Allow-Origin: *", async ({
    context,
    service,
    staffSignIn,
    messages,
  }) => {
    await staffSignIn.open("/staff");
    const fault: Fault = { kind: "headers", set: { "Access-Control-Allow-Origin": "*" } };
    await service.faults([{ call: "session", times: 1, fault }]);
    await staffSignIn.signIn(ISATU);
    await staffSignIn.showsErrors(messages.unreachable, "Staff sign in");
    await expectNoCookies(context);
    await expect.poll(async () => (await calls(service)).at(-1)).toBe("logout");
  });
});

test.describe("with a logout that does not remove the cookie", () => {
  // Only the service can remove it: this logout is broken, and the session still ends on the server.
  test.use({ endsWithAuthCookie: true });

  test("SPICE 2.0 web: the session is ended on the server when logout does not remove the cookie", async ({ context, record, sandbox, staffSignIn }) => {
    await staffSignIn.openAndSignIn(ISATU);
    const [cookie] = await applicationCookies(context);
    const fault: Fault = { kind: "headers", remove: ["set-cookie"] };
    await sandbox.faults([{ call: "logout", times: null, fault }]);
    await record.signOutButton.click();
    await staffSignIn.shows("Staff sign in");
    await expect.poll(async () => (await calls(sandbox)).at(-1)).toBe("logout");
    const again = await fetch(`${sandbox.url}/user-service/user/profile`, {
      method: "POST",
      headers: { client: "web", cookie: `${AUTH_COOKIE}=${cookie?.value}` },
    });
    expect(again.status).toBe(401);
  });
});

for (const language of ["en", "ar"] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("SPICE 2.0 web: the wrong client and the shorter lock have their own messages", async ({
      staffSignIn,
      messages,
    }) => {
      await staffSignIn.open("/staff");
      await staffSignIn.signIn(FODAY);
      await staffSignIn.showsErrors(messages.noPermission, messages.staffSignIn);
      for (let left = 5; left > 0; left -= 1) {
        await staffSignIn.signIn({ ...ISATU, password: "wrong" });
        const sentence = left > 1 ? messages.wrongCredentials : messages.lockedFor7Minutes;
        await expect(staffSignIn.errorSummary).toContainText(sentence);
        await expect(staffSignIn.password).toHaveValue("");
      }
      await staffSignIn.signIn(ISATU);
      await expect(staffSignIn.password).toHaveValue("");
      await staffSignIn.showsErrors(messages.lockedFor7Minutes, messages.staffSignIn);
    });
  });
}

test("staff clients: 1.x and 2.0 are offered side by side", async ({
  context,
  record,
  sandbox,
  staffSignIn,
}) => {
  sandbox.config({
    staff: {
      entrances: [
        { client: "spice mobile", label: "Clinical staff", protocol: "1" },
        { client: "web", label: "Facility staff", protocol: "2" },
      ],
    },
  });
  await staffSignIn.openAndSignIn(KAVYA);
  expect(await cookieNames(context)).toEqual([]);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await staffSignIn.staffClient("Facility staff").check();
  await staffSignIn.signIn(ISATU);
  await record.shows("Roles");
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expectNoCookies(context);
});

test("config error page: names an invalid protocol or client of staff.entrances", async ({ page, sandbox }) => {
  for (const [protocol, client, key] of [
    [2, "web", "staff.entrances.0.protocol"],
    ["2.0", "web", "staff.entrances.0.protocol"],
    ["2", "spice web", "staff.entrances.0.client"],
  ]) {
    sandbox.config({ staff: { entrances: [{ client, label: "x", protocol }] } });
    await page.goto("/staff");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The portal cannot start");
    await expect(page.getByText(String(key))).toBeVisible();
  }
});
