// Every page and state of the portal, once in each language and theme, and at each stop all that has to
// hold everywhere: no rule broken that a program can check, every width and size, chosen colours, high
// contrast, and a focus that is never hidden.

import type { Locator, Page } from "@playwright/test";
import { axeViolations, edgeVisibility, doubleTextSize, lowContrastTexts, hiddenFocus, lineColours, pageMeasure, PHONE, smallTargets, wideTextSpacing, layoutDefects } from "../support/page_checks.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { visitPatientPages, visitStaffPages, visitErrorPages, type Fixtures, type CheckState } from "../support/every_page.ts";
import { LANGUAGES } from "../support/messages.ts";

const DESK = { width: 1280, height: 800 };
const SMALL = { width: 320, height: 640 };

/** Looks at the page as it would be in a window of this size. */
async function withViewport(page: Page, viewport: { width: number; height: number }, check: () => Promise<void>): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize(viewport);
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([viewport.width, viewport.height]);
  await check();
  await page.setViewportSize(before);
}

/** Nothing is cut off, covered, out of the window or too small to press. */
async function checkWidths(page: Page, what: string): Promise<void> {
  for (const [size, viewport] of [
    ["320 px", SMALL],
    ["390 px", PHONE],
    ["768 px", { width: 768, height: 1024 }],
    ["on its side", { width: 844, height: 390 }],
  ] as const) {
    await withViewport(page, viewport, async () => {
      expect.soft(await layoutDefects(page), `${what}: ${size}`).toEqual([]);
      expect.soft(await smallTargets(page), `${what}: ${size}`).toEqual([]);
    });
  }
}

/** Nothing is cut off, covered or out of the window with large text, or with WCAG's text spacing. */
async function checkTextSizes(page: Page, what: string): Promise<void> {
  for (const [how, viewport, prepare] of [
    ["text at 200 % on a desk", DESK, doubleTextSize],
    ["text at 200 % on a phone", PHONE, doubleTextSize],
    ["WCAG's text spacing on a desk", DESK, wideTextSpacing],
    ["WCAG's text spacing on a small phone", SMALL, wideTextSpacing],
  ] as const) {
    await withViewport(page, viewport, async () => {
      await prepare(page, true);
      expect.soft(await layoutDefects(page), `${what}: ${how}`).toEqual([]);
      await prepare(page, false);
    });
  }
}

/** On a very large screen a page keeps a measure that can be read, in the middle. */
async function checkLargeScreen(page: Page, what: string): Promise<void> {
  if (what.startsWith("check-in card")) return;
  await withViewport(page, { width: 3840, height: 2160 }, async () => {
    const named = `${what}: on a very large screen`;
    expect.soft(await layoutDefects(page), named).toEqual([]);
    const { left, right, longest, width } = await pageMeasure(page);
    expect.soft(Math.abs(left - right), named).toBeLessThanOrEqual(16);
    // Sixty letters of the language's own size.
    expect.soft(width, named).toBeLessThanOrEqual(60);
    expect.soft(longest, named).toBeLessThanOrEqual(90);
  });
}

/** With colours that the person chose, every edge, state, badge and text is still there. */
async function checkForcedColours({ page, record, messages }: Fixtures, what: string): Promise<void> {
  await page.emulateMedia({ forcedColors: "active" });
  const named = `${what}: in chosen colours`;
  // Axe reads `-webkit-text-fill-color`, which is not among the colours that are chosen.
  expect.soft(await axeViolations(page, { not: "color-contrast" }), named).toEqual([]);
  expect.soft(await lowContrastTexts(page), named).toEqual([]);
  const parts = await edgeVisibility(page);
  expect.soft(parts.filter((part) => !part.endsWith(": seen")), named).toEqual([]);
  if (what === "patient sign in") expect(parts.length).toBeGreaterThan(4);
  if (what === "roles") {
    expect(await page.locator(".badge").count()).toBeGreaterThan(5);
    // Where one is can be told from where one is not.
    const mark = (link: Locator) => link.evaluate((it) => getComputedStyle(it).borderBlockEndColor);
    const ground = await page.locator(".header").evaluate((it) => getComputedStyle(it).backgroundColor);
    expect(await mark(record.navigation.getByRole("link", { name: messages.roles }))).not.toBe(ground);
    expect(await mark(record.navigation.getByRole("link", { name: messages.profile }))).toBe(ground);
  }
  await page.emulateMedia({ forcedColors: null });
}

/** With more contrast, every text has seven to one, and lines are as strong as edges. */
async function checkHighContrast(page: Page, what: string): Promise<void> {
  await page.emulateMedia({ contrast: "more" });
  const named = `${what}: with more contrast`;
  expect.soft(await axeViolations(page, { only: "color-contrast-enhanced" }), named).toEqual([]);
  const [line, strong] = await lineColours(page);
  expect.soft(line, named).toBe(strong);
  await page.emulateMedia({ contrast: null });
}

/** The focus is never hidden, whatever is on the page. */
async function checkFocus(page: Page, what: string): Promise<void> {
  // The walk itself types and waits in these.
  if (/with notes|have to wait|whole screen/.test(what)) return;
  await withViewport(page, { width: 390, height: 500 }, async () => {
    expect.soft(await hiddenFocus(page), `${what}: by Tab`).toEqual([]);
  });
}

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      // The way itself is gone on a small phone, and on a desk. What moves would be looked at half-way.
      const viewport = colorScheme === "light" ? SMALL : DESK;
      test.use({ language, colorScheme, viewport, contextOptions: { reducedMotion: "reduce" } });
      // A walk takes its time.
      test.setTimeout(180_000);

      for (const [pages, visit] of [
        ["patient pages", visitPatientPages],
        ["staff pages", visitStaffPages],
        ["warning, offline and error pages", visitErrorPages],
      ] as const) {
        test(`${pages}: accessible in every width, text size and contrast`, async ({ page, patientSignIn, record, sandbox, staffSignIn, messages }) => {
          const fixtures = { page, patientSignIn, record, sandbox, staffSignIn, messages };
          const seen: string[] = [];
          const check: CheckState = async (what) => {
            seen.push(what);
            expect.soft(await axeViolations(page), what).toEqual([]);
            await checkForcedColours(fixtures, what);
            await checkHighContrast(page, what);
            // Room does not depend on colours.
            if (colorScheme === "dark") return;
            await checkWidths(page, what);
            await checkTextSizes(page, what);
            await checkLargeScreen(page, what);
            if (visit !== visitErrorPages) await checkFocus(page, what);
          };
          await visit(fixtures, check);
          expect(seen.length).toBeGreaterThan(4);
        });
      }
    });
  }
}
