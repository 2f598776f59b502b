// No personal data is left in URLs, titles, storage, or the page after sign-out. Console and storage are
// also checked after every other test (fixtures.ts).

import type { Page } from "@playwright/test";
import { ABDULLAH, KAVYA, passwordHash } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

/** The patient's data, as typed, sent, received and shown. */
const PATIENT_DATA = [
  ABDULLAH.phone,
  ABDULLAH.nationalId,
  ABDULLAH.patientId,
  "Abdullah",
  "عبدالله",
  "abdullah.harbi@example.com",
  "Prince Turki",
];
const STAFF_DATA = [
  KAVYA.username,
  KAVYA.password,
  passwordHash(KAVYA.password),
  "Kavya",
  "887XXX7565",
  "Bearer",
];

/** The secrets that occur in a text. */
const found = (text: string, secrets: string[]) => secrets.filter((secret) => text.includes(secret));

/** The page's markup and the values of its fields. */
const pageText = (page: Page) =>
  page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...Array.from(document.querySelectorAll("input"), (input) => input.value),
    ].join("\n"),
  );

/** Records every URL and title of the page, and its console output. */
async function observe(page: Page): Promise<{ text: () => Promise<string> }> {
  const entries: string[] = [];
  page.on("framenavigated", (frame) => entries.push(frame.url()));
  page.on("console", (message) => entries.push(message.text()));
  // Titles that are soon replaced as well.
  await page.addInitScript(() => {
    const titles: string[] = [];
    Object.assign(window, { titles });
    new MutationObserver(() => {
      if (titles.at(-1) !== document.title) titles.push(document.title);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  return {
    text: async () => {
      const titles = await page.evaluate(() => (window as unknown as { titles: string[] }).titles);
      expect(titles.length).toBeGreaterThan(2);
      return [...entries, ...titles].join("\n");
    },
  };
}

/** All storage of a page's origin, as one text. */
const storedText = (page: Page) =>
  page.evaluate(async () =>
    JSON.stringify({
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookie: document.cookie,
      caches: await caches.keys(),
      databases: await indexedDB.databases(),
      name: window.name,
    }),
  );

test("patient session: no personal data stays in page, titles, URLs, console or storage after sign-out", async ({
  context,
  page,
  patientSignIn,
  record,
}) => {
  const watched = await observe(page);
  await patientSignIn.open("/");
  await patientSignIn.languageButton.click();
  await patientSignIn.in("ar").languageButton.click();
  await patientSignIn.button("Dark theme").click();
  await patientSignIn.signIn({ phone: ABDULLAH.phone, nationalId: "1000000008" });
  await expect(patientSignIn.errorSummary).toBeFocused();
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
  await record.revealAll();
  await record.goTo("Addresses");
  expect(found(await pageText(page), PATIENT_DATA)).toContain("Prince Turki");
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");

  expect(found(await pageText(page), PATIENT_DATA)).toEqual([]);
  expect(found(await watched.text(), PATIENT_DATA)).toEqual([]);
  expect(JSON.parse(await storedText(page))).toEqual({
    local: { language: "en", theme: "dark" },
    session: {},
    cookie: "",
    caches: [],
    databases: [],
    name: "",
  });
  expect(await context.cookies()).toEqual([]);
});

test("staff session: no personal data stays in page, titles, URLs, console or storage after sign-out", async ({
  context,
  page,
  record,
  staffSignIn,
}) => {
  const watched = await observe(page);
  await staffSignIn.open("/staff");
  await staffSignIn.signIn({ username: KAVYA.username, password: "Spice@124" });
  await expect(staffSignIn.errorSummary).toBeFocused();
  await staffSignIn.signIn(KAVYA);
  await record.shows("Roles");
  // Neither password, hash nor token is in the page of a signed-in staff member.
  expect(found(await pageText(page), [KAVYA.password, passwordHash(KAVYA.password), "Bearer"])).toEqual([]);
  await record.goTo("Profile");
  await record.revealAll();
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");

  expect(found(await pageText(page), STAFF_DATA)).toEqual([]);
  expect(found(await watched.text(), STAFF_DATA)).toEqual([]);
  expect(found(await storedText(page), STAFF_DATA)).toEqual([]);
  expect(await context.cookies()).toEqual([]);
});

test("sign-out: Back does not show the record again (K2)", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.open("/nowhere");
  await patientSignIn.link("Go to the start page").click();
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
  await record.goTo("Addresses");
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");
  await page.evaluate(() => history.back());
  await expect(page).toHaveURL("/?next=/profile");
  await patientSignIn.shows("Patient sign in");
  expect(found(await pageText(page), PATIENT_DATA)).toEqual([]);
});

test("sign-out: Back from another site does not show the record again (K2)", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");
  await page.goto("about:blank");
  await page.goBack();
  await patientSignIn.ready();
  await patientSignIn.shows("Patient sign in");
  expect(found(await pageText(page), PATIENT_DATA)).toEqual([]);
});

test("sign-out: the sign-in form is empty for the next person", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");
  await expect(patientSignIn.phone).toHaveValue("");
  await expect(patientSignIn.nationalId).toHaveValue("");
  await page.reload();
  await patientSignIn.ready();
  await expect(patientSignIn.phone).toHaveValue("");
});

test("requests: no URL contains personal data", async ({ page, patientSignIn, record }) => {
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.goTo("Addresses");
  expect(requested.length).toBeGreaterThan(2);
  expect(found(requested.join("\n"), PATIENT_DATA)).toEqual([]);
});
