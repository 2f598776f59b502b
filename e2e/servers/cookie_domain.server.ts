// A SPICE 2.0 whose DOMAIN_NAME is neither the portal's host nor a parent of it: the browser drops its cookie,
// until the commented line of the gateway takes the domain off. Run by `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { rmSync } from "node:fs";
import { applicationCookies, AUTH_COOKIE } from "../support/fixtures.ts";
import { MESSAGES } from "../support/messages.ts";
import { RecordPage } from "../support/pages/record_page.ts";
import { StaffSignIn } from "../support/pages/staff_sign_in.ts";
import { Sandbox } from "../support/sandbox.ts";
import { recordedPerson } from "../support/staff.ts";
import { configFolder, PROGRAMS, WebServer, type WebServerKind } from "../support/web_server.ts";

const messages = MESSAGES.en;
const HFA = recordedPerson("hfa");
const SESSION = { version: 2, username: HFA.username, client: "web" };

for (const kind of ["nginx", "caddy"] as WebServerKind[]) {
  test.describe(`R3: cookie of another domain behind ${kind}`, () => {
    test.skip(!PROGRAMS[kind], `there is no ${kind} here`);
    // All tests share one sandbox.
    test.describe.configure({ mode: "default" });

    let sandbox: Sandbox;
    let config: string;

    test.beforeAll(async () => {
      sandbox = await Sandbox.start({ direct: true });
      const staff = { entrances: [{ client: "web", label: "Staff", protocol: "2" }] };
      config = configFolder(JSON.stringify({ staff }));
    });
    test.beforeEach(async () => {
      await sandbox.reset();
      await sandbox.staffOptions({ cookieDomain: "spice.example" });
    });
    test.afterAll(async () => {
      await sandbox?.stop();
      if (config) rmSync(config, { recursive: true, force: true });
    });

    const calls = async () => (await sandbox.wire()).map(({ call, status }) => `${call} ${status}`);

    test("as delivered: the browser drops it, the person is told so, and no cookie is left", async ({ context, page }) => {
      const server = await WebServer.start(kind, { services: sandbox.url, config });
      try {
        const signIn = new StaffSignIn(page, messages);
        await signIn.open(`${server.url}/staff`);
        const response = page.waitForResponse("**/auth-service/session");
        await signIn.signIn(HFA);
        await signIn.showsErrors(messages.sessionNotKept, messages.staffSignIn);
        await expect(signIn.username).toHaveValue(HFA.username);
        expect(await (await response).headerValue("set-cookie")).toContain("Domain=spice.example");
        // The service finds no session for a sign-out without a cookie.
        await expect.poll(calls).toEqual(["session 200", "profile 401", "logout 401"]);
        expect(await applicationCookies(context)).toEqual([]);
      } finally {
        await server.stop();
      }
    });

    test("with the commented line in effect: the browser keeps it for the portal's host, and sign-out removes it", async ({ context, page }) => {
      const server = await WebServer.start(kind, { services: sandbox.url, config, hostOnlyCookies: true });
      try {
        const signIn = new StaffSignIn(page, messages);
        await signIn.open(`${server.url}/staff`);
        await signIn.signIn(HFA);
        const record = new RecordPage(page, messages);
        await record.shows(messages.roles);
        expect(await calls()).toEqual(["session 200", "profile 200"]);
        expect(await applicationCookies(context)).toMatchObject([
          { name: AUTH_COOKIE, domain: "127.0.0.1", path: "/", secure: true, httpOnly: true, sameSite: "Strict" },
        ]);
        expect(await sandbox.sessions()).toEqual([SESSION]);
        await record.signOutButton.click();
        await signIn.shows(messages.staffSignIn);
        await expect.poll(() => sandbox.sessions()).toEqual([]);
        await expect.poll(() => applicationCookies(context)).toEqual([]);
      } finally {
        await server.stop();
      }
    });
  });
}
