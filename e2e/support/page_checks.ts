// Checks of a page's appearance for every_page.spec.ts and appearance.spec.ts. Each returns a list of one
// kind of defect, empty for a correct page.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** A common phone. */
export const PHONE = { width: 390, height: 844 };

/** The page's texts with digits other than Latin ones, which no page has unless `digits` says so. */
export async function otherDigits(page: Page): Promise<string[]> {
  const lines = (await page.locator("body").innerText()).split("\n");
  return lines.filter((line) => /(?![0-9])\p{Nd}/u.test(line));
}

/**
 * What axe cannot decide, by rule and reason, and what decides it. Anything else that it cannot decide is a defect: of
 * the page, or of this list.
 */
const UNDECIDED: [rule: string, reason: RegExp, decidedBy: string][] = [
  ["color-contrast", /due to a background gradient/, "lowContrastTexts reads gradients"],
  // In an open dialog: axe does not know that it is above the page.
  ["color-contrast", /overlapped by another element|partially overlaps other elements/, "layoutDefects finds what covers a text, lowContrastTexts reads its ground"],
];

/**
 * Violations found by axe, best practices included, and what it cannot decide and is not in the list above: by all
 * rules, by one, or by all but some.
 */
export async function axeViolations(page: Page, rules: { only?: string; not?: string[] } = {}): Promise<string[]> {
  // A page without frames needs no second page to merge the results.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  if (rules.only) builder.withRules([rules.only]);
  if (rules.not) builder.disableRules(rules.not);
  const { incomplete, violations } = await builder.analyze();
  const isDecided = (id: string, why: string) => UNDECIDED.some(([rule, reason]) => rule === id && reason.test(why));
  return [
    ...violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html}\n${failureSummary}`)),
    ...incomplete.flatMap(({ id, nodes }) =>
      nodes
        .map(({ html, any, all, none }) => ({ html, why: [...any, ...all, ...none].map(({ message }) => message).join(", ") }))
        .filter(({ why }) => !isDecided(id, why))
        .map(({ html, why }) => `${id}, not decided: ${html}: ${why}`),
    ),
  ];
}

/** Texts with a contrast below 4.5 to 1, by their computed colours. */
export async function lowContrastTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // Of `rgb(1, 2, 3)`, or `color(srgb 0.1 0.2 0.3)` where colours are mixed.
    const channels = (colour: string) => {
      const scale = colour.startsWith("color(srgb ") ? 255 : 1;
      return (colour.match(/[\d.]+/g) ?? []).map((part) => Number(part) * scale);
    };
    const light = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    // The colours behind a text: of its ground, and of the colours that a gradient lays over it.
    const behind = (element: Element | null): string[] => {
      if (!element) return ["rgb(255, 255, 255)"];
      const { backgroundColor, backgroundImage } = getComputedStyle(element);
      const grounds = channels(backgroundColor)[3] === 0 ? behind(element.parentElement) : [backgroundColor];
      const stops = backgroundImage.includes("gradient(") ? (backgroundImage.match(/(rgba?|color)\([^)]*\)/g) ?? []) : [];
      return grounds.flatMap((ground) => [
        ground,
        ...stops.map((stop) => {
          const [below, over] = [channels(ground), channels(stop)];
          const part = over[3] === undefined ? 1 : over[3] / (stop.startsWith("color(") ? 255 : 1);
          return `rgb(${[0, 1, 2].map((i) => over[i]! * part + below[i]! * (1 - part)).join(", ")})`;
        }),
      ]);
    };
    const found: string[] = [];
    for (const element of document.querySelectorAll("*")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!own || !element.checkVisibility()) continue;
      const ratios = behind(element).map((ground) => {
        const two = [light(getComputedStyle(element).color), light(ground)].sort((a, b) => b - a);
        return (two[0]! + 0.05) / (two[1]! + 0.05);
      });
      const ratio = Math.min(...ratios);
      if (ratio < 4.5) found.push(`${ratio.toFixed(1)}: ${element.outerHTML.slice(0, 90)}`);
    }
    return found;
  });
}

/** Text and controls that are cut off, outside the window or overlapping. */
export async function layoutDefects(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const open = document.querySelector("dialog[open]");
    const root = open ?? document.body;
    const width = document.documentElement.clientWidth;
    const isVisible = (element: Element) =>
      element.checkVisibility() && !element.closest(".visually-hidden, .skip, .toast, .notice");
    const name = (element: Element) =>
      `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent?.trim().slice(0, 40)}`;
    if (document.documentElement.scrollWidth > width) {
      found.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${width}`);
    }
    // The boxes of the text lines.
    const lines: { box: DOMRect; of: Element }[] = [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const of = text.parentElement;
      if (!of || !text.textContent?.trim() || !isVisible(of)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        if (box.width < 1) continue;
        lines.push({ box, of });
        if (box.left < -1 || box.right > width + 1) found.push(`out of the window: ${name(of)}`);
        // The text is inside the box drawn around it.
        const around = of.closest("button, .button, .card, .choice__option, .error-summary, .badge, .sign-in, .brand-pane, .support, dialog");
        const edge = around && root.contains(around) ? around.getBoundingClientRect() : undefined;
        if (edge && (box.left < edge.left - 1 || box.right > edge.right + 1)) {
          found.push(`out of its box: ${name(of)}`);
        }
        if (edge && (box.top + box.bottom < 2 * edge.top || box.top + box.bottom > 2 * edge.bottom)) {
          found.push(`above or below its box: ${name(of)}`);
        }
      }
    }
    lines.forEach(({ box, of }, index) => {
      for (const other of lines.slice(index + 1)) {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        // Line boxes may overlap a little: letters do not fill them.
        if (across > 2 && down > 0.45 * Math.min(box.height, other.box.height)) {
          found.push(`on each other: ${name(of)} and ${name(other.of)}`);
        }
      }
    });
    for (const element of root.querySelectorAll("button, a, input, label, .badge, .card, .support, .brand-pane")) {
      if (!isVisible(element)) continue;
      const clipped = getComputedStyle(element).overflow !== "visible";
      if (clipped && element.localName !== "input" && element.scrollHeight > element.clientHeight + 1) {
        found.push(`cut off: ${name(element)}`);
      }
      if (element.localName === "input") {
        const line = Number.parseFloat(getComputedStyle(element).fontSize) * 1.15;
        if (!element.matches("[type=radio]") && element.clientHeight < line) {
          found.push(`too low for its text: ${name(element)}`);
        }
      }
    }
    return [...new Set(found)];
  });
}

/** Controls smaller than 44 px. */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector("dialog[open]") ?? document;
    const found: string[] = [];
    for (const element of root.querySelectorAll("a[href], button, input, summary, label.choice__option")) {
      if (!element.checkVisibility() || element.matches(".skip:not(:focus), [type=radio]")) continue;
      const { width, height } = element.getBoundingClientRect();
      // A tolerance for rounded fractions of a pixel.
      if (Math.min(width, height) < 43.99) {
        found.push(`${element.textContent?.trim()}: ${width.toFixed(1)} × ${height.toFixed(1)}`);
      }
    }
    return found;
  });
}

/** Presses Tab through the page; returns the focused elements that are not visible, and the number that Tab leaves out. */
export async function hiddenFocus(page: Page): Promise<string[]> {
  const found: string[] = [];
  const reached = new Set<string>();
  let first: string | undefined;
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const [which, defect] = await page.evaluate(() => {
      const now = document.activeElement;
      if (!now || now === document.body) return ["", ""];
      const all = [...document.querySelectorAll("*")];
      const box = now.getBoundingClientRect();
      const which = `${all.indexOf(now)} <${now.localName}> ${now.textContent?.trim().slice(0, 30)}`;
      if (box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) {
        return [which, "outside the window"];
      }
      // Four points within the element, and its centre.
      for (const [x, y] of [[0.5, 0.5], [0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]] as const) {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        if (!top || !(now.contains(top) || top.contains(now))) return [which, `under ${top?.outerHTML.slice(0, 80)}`];
      }
      const toast = document.querySelector(".toast[data-shown]")?.getBoundingClientRect();
      if (toast && box.bottom > toast.top && box.right > toast.left && box.left < toast.right) {
        return [which, "under what has just been said"];
      }
      const { outlineStyle, outlineWidth } = getComputedStyle(now.matches("[type=radio]") ? now.parentElement! : now);
      if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2) return [which, "without a ring"];
      return [which, ""];
    });
    if (defect) found.push(`${which}: ${defect}`);
    if (which === first) break;
    // From the last element the focus goes to the browser's own controls, and from there to the first.
    if (!which) continue;
    first ??= which;
    reached.add(which);
  }
  // Of radio buttons, which are one stop, the chosen one.
  const stops = await page.evaluate(
    () =>
      [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("a[href], button:enabled, input:enabled, summary")].filter(
        (it) => it.checkVisibility({ visibilityProperty: true }) && !it.matches("[type=radio]:not(:checked), [tabindex='-1']"),
      ).length,
  );
  expect(stops, "something takes the focus").toBeGreaterThan(0);
  if (reached.size < stops) found.push(`Tab reaches ${reached.size} of ${stops}: ${[...reached].join(", ")}`);
  return found;
}

/** The elements that are recognised by their edge. */
const EDGED =
  ".sign-in, .card, .button, .badge, .choice__option, .error-summary, .field__input, .field__action, .password__toggle, .dialog, .field__warning[data-shown], .signed-out-message[data-shown]";

/** The visibility of each element's edge against its background: `seen`, `no edge` or the common colour. */
export async function edgeVisibility(page: Page): Promise<string[]> {
  return page.evaluate(
    (edged) =>
      [...document.querySelectorAll(edged)]
        .filter((it) => it.checkVisibility())
        .map((it) => {
          const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(it);
          const none = borderTopStyle === "none" || Number.parseFloat(borderTopWidth) < 1;
          const result = none ? "no edge" : borderTopColor === backgroundColor ? borderTopColor : "seen";
          return `${it.className}: ${result}`;
        }),
    EDGED,
  );
}

/** The colours of thin and of strong lines. */
export async function lineColours(page: Page): Promise<[line: string, strong: string]> {
  return page.evaluate(() => {
    const probe = document.createElement("i");
    document.body.append(probe);
    const colour = (name: string) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const both: [string, string] = [colour("--line"), colour("--line-strong")];
    probe.remove();
    return both;
  });
}

/** The margins of the main part in px, its longest line in letters, and its width in rem. */
export async function pageMeasure(page: Page) {
  return page.evaluate(() => {
    const main = [...document.querySelectorAll("main")].find((it) => it.checkVisibility())!;
    const box = main.getBoundingClientRect();
    // A letter is about half the font size wide.
    const letters = [...document.querySelectorAll("p, li, bdi")]
      .filter((it) => it.checkVisibility() && it.textContent?.trim())
      .flatMap((it) => {
        const range = document.createRange();
        range.selectNodeContents(it);
        const size = Number.parseFloat(getComputedStyle(it).fontSize);
        return [...range.getClientRects()].map(({ width }) => width / (size / 2));
      });
    const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    return { left: box.left, right: innerWidth - box.right, longest: Math.max(...letters), width: box.width / size };
  });
}

/** Sets the text size to 200 %, like a browser's setting, or resets it. */
export async function doubleTextSize(page: Page, on: boolean): Promise<void> {
  await page.evaluate((size) => (document.documentElement.style.fontSize = size), on ? "200%" : "");
}

/** Sets the text spacing of WCAG 1.4.12, or removes it. */
export async function wideTextSpacing(page: Page, on: boolean): Promise<void> {
  await page.evaluate((on) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }" +
        "p { margin-block-end: 2em !important }",
    );
    document.adoptedStyleSheets = on ? [sheet] : [];
  }, on);
}
