// The configurations of examples/, each as a person meets it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applicationCookies, AUTH_COOKIE } from "../support/fixtures.ts";
import { MESSAGES } from "../support/messages.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { OneTimeCodePage } from "../support/pages/one_time_code.ts";
import { ABDULLAH, KAVYA, LULWA } from "../support/people.ts";
import { recordedPerson } from "../support/staff.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples");
const example = (name: string) => JSON.parse(readFileSync(join(EXAMPLES, name, "config.json"), "utf8"));

test("example ward-tablet: staff alone sign in, and a tablet that was left is signed out after two minutes", async ({ page, record, sandbox, staffSignIn, messages }) => {
  sandbox.config(example("ward-tablet"));
  await page.clock.install();
  await staffSignIn.open("/");
  await staffSignIn.shows(messages.staffSignIn, "Ward 4 North");
  await expect(staffSignIn.username).toHaveAttribute("autocomplete", "off");
  await staffSignIn.signIn(KAVYA);
  await record.shows(messages.roles, "Ward 4 North");
  await page.clock.runFor(91_000);
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.clock.runFor(30_000);
  await staffSignIn.shows(messages.staffSignIn, "Ward 4 North");
  await expect(staffSignIn.username).toHaveValue("");
});

test.describe("in ar", () => {
  test.use({ language: "ar" });

  test("example patients-only: there are no staff pages, and a code stands between sign-in and record", async ({ page, patientSignIn, record, sandbox }) => {
    const messages = MESSAGES.ar;
    sandbox.config(example("patients-only"));
    await patientSignIn.open("/staff");
    await expect(page).toHaveURL("/");
    await expect(patientSignIn.link(messages.toStaff)).toHaveCount(0);
    await patientSignIn.signIn(LULWA);
    const codePage = new OneTimeCodePage(page, messages);
    await codePage.code.fill(LULWA.oneTimeCode);
    await codePage.submitButton.click();
    await record.shows(messages.profile, "عيادة الوادي");
    await expect(record.link("إشعار الخصوصية")).toBeVisible();
  });

  test("example patients-only: a patient without a code on file signs in, and an address leads to the device's map", async ({ page, patientSignIn, record, sandbox }) => {
    sandbox.config(example("patients-only"));
    await patientSignIn.openAndSignIn(ABDULLAH);
    await record.goTo(MESSAGES.ar.addresses);
    await expect(page.locator('a[href^="geo:"]').first()).toBeVisible();
  });
});

test("example spice2-web: a person has the applications of their suites, with the cookie of SPICE", async ({ context, page, record, sandbox, staffSignIn, messages }) => {
  sandbox.config(example("spice2-web"));
  await staffSignIn.open("/");
  await staffSignIn.signIn(recordedPerson("superadmin"));
  await record.shows(messages.roles, "Horizon Health");
  expect(await applicationCookies(context)).toMatchObject([{ name: AUTH_COOKIE, httpOnly: true }]);
  const links = page.getByRole("region", { name: messages.continueTo }).getByRole("link");
  await expect(links).toHaveText(["Administration"]);
  await expect(links).toHaveAttribute("href", "/admin/");
  await record.signOutButton.click();
  await expect.poll(async () => (await applicationCookies(context)).length).toBe(0);
});
