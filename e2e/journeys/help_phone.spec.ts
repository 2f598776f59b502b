// The phone number for help: at the foot of every page, and with each message that a call may answer.

import type { Locator } from "@playwright/test";
import { alikeIn } from "../support/fixtures.ts";
import { PHONE } from "../support/page_checks.ts";
import { ABDULLAH, KAVYA, SARA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { configureStaff, recordedPerson, setTooLongCookie } from "../support/staff.ts";

const PATIENTS = "9200 00000";
const STAFF = "+966 11 234 5678";
const PHONES = { brand: { helpPhone: PATIENTS }, staff: { helpPhone: STAFF } };

/** Expects one link that dials the number, and no other number. */
async function dials(place: Locator, phone: string): Promise<void> {
  const link = place.getByRole("link", { name: phone, exact: true });
  await expect(link).toBeVisible();
  await expect(link).toHaveAttribute("href", `tel:${phone.replaceAll(" ", "")}`);
  await expect(place.locator("a[href^=tel]:visible")).toHaveCount(1);
}

for (const language of ["en", "ar"] as const) {
  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });

    test("help phone: stands at the foot of every page, for each audience its own", async ({ page, patientSignIn, staffSignIn, record, sandbox, messages }) => {
      sandbox.config(PHONES);
      // On a wide sign-in page it is in the brand pane.
      await page.setViewportSize(PHONE);
      const foot = page.getByRole("contentinfo");
      await patientSignIn.open("/");
      await dials(foot, PATIENTS);
      await patientSignIn.link(messages.toStaff).click();
      await dials(foot, STAFF);
      await staffSignIn.signIn(KAVYA);
      await record.heading(messages.roles).waitFor();
      await dials(foot, STAFF);
      await record.goTo(messages.profile);
      await dials(foot, STAFF);
      await record.signOutButton.click();
      await patientSignIn.openAndSignIn(ABDULLAH);
      await dials(foot, PATIENTS);
    });

    test("help phone: is in the brand pane of a wide page, and then not at its foot", async ({ page, patientSignIn, record, sandbox }) => {
      sandbox.config(PHONES);
      await patientSignIn.open("/");
      for (const [width, pane, foot] of [[1023, 0, 1], [1024, 1, 0], [1280, 1, 0]] as const) {
        await page.setViewportSize({ width, height: 800 });
        await expect(page.locator(".brand-pane a[href^=tel]:visible")).toHaveCount(pane);
        await expect(page.locator(".footer a[href^=tel]:visible")).toHaveCount(foot);
      }
      await patientSignIn.signIn(ABDULLAH);
      await record.signOutButton.waitFor();
      await dials(page.getByRole("contentinfo"), PATIENTS);
    });

    test("help phone: the number stands on the line of the word before it", async ({ page, staffSignIn, sandbox, messages }) => {
      sandbox.config(PHONES);
      await page.setViewportSize(PHONE);
      await staffSignIn.open("/staff");
      await staffSignIn.signIn({ username: KAVYA.username, password: "wrong" });
      await staffSignIn.showsErrors(messages.wrongCredentials, messages.staffSignIn);
      // In all widths, since where the sentence wraps depends on the font.
      for (let width = 320; width <= 480; width += 10) {
        await page.setViewportSize({ width, height: 800 });
        const tops = await staffSignIn.errorSummary.locator(".help:visible").first().evaluate((help) => {
          const word = document.createRange();
          const text = help.firstChild!;
          word.setStart(text, text.textContent!.lastIndexOf(" ") + 1);
          word.setEnd(text, text.textContent!.length);
          const number = document.createRange();
          number.selectNodeContents(help.querySelector("bdi")!);
          return [word, number].flatMap((range) => [...range.getClientRects()].map(({ top }) => Math.round(top)));
        });
        expect(Math.max(...tops) - Math.min(...tops), `${width}`).toBeLessThan(6);
      }
    });

    test("help phone: is with an error that a call may answer, and with no other", async ({ page, patientSignIn, staffSignIn, sandbox, messages }) => {
      sandbox.config(PHONES);
      await patientSignIn.open("/");
      await patientSignIn.signIn({ ...ABDULLAH, phone: "0599999999" });
      await patientSignIn.showsErrors(messages.notFound, messages.patientSignIn);
      await dials(patientSignIn.errorSummary, PATIENTS);
      // What the person can correct, and what only takes time.
      const none = patientSignIn.errorSummary.locator("a[href^=tel]:visible");
      await patientSignIn.signIn({ phone: "", nationalId: ABDULLAH.nationalId });
      await patientSignIn.showsErrors(messages.phoneEmpty, messages.patientSignIn);
      await expect(none).toHaveCount(0);
      await page.context().setOffline(true);
      await patientSignIn.signIn(ABDULLAH);
      await patientSignIn.showsErrors(messages.offline, messages.patientSignIn);
      await expect(none).toHaveCount(0);
      await page.context().setOffline(false);

      await staffSignIn.open("/staff");
      await staffSignIn.signIn({ username: KAVYA.username, password: "wrong" });
      await staffSignIn.showsErrors(messages.wrongCredentials, messages.staffSignIn);
      await dials(staffSignIn.errorSummary, STAFF);
    });
  });
}

test("help phone: is with a record page that has nothing to show", async ({ page, patientSignIn, record, sandbox, messages }) => {
  sandbox.config(PHONES);
  await patientSignIn.openAndSignIn(SARA);
  await record.goTo(messages.addresses);
  await expect(page.getByText("The hospital has no address for you.", { exact: true })).toBeVisible();
  await dials(page.getByRole("main"), PATIENTS);
});

test("help phone: is with an error about cookies", async ({ staffSignIn, sandbox, messages }) => {
  configureStaff(sandbox, "web", PHONES.staff);
  await staffSignIn.open("/staff");
  await setTooLongCookie(sandbox);
  await staffSignIn.signIn(recordedPerson("hfa"));
  await staffSignIn.showsErrors(messages.sessionNotKept, messages.staffSignIn);
  await dials(staffSignIn.errorSummary, STAFF);
  await expect.poll(async () => (await sandbox.wire()).at(-1)?.call).toBe("logout");
});

test("help phone: staff without a number of their own get the hospital's", async ({ page, staffSignIn, sandbox }) => {
  sandbox.config({ brand: { helpPhone: PATIENTS } });
  await page.setViewportSize(PHONE);
  await staffSignIn.open("/staff");
  await dials(page.getByRole("contentinfo"), PATIENTS);
});

test("help phone: without one no page names any", async ({ page, patientSignIn, messages }) => {
  await patientSignIn.open("/");
  await patientSignIn.signIn({ ...ABDULLAH, phone: "0599999999" });
  await patientSignIn.showsErrors(messages.notFound, messages.patientSignIn);
  await expect(page.locator("a[href^=tel]")).toHaveCount(0);
});
