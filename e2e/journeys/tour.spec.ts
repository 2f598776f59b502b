// Every page and state of the portal, once in each language and theme, and at each stop all that has to
// hold everywhere: no rule broken that a program can check, every width and size, chosen colours, high
// contrast, and a focus that is never hidden.

import type { Locator, Page } from "@playwright/test";
import { axe, edges, enlarge, faint, hidden, lines, measure, PHONE, small, space, untidy } from "../support/looks.ts";
import { expect, test } from "../support/portal.ts";
import { asPatient, asStaff, elsewhere, type Guide, type Look } from "../support/tour.ts";
import { LANGUAGES } from "../support/words.ts";

const DESK = { width: 1280, height: 800 };
const SMALL = { width: 320, height: 640 };

/** Looks at the page as it would be in a window of this size. */
async function at(page: Page, viewport: { width: number; height: number }, look: () => Promise<void>): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize(viewport);
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([viewport.width, viewport.height]);
  await look();
  await page.setViewportSize(before);
}

/** Nothing is cut off, covered, out of the window or too small to press. */
async function inEveryWidth(page: Page, what: string): Promise<void> {
  for (const [size, viewport] of [
    ["320 px", SMALL],
    ["390 px", PHONE],
    ["768 px", { width: 768, height: 1024 }],
    ["on its side", { width: 844, height: 390 }],
  ] as const) {
    await at(page, viewport, async () => {
      expect.soft(await untidy(page), `${what}: ${size}`).toEqual([]);
      expect.soft(await small(page), `${what}: ${size}`).toEqual([]);
    });
  }
}

/** Nothing is cut off, covered or out of the window with large text, or with WCAG's text spacing. */
async function inEverySize(page: Page, what: string): Promise<void> {
  for (const [how, viewport, prepare] of [
    ["text at 200 % on a desk", DESK, enlarge],
    ["text at 200 % on a phone", PHONE, enlarge],
    ["WCAG's text spacing on a desk", DESK, space],
    ["WCAG's text spacing on a small phone", SMALL, space],
  ] as const) {
    await at(page, viewport, async () => {
      await prepare(page, true);
      expect.soft(await untidy(page), `${what}: ${how}`).toEqual([]);
      await prepare(page, false);
    });
  }
}

/** On a very large screen a page keeps a measure that can be read, in the middle. */
async function onALargeScreen(page: Page, what: string): Promise<void> {
  if (what.startsWith("check-in card")) return;
  await at(page, { width: 3840, height: 2160 }, async () => {
    const named = `${what}: on a very large screen`;
    expect.soft(await untidy(page), named).toEqual([]);
    const { left, right, longest, width } = await measure(page);
    expect.soft(Math.abs(left - right), named).toBeLessThanOrEqual(16);
    // Sixty letters of the language's own size.
    expect.soft(width, named).toBeLessThanOrEqual(60);
    expect.soft(longest, named).toBeLessThanOrEqual(90);
  });
}

/** With colours that the person chose, every edge, state, badge and text is still there. */
async function inChosenColours({ page, record, words }: Guide, what: string): Promise<void> {
  await page.emulateMedia({ forcedColors: "active" });
  const named = `${what}: in chosen colours`;
  // Axe reads `-webkit-text-fill-color`, which is not among the colours that are chosen.
  expect.soft(await axe(page, { not: "color-contrast" }), named).toEqual([]);
  expect.soft(await faint(page), named).toEqual([]);
  const parts = await edges(page);
  expect.soft(parts.filter((part) => !part.endsWith(": seen")), named).toEqual([]);
  if (what === "patient sign in") expect(parts.length).toBeGreaterThan(4);
  if (what === "roles") {
    expect(await page.locator(".badge").count()).toBeGreaterThan(5);
    // Where one is can be told from where one is not.
    const mark = (link: Locator) => link.evaluate((it) => getComputedStyle(it).borderBlockEndColor);
    const ground = await page.locator(".header").evaluate((it) => getComputedStyle(it).backgroundColor);
    expect(await mark(record.navigation.getByRole("link", { name: words.roles }))).not.toBe(ground);
    expect(await mark(record.navigation.getByRole("link", { name: words.profile }))).toBe(ground);
  }
  await page.emulateMedia({ forcedColors: null });
}

/** With more contrast, every text has seven to one, and lines are as strong as edges. */
async function inHighContrast(page: Page, what: string): Promise<void> {
  await page.emulateMedia({ contrast: "more" });
  const named = `${what}: with more contrast`;
  expect.soft(await axe(page, { only: "color-contrast-enhanced" }), named).toEqual([]);
  const [line, strong] = await lines(page);
  expect.soft(line, named).toBe(strong);
  await page.emulateMedia({ contrast: null });
}

/** The focus is never hidden, whatever is on the page. */
async function byTab(page: Page, what: string): Promise<void> {
  // The walk itself types and waits in these.
  if (/with notes|have to wait|whole screen/.test(what)) return;
  await at(page, { width: 390, height: 500 }, async () => {
    expect.soft(await hidden(page), `${what}: by Tab`).toEqual([]);
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

      for (const [pages, walk] of [
        ["patient pages", asPatient],
        ["staff pages", asStaff],
        ["warning, offline and error pages", elsewhere],
      ] as const) {
        test(`${pages}: accessible in every width, text size and contrast`, async ({ page, patientSignIn, record, sandbox, staffSignIn, words }) => {
          const guide = { page, patientSignIn, record, sandbox, staffSignIn, words };
          const seen: string[] = [];
          const look: Look = async (what) => {
            seen.push(what);
            expect.soft(await axe(page), what).toEqual([]);
            await inChosenColours(guide, what);
            await inHighContrast(page, what);
            // Room does not depend on colours.
            if (colorScheme === "dark") return;
            await inEveryWidth(page, what);
            await inEverySize(page, what);
            await onALargeScreen(page, what);
            if (walk !== elsewhere) await byTab(page, what);
          };
          await walk(guide, look);
          expect(seen.length).toBeGreaterThan(4);
        });
      }
    });
  }
}
