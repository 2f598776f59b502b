// The language that a person meets; servers/languages.server.ts has the table of all cases.

import { DIRECT } from "../support/fixtures.ts";
import { MESSAGES } from "../support/messages.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { shown } from "../support/shown.ts";

test("address: ?lang= chooses the language, is stored as the choice, and goes from the address", async ({
  page,
  context,
  patientSignIn,
}) => {
  const seen = await shown(context, { languages: ["en-US"] });
  await patientSignIn.open("/?next=/addresses&lang=ar");
  await expect(page).toHaveURL("/?next=/addresses");
  await patientSignIn.in("ar").shows(MESSAGES.ar.patientSignIn);
  await page.reload();
  await patientSignIn.ready();
  expect(seen).toEqual([`ar ${MESSAGES.ar.patientSignIn}`]);
  await patientSignIn.in("ar").languageButton.click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await patientSignIn.ready();
  await patientSignIn.shows(MESSAGES.en.patientSignIn);
});

test("config languages: ?lang= of one that is not offered is ignored, and goes from the address", async ({
  page,
  patientSignIn,
  sandbox,
}) => {
  sandbox.config({ languages: ["en"] });
  await patientSignIn.open("/?lang=ar");
  await patientSignIn.shows(MESSAGES.en.patientSignIn);
  await expect(page).toHaveURL("/");
  expect(await page.evaluate(() => localStorage.getItem("language"))).toBeNull();
});

test("config error page: is in the language of ?lang=", async ({ page, patientSignIn, sandbox }) => {
  sandbox.config({ mapLink: 1 });
  await patientSignIn.open("/?lang=ar");
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await expect(page).toHaveURL("/");
});
test.describe("in a browser with neither language", DIRECT.audienceLanguage, () => {
  test.use({ locale: "fr-FR" });

  test("config language: patients and staff each meet their own", async ({ page, context, patientSignIn, sandbox }) => {
    sandbox.config({ patient: { language: "ar" }, staff: { language: "en" } });
    const seen = await shown(context, { languages: ["fr-FR"] });
    await patientSignIn.open("/");
    await patientSignIn.in("ar").shows(MESSAGES.ar.patientSignIn);
    expect(seen).toEqual([`ar ${MESSAGES.ar.patientSignIn}`]);
    await patientSignIn.open("/staff");
    await patientSignIn.shows(MESSAGES.en.staffSignIn);
    expect(seen.slice(1)).toEqual([`en ${MESSAGES.en.staffSignIn}`]);
    // Links keep the language of the page.
    await patientSignIn.open("/");
    await page.getByRole("link", { name: MESSAGES.ar.toStaff }).click();
    await patientSignIn.in("ar").shows(MESSAGES.ar.staffSignIn);
    expect(await page.evaluate(() => localStorage.getItem("language"))).toBeNull();
  });
});
