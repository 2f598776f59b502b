// What can be wrong with how a page looks, for every_page.spec.ts, which looks at every page and state, and
// for appearance.spec.ts: each function finds one kind, and a page that is well has none of it.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** A phone as most people have one. */
export const PHONE = { width: 390, height: 844 };

/** What axe finds, best practices included: by all rules, by one alone, or by all but one. */
export async function axeViolations(page: Page, rules: { only?: string; not?: string } = {}): Promise<string[]> {
  // A page without frames needs no second page to put their results together.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  if (rules.only) builder.withRules([rules.only]);
  if (rules.not) builder.disableRules([rules.not]);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html}\n${failureSummary}`),
  );
}

/** Texts that cannot be told from what is behind them, by the colours that are drawn. */
export async function lowContrastTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element | null): string => {
      if (!element) return "rgb(255, 255, 255)";
      const colour = getComputedStyle(element).backgroundColor;
      return channels(colour)[3] === 0 ? behind(element.parentElement) : colour;
    };
    const found: string[] = [];
    for (const element of document.querySelectorAll("*")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!own || !element.checkVisibility()) continue;
      const two = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
      const ratio = (two[0]! + 0.05) / (two[1]! + 0.05);
      if (ratio < 4.5) found.push(`${ratio.toFixed(1)}: ${element.outerHTML.slice(0, 90)}`);
    }
    return found;
  });
}

/** What is cut off, sticks out of the window, or stands on something else. */
export async function layoutDefects(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const open = document.querySelector("dialog[open]");
    const root = open ?? document.body;
    const width = document.documentElement.clientWidth;
    const isVisible = (element: Element) =>
      element.checkVisibility() && !element.closest(".visually-hidden, .skip, .said, .notice");
    const name = (element: Element) =>
      `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent?.trim().slice(0, 40)}`;
    if (document.documentElement.scrollWidth > width) {
      found.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${width}`);
    }
    // The letters themselves, line by line.
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
        // The box that is drawn around it holds it.
        const around = of.closest("button, .button, .card, .choice__option, .error-summary, .badge, .sign-in, dialog");
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
        // Lines may touch: letters do not fill the box of theirs.
        if (across > 2 && down > 0.45 * Math.min(box.height, other.box.height)) {
          found.push(`on each other: ${name(of)} and ${name(other.of)}`);
        }
      }
    });
    for (const element of root.querySelectorAll("button, a, input, label, .badge, .card")) {
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

/** What there is to press that is smaller than a thumb. */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector("dialog[open]") ?? document;
    const found: string[] = [];
    for (const element of root.querySelectorAll("a[href], button, input, label.choice__option")) {
      if (!element.checkVisibility() || element.matches(".skip:not(:focus), [type=radio]")) continue;
      const { width, height } = element.getBoundingClientRect();
      // A hundredth for what a fraction of a pixel is rounded to.
      if (Math.min(width, height) < 43.99) {
        found.push(`${element.textContent?.trim()}: ${width.toFixed(1)} × ${height.toFixed(1)}`);
      }
    }
    return found;
  });
}

/** Goes through everything there is by Tab; tells what is reached and cannot be seen. */
export async function hiddenFocus(page: Page): Promise<string[]> {
  const found: string[] = [];
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
      // Four points within, and the middle.
      for (const [x, y] of [[0.5, 0.5], [0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]] as const) {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        if (!top || !(now.contains(top) || top.contains(now))) return [which, `under ${top?.outerHTML.slice(0, 80)}`];
      }
      const toast = document.querySelector(".said[data-shown]")?.getBoundingClientRect();
      if (toast && box.bottom > toast.top && box.right > toast.left && box.left < toast.right) {
        return [which, "under what has just been said"];
      }
      const { outlineStyle, outlineWidth } = getComputedStyle(now.matches("[type=radio]") ? now.parentElement! : now);
      if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2) return [which, "without a ring"];
      return [which, ""];
    });
    if (defect) found.push(`${which}: ${defect}`);
    // The browser's own bar ends the round.
    if (!which || which === first) break;
    first ??= which;
  }
  expect(first, "something takes the focus").toBeDefined();
  return found;
}

/** What has an edge of its own to be told by. */
const EDGED =
  ".sign-in, .card, .button, .badge, .choice__option, .error-summary, .field__input, .field__switch, .password__toggle, .dialog, .field__note[data-shown], .farewell[data-shown]";

/** Whether each edge can be told from what is within it. */
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

/** Gives the two colours that lines and edges are drawn in: of a light line, and of a strong one. */
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

/** How far the main part is from either side, and its longest line and its width in letters. */
export async function pageMeasure(page: Page) {
  return page.evaluate(() => {
    const main = [...document.querySelectorAll("main")].find((it) => it.checkVisibility())!;
    const box = main.getBoundingClientRect();
    // In letters: the width of a line by the width of a nought.
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

/** Makes the text twice as large, as a person may in the browser; or gives it its size again. */
export async function doubleTextSize(page: Page, on: boolean): Promise<void> {
  await page.evaluate((size) => (document.documentElement.style.fontSize = size), on ? "200%" : "");
}

/** Gives the page the spacing that WCAG 1.4.12 asks it to bear; or takes it back. */
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
