// The back-forward cache: a restored page must be the sign-in page. Playwright disables this cache, and
// `no-store` pages are not kept in it; here both are lifted, since another browser may keep them.

import type { Page } from "@playwright/test";
import { WINDOW } from "../support/fixtures.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

test.use({
  launchOptions: ({ launchOptions }, use) =>
    WINDOW.launchOptions(
      { launchOptions: { ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] } },
      use,
    ),
});

/** Removes `no-store` from the next page. */
async function allowBackForwardCache(page: Page): Promise<void> {
  await page.route(
    (url) => ["/", "/staff"].includes(url.pathname),
    async (route) => {
      const response = await route.fetch();
      const { "cache-control": _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    },
  );
}

/** Leaves the page and goes Back; returns whether the page came from the cache. */
async function leaveAndGoBack(page: Page, otherUrl: string): Promise<boolean> {
  await page.unrouteAll();
  await page.evaluate(() => {
    addEventListener("pageshow", ({ persisted }) => Object.assign(window, { persisted }));
  });
  await page.goto(otherUrl);
  // A restored page does not load.
  await page.goBack({ waitUntil: "commit" });
  await page.locator("html[data-app-ready]").waitFor({ state: "attached" });
  return page.evaluate(() => Boolean((window as unknown as { persisted?: boolean }).persisted));
}

const another = (url: string) => `${url.replace("127.0.0.1", "localhost")}/icon.svg`;

test("back-forward cache: Back to a page left while signed in shows the sign-in page", async ({
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  await allowBackForwardCache(page);
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.goTo("Addresses");
  // The sign-out on leaving changes the URL, and Chromium then drops the page. Another browser may
  // restore it; the result must be the same.
  await leaveAndGoBack(page, another(sandbox.url));
  await patientSignIn.shows("Patient sign in");
  await expect(page).toHaveURL("/?next=/addresses");
  expect(await page.content()).not.toContain(ABDULLAH.name);
  // The sign-in page works.
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Addresses");
});

test("back-forward cache: Back after sign-out shows the sign-in page", async ({ page, record, sandbox, staffSignIn }) => {
  await allowBackForwardCache(page);
  await staffSignIn.openAndSignIn(KAVYA);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  expect(await leaveAndGoBack(page, another(sandbox.url))).toBe(true);
  await staffSignIn.shows("Staff sign in");
  expect(await page.content()).not.toContain("Kavya");
});
