// The oldest browsers: Chromium 108, the first in which the portal works, and two before it, which get the page that
// says so. More journeys in Chromium 108: `cargo xtask nightly chromium-108`.

import { chromium, type LaunchOptions, type Page } from "@playwright/test";
import { join } from "node:path";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";
import { lowContrastTexts } from "../support/page_checks.ts";

const HELP_PHONE = "011 525 9999";
const STAFF_PHONE = "+966 11 525 0000";

/** Opens a page in an old release of Chromium, with the options of the project's own browser. */
async function inChromium<T>(version: string, options: LaunchOptions, url: string, look: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({
    ...options,
    executablePath: join(import.meta.dirname, "node_modules/.chromium", version, "chromium"),
  });
  try {
    expect(browser.version()).toMatch(new RegExp(`^${version}\\.`));
    const page = await browser.newPage();
    await page.goto(url);
    return await look(page);
  } finally {
    await browser.close();
  }
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("Chromium 108: a patient and a staff member sign in and out, and every text can be read", async ({ page, patientSignIn, staffSignIn, record, messages, browser }) => {
      expect(browser.version()).toMatch(/^108\./);
      const check = async (name: string) => expect.soft(await lowContrastTexts(page), name).toEqual([]);
      await patientSignIn.open("/");
      await check("patient sign-in");
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(messages.profile);
      await check("profile");
      await record.goTo(messages.addresses);
      await record.shows(messages.addresses);
      await check("addresses");
      await record.signOutButton.click();
      await patientSignIn.shows(messages.patientSignIn);
      await staffSignIn.open("/staff");
      await check("staff sign-in");
      await staffSignIn.signIn(KAVYA);
      await record.shows(messages.roles);
      await check("roles");
    });
  });
}

// Chromium 88 cannot parse the boot script (`await` outside of a function came with 89), and 90 does not know the
// policy's 'wasm-unsafe-eval' (97) and lets no WebAssembly run.
for (const version of ["88", "90"]) {
  for (const [path, phone] of [
    ["/", HELP_PHONE],
    ["/staff", STAFF_PHONE],
    ["/nowhere", HELP_PHONE],
  ] as const) {
    test(`Chromium ${version}: ${path} says at once that the browser is too old, with the phone number for help`, async ({ launchOptions, sandbox }) => {
      sandbox.config({ brand: { helpPhone: HELP_PHONE }, staff: { helpPhone: STAFF_PHONE } });
      await inChromium(version, launchOptions, `${sandbox.url}${path}`, async (page) => {
        // By the page itself: Playwright's own waits use what these browsers lack.
        const shown = () =>
          page.evaluate(() => ({
            why: document.documentElement.dataset.appFailed,
            portal: getComputedStyle(document.querySelector("#portal")!).display,
            sentences: (document.querySelector("#failed") as HTMLElement).innerText,
            phones: [...document.querySelectorAll("#failed p:not([hidden]) a[href^='tel:']")].map((link) => [link.textContent, link.getAttribute("href")]),
          }));
        const link = [phone, `tel:${phone.replaceAll(" ", "")}`];
        await expect.poll(shown).toMatchObject({ why: "browser", portal: "none", phones: LANGUAGES.map(() => link) });
        const { sentences } = await shown();
        expect(sentences).toContain("This browser is too old for this page");
        expect(sentences).toContain("هذا المتصفح قديم ولا يمكنه تشغيل هذه الصفحة");
        expect(sentences).not.toContain("Part of this page did not load");
        await test.info().attach(`${version}${path}`, { body: await page.screenshot(), contentType: "image/png" });
      });
    });
  }
}
