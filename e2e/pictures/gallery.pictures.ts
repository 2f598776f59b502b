// The gallery of components (src/gallery.rs), compared with docs/img/gallery in both languages: light, dark, with
// more contrast and with forced colours. Run by `cargo xtask test --only pictures`, which builds it.

import type { CDPSession, Page } from "@playwright/test";
import { alikeIn, NIGHTLY } from "../support/fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";
import { axeViolations, lowContrastTexts } from "../support/page_checks.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { Sandbox } from "../support/sandbox.ts";
import { stopClock } from "../support/clock.ts";

const dist = process.env.LOGISTRATION_GALLERY ?? "";

const MODES = {
  light: { colorScheme: "light", contrast: "no-preference", forcedColors: "none" },
  dark: { colorScheme: "dark", contrast: "no-preference", forcedColors: "none" },
  contrast: { colorScheme: "light", contrast: "more", forcedColors: "none" },
  forced: { colorScheme: "dark", contrast: "no-preference", forcedColors: "active" },
} as const;

let server: Sandbox;
test.beforeAll(async () => {
  if (!dist) throw new Error("there is no gallery here: run `cargo xtask test --only pictures`");
  server = await Sandbox.start({ direct: true, dist });
});
test.afterAll(async () => server?.stop());

/** Makes the browser believe the states of the mouse and the keyboard that specimens name. */
async function forceStates(page: Page): Promise<CDPSession> {
  const client = await page.context().newCDPSession(page);
  await client.send("DOM.enable");
  await client.send("CSS.enable");
  const { root } = await client.send("DOM.getDocument", { depth: -1 });
  let forced = 0;
  const force = async (selector: string, forcedPseudoClasses: string[]) => {
    const { nodeIds } = await client.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector });
    for (const nodeId of nodeIds) await client.send("CSS.forcePseudoState", { nodeId, forcedPseudoClasses });
    forced += nodeIds.length;
  };
  const control = (state: string) => `[data-state=${state}] :is(button, a, input:not([type=radio]), summary, .choice__option)`;
  await force(control("hover"), ["hover"]);
  // Who presses with a mouse points at it.
  await force(control("active"), ["hover", "active"]);
  await force("[data-state=focus-visible] :is(button, a, input:not([type=radio]), summary, input:checked)", ["focus", "focus-visible"]);
  expect(forced).toBeGreaterThan(20);
  return client;
}

type Media = (typeof MODES)[keyof typeof MODES];

async function openGallery(page: Page, media: Media): Promise<void> {
  await page.emulateMedia(media);
  await stopClock(page, "2026-11-22T12:00:00+03:00");
  await page.goto(`${server.url}/_gallery`);
  await page.clock.runFor(1_000);
  await page.locator("html[data-app-ready]").waitFor({ state: "attached", timeout: 30_000 });
  await page.clock.runFor(100);
  await expect(page.locator("[id^=gallery-]")).toHaveCount(8);
}

// A development build has no hashes of its inline style for the policy.
test.use({ bypassCSP: true, viewport: { width: 800, height: 600 } });

for (const language of LANGUAGES) {
  for (const [mode, media] of Object.entries(MODES)) {
    // Neither mode depends on the language.
    test.describe(`${language} ${mode}`, mode === "contrast" || mode === "forced" ? alikeIn(language) : {}, () => {
      test.use({ language });

      test("gallery: looks as in its picture, and is accessible", async ({ page }) => {
        await openGallery(page, media);
        const client = await forceStates(page);
        await expect(page).toHaveScreenshot(["gallery", `${language}-${mode}.png`], { fullPage: true });
        await client.detach();
        // Axe needs a clock that goes on.
        await page.clock.resume();
        // A component is there in several states. Nothing but contrast depends on colours, and of forced colours axe reads
        // others.
        if (mode === "light") expect.soft(await axeViolations(page, { not: ["duplicate-id-aria"] })).toEqual([]);
        else if (mode !== "forced") expect.soft(await axeViolations(page, { only: "color-contrast" })).toEqual([]);
        expect.soft(await lowContrastTexts(page)).toEqual([]);
      });
    });
  }
}

const CHANGES = {
  "a shade of a line": ":root { --line: light-dark(#cbd7d9, #2a3d41); }",
  "a radius": ":root { --radius-m: 0.7rem; }",
  "the height of Arabic lines": ':root[lang="ar"] { --leading: 1.53; }',
};

for (const [change, style] of Object.entries(CHANGES)) {
  test.describe("in Arabic", NIGHTLY, () => {
    test.use({ language: "ar" });

    test(`gallery: ${change} changes its picture`, async ({ page }, info) => {
      test.skip(info.config.updateSnapshots !== "none", "it would become the picture");
      await openGallery(page, MODES.light);
      const client = await forceStates(page);
      const compare = () => expect(page).toHaveScreenshot(["gallery", "ar-light.png"], { fullPage: true, timeout: 4_000 });
      await compare();
      await page.addStyleTag({ content: style });
      await expect(compare()).rejects.toThrow(/pixels|dimensions|Expected an image/);
      await client.detach();
    });
  });
}
