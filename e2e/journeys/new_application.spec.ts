// examples/new-application, in front of the sandbox: it knows a patient who signed in at the portal, no one else,
// and no one any more once the portal's session has ended. What its controller refuses is in its own tests.

import type { Page } from "@playwright/test";
import { stopClock } from "../support/clock.ts";
import { DIRECT } from "../support/fixtures.ts";
import { APPLICATION_COOKIE, type NewApplication, startNewApplication } from "../support/new_application.ts";
import { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import { ABDULLAH, LULWA, MARIA } from "../support/people.ts";
import { expect, test as base } from "../support/page_fixtures.ts";

const test = base.extend<{}, { application: NewApplication }>({
  application: [
    async ({ sandbox }, use) => {
      const application = await startNewApplication(sandbox);
      await use(application);
      await application.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ application }, use) => use(application.url),
});

test.beforeEach(({ sandbox }) => sandbox.config({ patient: { cookies: true } }));

const greeting = (page: Page, name: string) => page.getByRole("heading", { name: `Welcome, ${name}`, exact: true });

test.describe("new application", DIRECT.application, () => {
  test.describe("with its cookie at the end", () => {
    test.use({ endsWithApplicationCookie: true });

    test("greets the patient by name after sign-in at the portal; its cookie is the only one, and no address has personal data", async ({
      application,
      context,
      patientSignIn,
    }) => {
      const addresses: string[] = [];
      context.on("request", (request) => addresses.push(request.url()));
      await patientSignIn.openAndSignIn(ABDULLAH);
      const app = await context.newPage();
      await app.goto("/app/");
      await expect(greeting(app, ABDULLAH.name)).toBeVisible();
      await app.reload();
      await expect(greeting(app, ABDULLAH.name)).toBeVisible();

      expect(await context.cookies()).toMatchObject([
        { name: APPLICATION_COOKIE, domain: "127.0.0.1", path: "/", httpOnly: true, sameSite: "Strict", expires: -1 },
      ]);
      expect(await app.evaluate(() => document.cookie)).toBe("");
      expect(addresses.length).toBeGreaterThan(4);
      for (const address of addresses) {
        expect(address.startsWith(`${application.url}/`), address).toBe(true);
        expect(address).not.toMatch(new RegExp(`\\?|${ABDULLAH.phone}|${ABDULLAH.nationalId}|Abdullah`));
      }
    });

    for (const how of ["by a press", "by itself"] as const) {
      test(`going on ${how}: the patient lands known by name, and the application's session is not ended`, async ({
        page,
        patientSignIn,
        sandbox,
        messages,
      }) => {
        const onward = { for: "patient", label: "The application", url: "/app/", automatic: true };
        sandbox.config({ patient: { cookies: true }, onward: [onward] });
        if (how === "by itself") await page.clock.install();
        await patientSignIn.openAndSignIn(ABDULLAH);
        if (how === "by itself") await page.clock.runFor(20_000);
        else await page.getByRole("region", { name: messages.continueTo }).getByRole("link").click();
        await expect(greeting(page, ABDULLAH.name)).toBeVisible();
        await page.reload();
        await expect(greeting(page, ABDULLAH.name)).toBeVisible();
        expect((await sandbox.wire()).filter(({ call }) => call === "patientLogout")).toEqual([]);
        if (how === "by itself") return;
        // Back asks to sign in, and leads on to nothing by itself.
        await page.goBack();
        await patientSignIn.ready();
        await patientSignIn.shows(messages.patientSignIn);
      });
    }

    test("another patient's sign-in in a second tab replaces the session, and the first tab does not end it", async ({
      context,
      page,
      patientSignIn,
    }) => {
      await patientSignIn.openAndSignIn(ABDULLAH);
      const second = new PatientSignIn(await context.newPage(), patientSignIn.messages);
      await second.openAndSignIn(MARIA);
      await expect(page.getByText("You were signed out in another tab.")).toBeVisible();
      await page.goto("/app/");
      await expect(greeting(page, MARIA.name)).toBeVisible();
    });

    test("a one-time code: no cookie before it, a session after it", async ({ context, page, patientSignIn, record, sandbox }) => {
      sandbox.config({ patient: { cookies: true, oneTimeCode: true } });
      await patientSignIn.open("/");
      await patientSignIn.signIn(LULWA);
      await page.getByRole("textbox", { name: "Code" }).fill(LULWA.oneTimeCode);
      expect(await context.cookies()).toEqual([]);
      await patientSignIn.submitButton.click();
      await record.shows("Profile");
      const app = await context.newPage();
      await app.goto("/app/");
      await expect(app.getByRole("heading", { name: /^Welcome, \S/ })).toBeVisible();
    });

    test("a call of another site: is refused with 403, and the session lives on", async ({ application, context, patientSignIn, sandbox }) => {
      await patientSignIn.openAndSignIn(ABDULLAH);
      const other = await context.newPage();
      // Another site for browsers, and a page without a policy of its own.
      await other.goto(`${sandbox.url.replace("127.0.0.1", "localhost")}/__sandbox/people`);
      for (const call of ["logout", "login"]) {
        const url = `${application.url}/api/customer/${call}`;
        const refused = other.waitForResponse(url);
        await other.evaluate((url) => fetch(url, { method: "POST", mode: "no-cors", credentials: "include" }), url);
        expect((await refused).status(), call).toBe(403);
      }
      await other.goto(`${application.url}/app/`);
      await expect(greeting(other, ABDULLAH.name)).toBeVisible();
    });
  });

  test("without a cookie: /app/ is the sign-in page", async ({ page, patientSignIn }) => {
    await page.goto("/app/");
    await patientSignIn.shows("Patient sign in");
    await expect(page).toHaveURL("/");
  });

  test("with a forged cookie: /app/ is the sign-in page", async ({ application, context, page, patientSignIn }) => {
    for (const value of ["0".repeat(64), "Abdullah", ABDULLAH.patientId]) {
      await context.addCookies([{ name: APPLICATION_COOKIE, value, url: application.url }]);
      await page.goto("/app/");
      await patientSignIn.shows("Patient sign in");
    }
    await context.clearCookies();
  });

  test("with a patient object that the browser posts: the answer is the sign-in page", async ({ application, context, page, patientSignIn }) => {
    await patientSignIn.open("/");
    const record = { fileNo: ABDULLAH.patientId, name: { firstName: "Abdullah" } };
    const posted = await page.evaluate(async (record) => {
      const body = JSON.stringify(record);
      const response = await fetch("/app/", { method: "POST", headers: { "content-type": "application/json" }, body });
      return { url: response.url, text: await response.text() };
    }, record);
    expect(posted.url).toBe(`${application.url}/`);
    expect(posted.text).not.toContain("Welcome");
    // To the call that opens sessions: the middleware refuses what is not a sign-in.
    const status = await page.evaluate(async (record) => {
      const headers = { "content-type": "application/json" };
      return (await fetch("/api/customer/login", { method: "POST", headers, body: JSON.stringify(record) })).status;
    }, record);
    expect(status).toBe(400);
    expect(await context.cookies()).toEqual([]);
    await page.goto("/app/");
    await patientSignIn.shows("Patient sign in");
  });

  const ENDS: Record<string, (page: Page) => Promise<unknown>> = {
    "sign-out in the portal": (page) => page.getByRole("button", { name: "Sign out" }).click(),
    "the portal's idle time-out": (page) => page.clock.runFor(16 * 60_000),
    "leaving the portal": (page) => page.goto("about:blank"),
  };
  for (const [name, end] of Object.entries(ENDS)) {
    test(`after ${name}: the cookie is dead, and the browser has none`, async ({ application, context, page, patientSignIn }) => {
      await stopClock(page);
      await patientSignIn.openAndSignIn(ABDULLAH);
      const [cookie] = await context.cookies();
      const app = await context.newPage();
      await app.goto("/app/");
      await expect(greeting(app, ABDULLAH.name)).toBeVisible();
      await end(page);
      await expect.poll(() => context.cookies()).toEqual([]);
      // A copy of the cookie is no better.
      await context.addCookies([cookie!]);
      await app.goto("/app/");
      await expect(app).toHaveURL(`${application.url}/`);
      await expect(app.getByRole("heading", { name: "Patient sign in" })).toBeVisible();
      await app.goBack();
      await expect(greeting(app, ABDULLAH.name)).toBeHidden();
      await context.clearCookies();
    });
  }

  test("with a middleware that is down: the portal says so, and there is no session", async ({ context, patientSignIn, sandbox, messages }) => {
    await patientSignIn.open("/");
    await sandbox.faults([{ call: "login", times: 1, fault: { kind: "status", status: 503 } }]);
    await patientSignIn.signIn(ABDULLAH);
    await patientSignIn.showsErrors(messages.serviceDown, messages.patientSignIn);
    expect(await context.cookies()).toEqual([]);
  });

  test("its own sign-out: ends the session", async ({ context, patientSignIn }) => {
    await patientSignIn.openAndSignIn(ABDULLAH);
    const app = await context.newPage();
    await app.goto("/app/");
    await app.getByRole("button", { name: "Sign out" }).click();
    await expect(app.getByRole("heading", { name: "Patient sign in" })).toBeVisible();
    expect(await context.cookies()).toEqual([]);
  });
});
