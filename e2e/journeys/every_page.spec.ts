// Every page and state of the portal, in each language and theme, with the checks that apply everywhere:
// axe, all widths and text sizes, forced colours, high contrast, and a visible focus.

import type { Locator, Page } from "@playwright/test";
import { alikeIn } from "../support/fixtures.ts";
import { axeViolations, edgeVisibility, doubleTextSize, lowContrastTexts, hiddenFocus, lineColours, otherDigits, pageMeasure, PHONE, smallTargets, wideTextSpacing, layoutDefects } from "../support/page_checks.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { visitPatientPages, visitStaffPages, visitErrorPages, visitPagesWithoutProgram, type Fixtures, type CheckState } from "../support/every_page.ts";
import { LANGUAGES } from "../support/messages.ts";

const DESK = { width: 1280, height: 800 };
const SMALL = { width: 320, height: 640 };

/** Checks the page in a window of this size. */
async function withViewport(page: Page, viewport: { width: number; height: number }, check: () => Promise<void>): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize(viewport);
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([viewport.width, viewport.height]);
  await check();
  await page.setViewportSize(before);
}

/** Nothing is cut off, covered, outside the window or too small to press, in any width. */
async function checkWidths(page: Page, state: string): Promise<void> {
  for (const [size, viewport] of [
    ["320 px", SMALL],
    ["390 px", PHONE],
    ["768 px", { width: 768, height: 1024 }],
    ["in landscape", { width: 844, height: 390 }],
  ] as const) {
    await withViewport(page, viewport, async () => {
      expect.soft(await layoutDefects(page), `${state}: ${size}`).toEqual([]);
      expect.soft(await smallTargets(page), `${state}: ${size}`).toEqual([]);
    });
  }
}

/** Nothing is cut off, covered or outside the window with large text, or with WCAG's text spacing. */
async function checkTextSizes(page: Page, state: string): Promise<void> {
  for (const [how, viewport, prepare] of [
    ["text at 200 % on a desk", DESK, doubleTextSize],
    ["text at 200 % on a phone", PHONE, doubleTextSize],
    ["WCAG's text spacing on a desk", DESK, wideTextSpacing],
    ["WCAG's text spacing on a small phone", SMALL, wideTextSpacing],
  ] as const) {
    await withViewport(page, viewport, async () => {
      await prepare(page, true);
      expect.soft(await layoutDefects(page), `${state}: ${how}`).toEqual([]);
      await prepare(page, false);
    });
  }
}

/** On a very large screen the page is centred, with a readable line length. */
async function checkLargeScreen(page: Page, state: string): Promise<void> {
  if (state.startsWith("check-in card")) return;
  await withViewport(page, { width: 3840, height: 2160 }, async () => {
    const named = `${state}: on a very large screen`;
    expect.soft(await layoutDefects(page), named).toEqual([]);
    const { left, right, longest, width } = await pageMeasure(page);
    expect.soft(Math.abs(left - right), named).toBeLessThanOrEqual(16);
    // In rem.
    expect.soft(width, named).toBeLessThanOrEqual(60);
    expect.soft(longest, named).toBeLessThanOrEqual(90);
  });
}

/** With forced colours every edge, state, badge and text is visible. */
async function checkForcedColours({ page, record, messages }: Fixtures, state: string): Promise<void> {
  await page.emulateMedia({ forcedColors: "active" });
  const named = `${state}: with forced colours`;
  // Not axe: it reads `-webkit-text-fill-color`, which is not forced.
  expect.soft(await lowContrastTexts(page), named).toEqual([]);
  const parts = await edgeVisibility(page);
  expect.soft(parts.filter((part) => !part.endsWith(": seen")), named).toEqual([]);
  if (state === "patient sign in") expect(parts.length).toBeGreaterThan(4);
  if (state === "roles") {
    expect(await page.locator(".badge").count()).toBeGreaterThan(5);
    // The current page's link is marked.
    const mark = (link: Locator) => link.evaluate((it) => getComputedStyle(it).borderBlockEndColor);
    const ground = await page.locator(".header").evaluate((it) => getComputedStyle(it).backgroundColor);
    expect(await mark(record.navigation.getByRole("link", { name: messages.roles }))).not.toBe(ground);
    expect(await mark(record.navigation.getByRole("link", { name: messages.profile }))).toBe(ground);
  }
  await page.emulateMedia({ forcedColors: null });
}

/** With `prefers-contrast: more` text has a contrast of 7 to 1, and thin lines the strong lines' colour. */
async function checkHighContrast(page: Page, state: string): Promise<void> {
  await page.emulateMedia({ contrast: "more" });
  const named = `${state}: with more contrast`;
  expect.soft(await axeViolations(page, { only: "color-contrast-enhanced" }), named).toEqual([]);
  const [line, strong] = await lineColours(page);
  expect.soft(line, named).toBe(strong);
  await page.emulateMedia({ contrast: null });
}

/** The focused element is never hidden. */
async function checkFocus(page: Page, state: string): Promise<void> {
  // Typing and waiting of the tour itself use the focus in these states.
  if (/with warnings|full screen/.test(state)) return;
  await withViewport(page, { width: 390, height: 500 }, async () => {
    expect.soft(await hiddenFocus(page), `${state}: by Tab`).toEqual([]);
  });
}

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    // Layout is looked at in the light. Colours do not depend on the language: at night they are looked at in Arabic, too.
    test.describe(`${language}, ${colorScheme}`, colorScheme === "dark" ? alikeIn(language) : {}, () => {
      // The tour runs on a small phone and on a desktop. Motion would be checked half-way.
      const viewport = colorScheme === "light" ? SMALL : DESK;
      test.use({ language, colorScheme, viewport, contextOptions: { reducedMotion: "reduce" } });
      // A tour takes long.
      test.setTimeout(180_000);

      const checkTour = async (visit: (fixtures: Fixtures, check: CheckState) => Promise<void>, fixtures: Fixtures) => {
        const { page } = fixtures;
        const seen: string[] = [];
        const check: CheckState = async (state) => {
          seen.push(state);
          // Nothing else that axe looks at depends on colours.
          expect.soft(await axeViolations(page, colorScheme === "dark" ? { only: "color-contrast" } : {}), state).toEqual([]);
          // Axe leaves out texts on a picture, such as that in the brand's colour.
          expect.soft(await lowContrastTexts(page), state).toEqual([]);
          expect.soft(await otherDigits(page), `${state}: digits`).toEqual([]);
          if (language === "en" || colorScheme === "dark") {
            await checkForcedColours(fixtures, state);
            await checkHighContrast(page, state);
          }
          // Layout does not depend on colours.
          if (colorScheme === "dark") return;
          await checkWidths(page, state);
          await checkTextSizes(page, state);
          await checkLargeScreen(page, state);
          if (visit !== visitErrorPages) await checkFocus(page, state);
        };
        await visit(fixtures, check);
        return seen;
      };

      for (const [pages, visit] of [
        ["patient pages", visitPatientPages],
        ["staff pages", visitStaffPages],
        ["warning, offline and error pages", visitErrorPages],
      ] as const) {
        test(`${pages}: accessible in every width, text size and contrast`, async ({ page, patientSignIn, record, sandbox, staffSignIn, messages }) => {
          const seen = await checkTour(visit, { page, patientSignIn, record, sandbox, staffSignIn, messages });
          expect(seen.length).toBeGreaterThan(4);
        });
      }

      test.describe("without the program", () => {
        test.use({ brokenOnPurpose: true, allowedConsole: [/Failed to fetch|wasm/] });

        test("failure page and offline page: accessible in every width, text size and contrast", async ({ page, patientSignIn, record, sandbox, staffSignIn, messages }) => {
          const seen = await checkTour(visitPagesWithoutProgram, { page, patientSignIn, record, sandbox, staffSignIn, messages });
          expect(seen).toEqual(["offline page", "failure page"]);
        });
      });
    });
  }
}
