// The built scripts and styles use what the oldest browsers have: what was Baseline in 2022
// (https://web.dev/baseline), and of later features those for which there is a fallback. The program's WebAssembly is
// checked by the build (crates/release/src/floor.rs).

import { getCompatibleVersions } from "baseline-browser-mapping";
import { Linter } from "eslint";
import baseline from "eslint-plugin-baseline-js";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import stylelint from "stylelint";
import { expect, test } from "@playwright/test";

const YEAR = 2022;
const ROOT = join(import.meta.dirname, "../..");
const DIST = join(ROOT, "dist");

/** Later features of the scripts, and what happens without them. */
const SCRIPTS = {
  "top-level-await": "in Chrome since 89, Firefox 89, Safari 15; in 2026 a fault with several modules was mended: the portal has one",
  "explicit-resource-management": "wasm-bindgen asks for Symbol.dispose before it sets it",
  "screen-wake-lock": "the check-in card is shown, and the screen goes dark as usual",
  "async-clipboard": "in all browsers for a text that a press copies (limited is the reading of other types)",
} as const;

/** Later features of the style, and what happens without them. */
const STYLE = {
  'At-rule "@page"': "a printed page has the browser's own margins",
  'Function "color-mix"': "the light theme that light-dark() leaves has no corner and its own grounds; a spot below a pressed icon is missing",
  'Function "light-dark"': "@supports: the light theme, and no button for the dark one",
  'Media condition "scripting"': "without scripts the form stands below the sentence about them",
  'Property "accent-color"': "a control has the browser's own colour",
  'Property "forced-color-adjust"': "where it is missing, no colours are forced",
  'Property "outline"': "the focus ring has corners",
  'Property "overscroll-behavior-y"': "a pull at the top of a page reloads it",
  'Property "print-color-adjust"': "written with the prefix of WebKit and older Chromium as well",
  'Property "text-size-adjust"': "written with the prefix of WebKit as well",
  'Property "text-wrap"': "a last line may have one word",
  'Selector "has"': "before the program runs both fields are there; a chosen option has no ground, and some cards another place",
  'Unit "lh"': "the line is less high; targets have their text's size where the text has a line of its own",
  'Value "avoid" of property "break-after"': "a heading may stand alone at the foot of a printed page",
} as const;

/**
 * Versions that are later than Baseline 2022. The style's minifier writes `(width <= 30rem)` for `(max-width: 30rem)`,
 * and without targets: https://github.com/trunk-rs/trunk/blob/main/src/processing/minify.rs
 */
const LATER: Record<string, string> = { safari: "16.4", safari_ios: "16.4" };

const files = (ending: string) => readdirSync(DIST).filter((name) => name.endsWith(ending));
const read = (name: string) => readFileSync(join(DIST, name), "utf8");

/** The parts of a page in such an element. */
const inline = (page: string, element: string) =>
  [...read(page).matchAll(new RegExp(`<${element}>(.*?)</${element}>`, "gs"))].map(([, text]) => text!);

test("scripts: use nothing that came after Baseline 2022 without a fallback", () => {
  const linter = new Linter();
  const found = new Set<string>();
  const scripts = [...files(".js").map(read), ...inline("index.html", "script")];
  expect(scripts.length).toBeGreaterThan(2);
  for (const script of scripts) {
    const problems = linter.verify(script, [
      { plugins: { "baseline-js": baseline as never }, languageOptions: { sourceType: "module", ecmaVersion: "latest" } },
      { rules: baseline.configs.recommended({ available: YEAR, level: "error" }).rules as never },
    ]);
    for (const { message } of problems) found.add(/\(([\w-]+)\)/.exec(message)?.[1] ?? message);
  }
  expect([...found].sort()).toEqual(Object.keys(SCRIPTS).sort());
});

test("style: uses nothing that came after Baseline 2022 without a fallback", async () => {
  const found = new Set<string>();
  const styles = [...files(".css").map(read), ...inline("index.html", "style")];
  expect(styles).toHaveLength(2);
  for (const code of styles) {
    const { results } = await stylelint.lint({
      code,
      config: { plugins: ["stylelint-plugin-use-baseline"], rules: { "plugin/use-baseline": [true, { available: YEAR }] } },
      configBasedir: import.meta.dirname,
    });
    for (const { text } of results[0]!.warnings) found.add(text.replace(/ is not a .*/, ""));
  }
  expect([...found].sort()).toEqual(Object.keys(STYLE).sort());
});

test("README: has the versions of the browsers that Baseline 2022 means", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const versions = getCompatibleVersions({ targetYear: YEAR, includeDownstreamBrowsers: true });
  for (const [browser, name] of Object.entries({
    chrome: "Chrome",
    edge: "Edge",
    firefox: "Firefox",
    safari: "Safari",
    safari_ios: "Safari on iPhone and iPad",
    samsunginternet_android: "Samsung Internet",
    webview_android: "Android WebView",
  })) {
    const { version } = versions.find((it) => it.browser === browser)!;
    expect(readme).toContain(`| ${name} | ${LATER[browser] ?? Number.parseFloat(version)} |`);
  }
});
