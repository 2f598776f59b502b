// A picture of each of examples/, for its README. Run by `cargo xtask test --only pictures`; `cargo xtask shots` takes
// them again.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stopClock } from "../support/clock.ts";
import { TODAY } from "../support/demo_pages.ts";
import { MESSAGES } from "../support/messages.ts";
import { startNewApplication } from "../support/new_application.ts";
import { OneTimeCodePage } from "../support/pages/one_time_code.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { ABDULLAH, LULWA } from "../support/people.ts";
import type { Sandbox } from "../support/sandbox.ts";
import { recordedPerson } from "../support/staff.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples");
/** Serves an example's configuration and logo. */
const show = (sandbox: Sandbox, name: string) => sandbox.hospital(join(EXAMPLES, name));

test.use({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });
test.beforeEach(async ({ page }) => {
  await stopClock(page, TODAY);
  await page.mouse.move(0, 0);
});

test("pictures: example ward-tablet", async ({ page, staffSignIn, sandbox, messages }) => {
  show(sandbox, "ward-tablet");
  await staffSignIn.open("/");
  await staffSignIn.shows(messages.staffSignIn, "Ward 4 North");
  await expect(page).toHaveScreenshot("example-ward-tablet.png");
});

test("pictures: example spice2-web", async ({ page, record, sandbox, staffSignIn, messages }) => {
  show(sandbox, "spice2-web");
  await staffSignIn.open("/");
  await staffSignIn.signIn(recordedPerson("superadmin"));
  await record.shows(messages.roles, "Horizon Health");
  await expect(page).toHaveScreenshot("example-spice2-web.png");
  // Ends the cookie's session.
  await record.signOutButton.click();
});

test("pictures: example folder-of-a-site", async ({ page, patientSignIn, sandbox, messages }) => {
  const { brand, ...config } = show(sandbox, "folder-of-a-site");
  // Served at the root here, and kept on no device.
  sandbox.config({ ...config, offlineStart: false, brand: { ...brand, logo: "/logo.svg" } });
  await patientSignIn.open("/");
  await patientSignIn.shows(messages.patientSignIn, "Al Noor Hospital");
  await expect(page.locator(".header .brand__logo")).toHaveJSProperty("complete", true);
  await expect(page).toHaveScreenshot("example-folder-of-a-site.png");
});

test("pictures: example new-application", async ({ page, patientSignIn, record, sandbox, messages }) => {
  sandbox.config(JSON.parse(readFileSync(join(EXAMPLES, "new-application/config.json"), "utf8")));
  const application = await startNewApplication(sandbox);
  try {
    await patientSignIn.open(`${application.url}/`);
    await patientSignIn.signIn(ABDULLAH);
    await record.heading(messages.profile).waitFor();
    await page.goto(`${application.url}/app/`);
    await page.setViewportSize({ width: 640, height: 200 });
    await expect(page).toHaveScreenshot("example-new-application.png");
  } finally {
    await application.stop();
  }
});

test.describe("in ar, on a phone", () => {
  test.use({ language: "ar", viewport: { width: 390, height: 844 } });

  test("pictures: example patients-only", async ({ page, patientSignIn, sandbox }) => {
    show(sandbox, "patients-only");
    await patientSignIn.open("/");
    await patientSignIn.signIn(LULWA);
    const codePage = new OneTimeCodePage(page, MESSAGES.ar);
    await codePage.code.waitFor();
    await expect(page).toHaveScreenshot("example-patients-only.png");
  });
});
