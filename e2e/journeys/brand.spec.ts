// The brand of a hospital: a wide, a square and a dark logo, each with another colour, and the demo hospital's, on
// sign-in and record pages in both languages and themes.

import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator } from "@playwright/test";
import { alikeIn, DIRECT } from "../support/fixtures.ts";
import { layoutDefects, lowContrastTexts } from "../support/page_checks.ts";
import { ABDULLAH } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { DEMO_HOSPITAL } from "../support/sandbox.ts";
import { LANGUAGES } from "../support/messages.ts";

const BRANDS = resolve(dirname(fileURLToPath(import.meta.url)), "../support/brands");
const HOSPITALS = [DEMO_HOSPITAL, ...["wide", "square", "dark"].map((name) => resolve(BRANDS, name))];

/** The size of a logo in rem, 16 pixels or 17 in Arabic, and the ratio of the file. */
const sizes = (logo: Locator) =>
  logo.evaluate(async (it: HTMLImageElement) => {
    await it.decode();
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { width, height } = it.getBoundingClientRect();
    return { width: width / rem, height: height / rem, ratio: it.naturalWidth / it.naturalHeight };
  });

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, alikeIn(language), () => {
      // No colour is between two others.
      test.use({ language, colorScheme, contextOptions: { reducedMotion: "reduce" } });

      for (const hospital of HOSPITALS) {
        const folder = hospital.split("/").pop();

        test(`brand ${folder}: logo and colour look right on each page`, DIRECT.assets, async ({
          page,
          patientSignIn,
          record,
          sandbox,
          messages,
        }) => {
          const { brand } = sandbox.hospital(hospital);
          const name = language === "ar" ? brand.nameAr : brand.name;
          const header = page.locator("header .brand__logo");
          const check = async () => {
            await page.mouse.move(0, 0);
            const { width, height, ratio } = await sizes(header);
            expect(height).toBeCloseTo(2);
            expect(width).toBeCloseTo(Math.min(Math.max(2 * ratio, 2), 8));
            // In its own shape, on a ground that it is drawn for.
            await expect(header).toHaveCSS("object-fit", "contain");
            await expect(header).toHaveCSS("background-color", "rgb(255, 255, 255)");
            await expect(header).toHaveCSS("box-shadow", /^rgb\(255, 255, 255\)/);
            expect(await layoutDefects(page)).toEqual([]);
            expect(await lowContrastTexts(page)).toEqual([]);
          };
          await page.setViewportSize({ width: 320, height: 640 });
          await patientSignIn.open("/");
          await check();
          await page.setViewportSize({ width: 1280, height: 800 });
          await check();
          const pane = page.locator(".brand-pane .brand__logo");
          const { width, height, ratio } = await sizes(pane);
          expect(height).toBeCloseTo(5);
          // With a margin of half a rem on each side.
          expect((width - 1) / (height - 1)).toBeCloseTo(ratio);
          await expect(pane).toHaveCSS("background-color", "rgb(255, 255, 255)");

          await patientSignIn.signIn(ABDULLAH);
          await record.shows(messages.profile, name);
          await check();
          await page.setViewportSize({ width: 320, height: 640 });
          await check();
          await record.signOutButton.click();
          await patientSignIn.shows(messages.patientSignIn, name);
        });
      }
    });
  }
}

test("brand: without a logo the portal's mark is a square in header and pane", async ({ page, patientSignIn }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await patientSignIn.open("/");
  expect(await page.locator("header .brand__logo").boundingBox()).toMatchObject({ width: 32, height: 32 });
  expect(await page.locator(".brand-pane .brand__logo").boundingBox()).toMatchObject({ width: 64, height: 64 });
});

test.describe("with forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active" }, colorScheme: "dark" });

  test("brand: a dark logo keeps its light ground in forced colours", DIRECT.assets, async ({ page, patientSignIn, sandbox }) => {
    sandbox.hospital(resolve(BRANDS, "dark"));
    await patientSignIn.open("/");
    await expect(page.locator("header .brand__logo")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  });
});
