// The size of pages. Bytes and requests are the same on every machine, so they are tests; times are not,
// and are measured by `cargo xtask bench`.

import type { Page, Response } from "@playwright/test";
import { DIRECT, WINDOW } from "../support/fixtures.ts";
import { ABDULLAH } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

test.use(WINDOW);

/**
 * Limit of a sign-in page's first load in bytes, compressed: HTML, style, scripts, program. See docs/performance.md.
 */
const FIRST_LOAD = 238_900;
/** Page, the rest of its style, boot script, program, configuration, icon. */
const FIRST_REQUESTS = 6;
/** Limit of the boot script, with wasm-bindgen's glue in it. */
const BOOT_SCRIPT = 9_500;
/** Limit of a prerendered page with its style. */
const PAGE = 6_500;

interface Transfer {
  path: string;
  bytes: number;
  encoding: string | undefined;
}

/** Records the page's transfers from now on. */
function transfers(page: Page): () => Promise<Transfer[]> {
  const responses: Response[] = [];
  page.on("response", (response) => responses.push(response));
  return () =>
    Promise.all(
      responses.map(async (response) => ({
        path: new URL(response.url()).pathname,
        bytes: (await response.request().sizes()).responseBodySize,
        encoding: response.headers()["content-encoding"],
      })),
    );
}

for (const language of ["en", "ar"] as const) {
  test.describe(`in ${language}`, DIRECT.bytes, () => {
    test.use({ language });

    for (const path of ["/", "/staff"]) {
      test(`first load: ${path} stays within its bytes and requests`, async ({
        page,
        patientSignIn,
      }) => {
        const transferred = transfers(page);
        await patientSignIn.open(path);
        await page.waitForLoadState("networkidle");
        const all = await transferred();
        const bytes = all.reduce((sum, { bytes }) => sum + bytes, 0);
        const listing = all.map(({ path, bytes }) => `${bytes} ${path}`).join("\n");
        expect(bytes, listing).toBeLessThanOrEqual(FIRST_LOAD);
        expect(bytes, listing).toBeGreaterThan(FIRST_LOAD / 2);
        expect(all.length, listing).toBeLessThanOrEqual(FIRST_REQUESTS);
        const sum = (kind: RegExp) =>
          all.filter((it) => kind.test(it.path)).reduce((total, it) => total + it.bytes, 0);
        const bootScript = sum(/\/boot-[^/]*\.js$/);
        expect(bootScript, listing).toBeLessThanOrEqual(BOOT_SCRIPT);
        expect(bootScript, listing).toBeGreaterThan(BOOT_SCRIPT / 2);
        const document = all.find((it) => it.path === path)?.bytes ?? Infinity;
        expect(document, listing).toBeLessThanOrEqual(PAGE);
        for (const { path, encoding, bytes } of all) {
          if (bytes > 1_000) expect(encoding, path).toBe("br");
        }
      });
    }

    test("patient sign-in: adds two calls and no file", async ({
      page,
      patientSignIn,
    }) => {
      await patientSignIn.open("/");
      await page.waitForLoadState("networkidle");
      const transferred = transfers(page);
      await patientSignIn.signIn(ABDULLAH);
      await patientSignIn.heading(patientSignIn.messages.profile).waitFor();
      const all = await transferred();
      // Chromium requests the icon again whenever the title changes.
      const paths = all
        .map(({ path }) => path.replace(/-[0-9a-f]{16}/, ""))
        .filter((path) => path !== "/icon.svg")
        .sort();
      expect(paths).toEqual(["/api/customer/is_patient_exists", "/api/customer/login"]);
    });

    test("second visit: only the no-store page is transferred", async ({
      page,
      patientSignIn,
    }) => {
      await patientSignIn.open("/");
      await page.waitForLoadState("networkidle");
      const transferred = transfers(page);
      await patientSignIn.open("/");
      await page.waitForLoadState("networkidle");
      const again = (await transferred()).filter(({ bytes }) => bytes > 0);
      expect(again.map(({ path }) => path)).toEqual(["/"]);
    });
  });
}
