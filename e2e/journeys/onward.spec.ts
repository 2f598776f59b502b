// Where a signed-in person goes on to: links by audience, role and suite, one that is followed by itself, and
// what is left of the session behind it.

import type { BrowserContext, Page } from "@playwright/test";
import { alikeIn, applicationCookies, AUTH_COOKIE } from "../support/fixtures.ts";
import { LANGUAGES, type Messages } from "../support/messages.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { calls, inAnotherTab, recordedPerson } from "../support/staff.ts";
import type { Sandbox } from "../support/sandbox.ts";

const CLINIC = "https://clinic.example/start";
const ADMIN = "https://admin.example/";

/** Applications of other sites, which note what each visit tells them. */
async function applications(context: BrowserContext): Promise<{ url: string; referer: string | undefined }[]> {
  const visits: { url: string; referer: string | undefined }[] = [];
  await context.route(/^https:\/\/(clinic|admin)\.example\//, async (route) => {
    visits.push({ url: route.request().url(), referer: (await route.request().allHeaders()).referer });
    await route.fulfill({ contentType: "text/html", body: "<h1>The application</h1>" });
  });
  return visits;
}

const region = (page: Page, messages: Messages) => page.getByRole("region", { name: messages.continueTo });
const countdown = (page: Page) => page.getByRole("main").locator(".countdown");
/** Lets a minute pass, in which no link is counted down. */
async function passesWithoutCountdown(page: Page, messages: Messages): Promise<void> {
  await page.clock.runFor(60_000);
  await expect(page.getByRole("button", { name: messages.stayHere })).toBeHidden();
}

const arrived = (page: Page) => expect(page.getByRole("heading", { name: "The application" })).toBeVisible();
const AUTOMATIC = { for: "staff", label: { en: "Clinic", ar: "العيادة" }, url: CLINIC, automatic: true };

const WEB = { staff: { entrances: [{ client: "web", label: "web", protocol: "2" }] } };

/** The sessions that are alive at SPICE. */
const alive = async (sandbox: Sandbox) => (await sandbox.sessions()).length;

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });

    test("onward: a person has the links of their audience, roles and suites", async ({ context, page, patientSignIn, staffSignIn, record, sandbox, messages }) => {
      const link = (label: string, rest: object) => ({ label: { en: label, ar: `${label} ع` }, url: ADMIN, for: "staff", ...rest });
      const named = (label: string) => (language === "en" ? label : `${label} ع`);
      sandbox.config({
        ...WEB,
        onward: [
          link("Patients", { for: "patient", url: "/app/" }),
          link("Everyone", {}),
          link("Admins", { roles: ["SUPER_ADMIN", "super_user"] }),
          link("Others", { roles: ["NURSE"] }),
          link("Suite", { suites: ["admin"] }),
          link("Both", { roles: ["SUPER_ADMIN"], suites: ["ADMIN"] }),
          link("No suite", { suites: ["cfr"] }),
        ],
      });
      await staffSignIn.openAndSignIn(recordedPerson("superadmin"));
      const links = region(page, messages).getByRole("link");
      await expect(links).toHaveText(["Everyone", "Admins", "Suite", "Both"].map(named));
      for (const one of await links.all()) await expect(one).toHaveAttribute("rel", "noreferrer");
      // Nothing is followed by itself that is not configured so.
      await expect(page.getByRole("button", { name: messages.stayHere })).toBeHidden();
      await record.goTo(messages.profile);
      await expect(links).toHaveCount(4);
      await record.signOutButton.click();
      await expect.poll(() => applicationCookies(context)).toEqual([]);

      await patientSignIn.openAndSignIn(ABDULLAH);
      await expect(links).toHaveText([named("Patients")]);
      await expect(links).toHaveAttribute("href", "/app/");
      await record.goTo(messages.addresses);
      await expect(links).toHaveCount(0);
      await record.signOutButton.click();
    });

    test("onward: an automatic link is told, counted down and followed in place of the page", async ({ context, page, staffSignIn, sandbox, messages }) => {
      const visits = await applications(context);
      sandbox.config({ onward: [AUTOMATIC] });
      await page.clock.install();
      await page.goto("about:blank");
      await staffSignIn.openAndSignIn(KAVYA);
      await expect(countdown(page)).toContainText(/0:(20|19)/);
      const status = page.getByRole("main").getByRole("status").first();
      await expect(status).toContainText("20");
      await expect(status).toContainText(messages.stayHere);
      await page.clock.runFor(10_000);
      await expect(status).toContainText("10");
      await page.clock.runFor(8_000);
      await expect(countdown(page)).toContainText(/0:0[12]/);
      expect(visits).toEqual([]);
      await page.clock.runFor(2_000);
      await arrived(page);
      expect(visits).toEqual([{ url: CLINIC, referer: undefined }]);
      // The session of the portal is over.
      await expect.poll(() => calls(sandbox)).toContain("GET logout 200");
      // Back leads to the page before the portal, not to one that leads on again.
      await page.goBack();
      await expect(page).toHaveURL("about:blank");
    });

    for (const [how, stop] of [
      ["the button", async (page: Page, messages: Messages) => page.getByRole("button", { name: messages.stayHere }).click()],
      ["a key", async (page: Page) => page.keyboard.press("Shift")],
      ["a press anywhere", async (page: Page) => page.mouse.click(5, 300)],
    ] as const) {
      test(`onward: ${how} stops an automatic link for good`, async ({ context, page, staffSignIn, record, sandbox, messages }) => {
        const visits = await applications(context);
        sandbox.config({ onward: [AUTOMATIC] });
        await page.clock.install();
        await staffSignIn.openAndSignIn(KAVYA);
        await stop(page, messages);
        await expect(page.getByRole("button", { name: messages.stayHere })).toBeHidden();
        await expect(page.getByRole("main").getByRole("status").first()).toHaveText(messages.onwardStopped);
        if (how === "the button") await expect(record.heading(messages.roles)).toBeFocused();
        await page.clock.runFor(60_000);
        // Nor after a way to another page and back.
        await record.goTo(messages.profile);
        await page.clock.runFor(60_000);
        await expect(record.heading(messages.profile)).toBeVisible();
        expect(visits).toEqual([]);
        await record.signOutButton.click();
      });
    }

    test("onward: a reload asks to sign in again, and follows nothing by itself", async ({ context, page, staffSignIn, record, sandbox, messages }) => {
      const visits = await applications(context);
      sandbox.config({ onward: [AUTOMATIC] });
      await page.clock.install();
      await staffSignIn.openAndSignIn(KAVYA);
      await page.reload();
      await staffSignIn.ready();
      await expect(page).toHaveURL("/staff?next=/roles");
      await staffSignIn.signIn(KAVYA);
      await record.heading(messages.roles).waitFor();
      await passesWithoutCountdown(page, messages);
      expect(visits).toEqual([]);
      await record.signOutButton.click();
    });

    test("onward: an automatic link is not followed where the address asks for a page, nor where there are two", async ({ context, page, staffSignIn, record, sandbox, messages }) => {
      const visits = await applications(context);
      sandbox.config({ onward: [AUTOMATIC] });
      await page.clock.install();
      for (const address of ["/staff?next=/roles", "/roles"]) {
        await staffSignIn.open(address);
        await staffSignIn.signIn(KAVYA);
        await record.heading(messages.roles).waitFor();
        await expect(region(page, messages).getByRole("link")).toHaveCount(1);
        await passesWithoutCountdown(page, messages);
        await record.signOutButton.click();
      }
      sandbox.config({ onward: [AUTOMATIC, { ...AUTOMATIC, label: "Other" }] });
      await staffSignIn.openAndSignIn(KAVYA);
      await passesWithoutCountdown(page, messages);
      expect(visits).toEqual([]);
      await record.signOutButton.click();
    });

    test("onward: a pressed link works at once, and ends the session of the portal", async ({ context, page, staffSignIn, sandbox, messages }) => {
      const visits = await applications(context);
      sandbox.config({ onward: [AUTOMATIC] });
      await staffSignIn.openAndSignIn(KAVYA);
      await region(page, messages).getByRole("link").click();
      await arrived(page);
      expect(visits).toEqual([{ url: CLINIC, referer: undefined }]);
      await expect.poll(() => calls(sandbox)).toContain("GET logout 200");
      await expect.poll(() => alive(sandbox)).toBe(0);
      // Back asks to sign in, and leads on to nothing by itself.
      await page.goBack();
      await staffSignIn.ready();
      await expect(staffSignIn.heading(messages.staffSignIn)).toBeVisible();
    });

    test("onward: a link in a new tab leaves the session alone", async ({ context, page, staffSignIn, record, sandbox, messages }) => {
      sandbox.config({ onward: [{ ...AUTOMATIC, url: "/icon.svg" }] });
      await staffSignIn.openAndSignIn(KAVYA);
      const opened = context.waitForEvent("page");
      await region(page, messages).getByRole("link").click({ modifiers: ["ControlOrMeta"] });
      await expect(await opened).toHaveURL("/icon.svg");
      await record.goTo(messages.profile);
      expect((await calls(sandbox)).filter((call) => call.includes("logout"))).toEqual([]);
      await record.signOutButton.click();
    });

    test.describe("a cookie that the application shares", () => {
      test.use({ endsWithAuthCookie: true });

      test("onward: another tab of the same person stays signed in", async ({ context, page, staffSignIn, sandbox, messages }) => {
        await applications(context);
        sandbox.config({ ...WEB, onward: [AUTOMATIC] });
        await staffSignIn.openAndSignIn(recordedPerson("superadmin"));
        const other = await inAnotherTab(context, messages);
        await other.openAndSignIn(recordedPerson("superadmin"));
        await region(page, messages).getByRole("link").click();
        await arrived(page);
        await other.page.bringToFront();
        await expect(other.heading(messages.roles)).toBeVisible();
        expect((await calls(sandbox)).filter((call) => call.includes("logout"))).toEqual([]);
      });

      test("onward: the cookie is alive after going on to an application that is slow, while the page is still used", async ({ context, page, staffSignIn, sandbox, messages }) => {
        let respond = () => {};
        const slow = new Promise<void>((resolve) => (respond = resolve));
        await context.route(CLINIC, async (route) => {
          await slow;
          await route.fulfill({ contentType: "text/html", body: "<h1>The application</h1>" });
        });
        sandbox.config({ ...WEB, onward: [AUTOMATIC] });
        await staffSignIn.openAndSignIn(recordedPerson("superadmin"));
        await region(page, messages).getByRole("link").click({ noWaitAfter: true });
        await page.mouse.wheel(0, 10);
        await page.keyboard.press("Shift");
        respond();
        await arrived(page);
        expect((await calls(sandbox)).filter((call) => call.includes("logout"))).toEqual([]);
        expect(await alive(sandbox)).toBe(1);
      });

      for (const how of ["by a press", "by itself"] as const) {
        test(`onward: the cookie is alive after going on ${how}`, async ({ context, page, staffSignIn, sandbox, messages }) => {
          await applications(context);
          sandbox.config({ ...WEB, onward: [AUTOMATIC] });
          await page.clock.install();
          await staffSignIn.openAndSignIn(recordedPerson("superadmin"));
          if (how === "by a press") await region(page, messages).getByRole("link").click();
          else await page.clock.runFor(20_000);
          await arrived(page);
          expect((await calls(sandbox)).filter((call) => call.includes("logout"))).toEqual([]);
          expect((await applicationCookies(context)).map(({ name }) => name)).toEqual([AUTH_COOKIE]);
          expect(await alive(sandbox)).toBe(1);
          // A page of the same site asks whose session it is, with the shared cookie.
          await page.goto("/config.json");
          const profile = await page.evaluate(async () => {
            const response = await fetch("/user-service/user/profile", { method: "POST", headers: { client: "web" } });
            return [response.status, (await response.text()).includes("superadmin")];
          });
          expect(profile).toEqual([200, true]);
        });
      }
    });

    test("onward: signing out in the portal ends the cookie that the application shares", async ({ context, staffSignIn, record, sandbox }) => {
      sandbox.config({ ...WEB, onward: [AUTOMATIC] });
      await staffSignIn.openAndSignIn(recordedPerson("superadmin"));
      await record.signOutButton.click();
      await expect.poll(() => applicationCookies(context)).toEqual([]);
      await expect.poll(() => alive(sandbox)).toBe(0);
    });

    test("onward: a link that the browser did not follow leaves a session that ends like any other", async ({ context, page, staffSignIn, record, sandbox, messages }) => {
      // 204: the browser stays on the page.
      await context.route(CLINIC, (route) => route.fulfill({ status: 204 }));
      sandbox.config({ ...WEB, onward: [{ ...AUTOMATIC, automatic: false }] });
      await page.clock.install();
      await staffSignIn.openAndSignIn(recordedPerson("superadmin"));
      await region(page, messages).getByRole("link").click();
      await expect(record.heading(messages.roles)).toBeVisible();
      await page.clock.runFor(61_000);
      await page.goto("about:blank");
      await expect.poll(() => alive(sandbox)).toBe(0);
    });

    test("onward: no part of it is printed", async ({ page, staffSignIn, record, sandbox, messages }) => {
      sandbox.config({ onward: [AUTOMATIC], brand: { notice: { text: "The portal is down tonight." } } });
      await staffSignIn.openAndSignIn(KAVYA);
      for (const [media, visible] of [["screen", true], ["print", false]] as const) {
        await page.emulateMedia({ media });
        for (const part of [region(page, messages), countdown(page), page.getByRole("button", { name: messages.stayHere }), page.getByText("The portal is down tonight.")]) {
          await expect(part).toBeVisible({ visible });
        }
      }
      await page.emulateMedia({ media: null });
      await record.signOutButton.click();
    });

    test("onward: terms that are not accepted are said above the links", async ({ context, page, staffSignIn, record, sandbox, messages }) => {
      sandbox.config({ ...WEB, onward: [AUTOMATIC] });
      await staffSignIn.open("/staff");
      for (const [name, open] of [["hfa", true], ["superadmin", false]] as const) {
        await staffSignIn.signIn(recordedPerson(name));
        await record.heading(messages.roles).waitFor();
        await expect(region(page, messages).getByRole("link")).toBeVisible();
        await expect(page.getByText(messages.termsToAccept)).toBeVisible({ visible: open });
        await record.signOutButton.click();
        await staffSignIn.heading(messages.staffSignIn).waitFor();
        await expect.poll(() => applicationCookies(context)).toEqual([]);
      }
    });
  });
}
