// A page that the browser keeps whole when it is left, and gives back as it was: what it gives back
// must be the sign-in page. Playwright switches this cache off; here it is on.

import { ABDULLAH, KAVYA } from "./people.ts";
import { expect, test } from "./portal.ts";

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
      args: [...(launchOptions.args ?? []), "--enable-features=BackForwardCache"],
    }),
});

test("Back to a page that was left signed in shows the sign-in page", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.enter(ABDULLAH);
  await record.go("Addresses");
  await page.evaluate(() => {
    Object.assign(window, { kept: true });
    addEventListener("pageshow", (event) => Object.assign(window, { persisted: event.persisted }));
  });
  await page.goto("about:blank");
  await page.goBack();
  await patientSignIn.ready();
  const state = await page.evaluate(() => ({ ...window }) as unknown as Record<string, unknown>).catch(() => ({}));
  console.log(JSON.stringify(await page.evaluate(() => [(window as any).kept, (window as any).persisted])));
  void state; void KAVYA;
  await patientSignIn.shows("Patient sign in");
  await expect(page).toHaveURL("/?next=/addresses");
  expect(await page.content()).not.toContain(ABDULLAH.name);
});
