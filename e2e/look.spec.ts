// How the portal looks where a person, a system or a screen asks for something else than usual: high
// contrast, chosen colours, stillness, large text, wide spacing, very small and very large screens.
// And what must not happen on any of them: things that move, cover each other or are too small.

import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { ABDULLAH, KAVYA } from "./people.ts";
import { expect, test } from "./portal.ts";
import { scan } from "./scanner.ts";
import { asPatient, asStaff, elsewhere, everywhere, type Look } from "./tour.ts";
import { LANGUAGES } from "./words.ts";

const PHONE = { width: 390, height: 844 };

/** Axe finds nothing: by all rules, by one alone, or by all but one. */
async function axe(page: Page, what: string, rules: { only?: string; not?: string } = {}): Promise<void> {
  const builder = new AxeBuilder({ page });
  if (rules.only) builder.withRules([rules.only]);
  if (rules.not) builder.disableRules([rules.not]);
  const { violations } = await builder.analyze();
  const named = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
  expect.soft(named, what).toEqual([]);
}

/** Texts that cannot be told from what is behind them, by the colours that are drawn. */
async function faint(page: Page): Promise<string[]> {
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
async function untidy(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const open = document.querySelector("dialog[open]");
    const root = open ?? document.body;
    const width = document.documentElement.clientWidth;
    const seen = (element: Element) =>
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
      if (!of || !text.textContent?.trim() || !seen(of)) continue;
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
      if (!seen(element)) continue;
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
async function small(page: Page): Promise<string[]> {
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
async function hidden(page: Page): Promise<string[]> {
  const found: string[] = [];
  let first: string | undefined;
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const [which, trouble] = await page.evaluate(() => {
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
      const said = document.querySelector(".said[data-shown]")?.getBoundingClientRect();
      if (said && box.bottom > said.top && box.right > said.left && box.left < said.right) {
        return [which, "under what has just been said"];
      }
      const { outlineStyle, outlineWidth } = getComputedStyle(now.matches("[type=radio]") ? now.parentElement! : now);
      if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2) return [which, "without a ring"];
      return [which, ""];
    });
    if (trouble) found.push(`${which}: ${trouble}`);
    // The browser's own bar ends the round.
    if (!which || which === first) break;
    first ??= which;
  }
  expect(first, "something takes the focus").toBeDefined();
  return found;
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    // A walk takes its time.
    test.setTimeout(180_000);

    for (const [size, viewport] of [
      ["320 px", { width: 320, height: 640 }],
      ["390 px", PHONE],
      ["768 px", { width: 768, height: 1024 }],
      ["on its side", { width: 844, height: 390 }],
    ] as const) {
      test.describe(size, () => {
        test.use({ viewport });

        test("nothing is cut off, covered, out of the window or too small to press", async ({
          page, patientSignIn, record, sandbox, staffSignIn, words,
        }) => {
          await everywhere({ page, patientSignIn, record, sandbox, staffSignIn, words }, async (what) => {
            expect.soft(await untidy(page), what).toEqual([]);
            expect.soft(await small(page), what).toEqual([]);
          });
        });
      });
    }

    for (const [how, viewport, prepare] of [
      ["text at 200 % on a desk", { width: 1280, height: 800 }, enlarge],
      ["text at 200 % on a phone", PHONE, enlarge],
      ["WCAG's text spacing on a desk", { width: 1280, height: 800 }, space],
      ["WCAG's text spacing on a small phone", { width: 320, height: 640 }, space],
    ] as const) {
      test.describe(how, () => {
        test.use({ viewport });

        test("nothing is cut off, covered or out of the window", async ({
          page, patientSignIn, record, sandbox, staffSignIn, words,
        }) => {
          const look: Look = async (what) => {
            await prepare(page);
            expect.soft(await untidy(page), what).toEqual([]);
          };
          await everywhere({ page, patientSignIn, record, sandbox, staffSignIn, words }, look);
        });
      });
    }

    for (const colorScheme of ["light", "dark"] as const) {
      test.describe(`with colours that the person chose, ${colorScheme}`, () => {
        test.use({ colorScheme, contextOptions: { forcedColors: "active" } });

        test("every edge, state, badge and ring is still there", async ({
          page, patientSignIn, record, sandbox, staffSignIn, words,
        }) => {
          const guide = { page, patientSignIn, record, sandbox, staffSignIn, words };
          const look: Look = async (what) => {
            // Axe reads `-webkit-text-fill-color`, which is not among the colours that are chosen.
            await axe(page, what, { not: "color-contrast" });
            expect.soft(await faint(page), what).toEqual([]);
            const parts = await edges(page);
            expect.soft(parts.filter((part) => !part.endsWith(": seen")), what).toEqual([]);
          };
          await patientSignIn.open("/");
          expect((await edges(page)).length).toBeGreaterThan(4);
          await asPatient(guide, look);
          await asStaff(guide, async (what) => {
            await look(what);
            if (what !== "roles") return;
            expect(await page.locator(".badge").count()).toBeGreaterThan(5);
            // Where one is can be told from where one is not.
            const mark = (link: Locator) =>
              link.evaluate((it) => getComputedStyle(it).borderBlockEndColor);
            const here = record.navigation.getByRole("link", { name: words.roles });
            const there = record.navigation.getByRole("link", { name: words.profile });
            const ground = await page
              .locator(".header")
              .evaluate((it) => getComputedStyle(it).backgroundColor);
            expect(await mark(here)).not.toBe(ground);
            expect(await mark(there)).toBe(ground);
          });
          await elsewhere(guide, look);
        });

        test("the focus is seen on everything that takes it", async ({ page, patientSignIn, staffSignIn }) => {
          for (const [open, path] of [
            [patientSignIn, "/"],
            [staffSignIn, "/staff"],
          ] as const) {
            await open.open(path);
            expect(await hidden(page)).toEqual([]);
          }
          // The ring is of another colour than what is behind it.
          await patientSignIn.open("/");
          await patientSignIn.submit.focus();
          const [ring, ground] = await patientSignIn.submit.evaluate((it) => [
            getComputedStyle(it).outlineColor,
            getComputedStyle(it.closest(".sign-in")!).backgroundColor,
          ]);
          expect(ring).not.toBe(ground);
        });

        test("a scanner still reads the check-in card", { tag: "@scanner" }, async ({ page, patientSignIn, record }, info) => {
          await patientSignIn.enter(ABDULLAH);
          const codes = [`CODE-128:${ABDULLAH.patientId}`, `QR-Code:${ABDULLAH.patientId}`];
          expect(await scan(page.getByRole("main"), info)).toEqual(codes);
          expect(await scan(await record.fullScreen(), info)).toEqual(codes);
        });
      });

      test.describe(`with more contrast, ${colorScheme}`, () => {
        test.use({ colorScheme, contextOptions: { contrast: "more" } });

        test("every text has seven to one, and lines are as strong as edges", async ({
          page, patientSignIn, record, sandbox, staffSignIn, words,
        }) => {
          await everywhere({ page, patientSignIn, record, sandbox, staffSignIn, words }, async (what) => {
            await axe(page, what, { only: "color-contrast-enhanced" });
            const [line, strong] = await page.evaluate(() => {
              const probe = document.createElement("i");
              document.body.append(probe);
              const colours = ["--line", "--line-strong"].map((name) => {
                probe.style.color = `var(${name})`;
                return getComputedStyle(probe).color;
              });
              probe.remove();
              return colours;
            });
            expect(line).toBe(strong);
          });
        });
      });
    }

    test("nothing moves for who wants stillness", async ({ page, patientSignIn, record, words }) => {
      const moving = () =>
        page.evaluate(() =>
          [...document.querySelectorAll("*")]
            .filter((element) => {
              const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
              const lasts = `${transitionDuration},${animationDuration}`.split(",");
              return lasts.some((time) => Number.parseFloat(time) > 0) || scrollBehavior === "smooth";
            })
            .map((element) => element.className),
        );
      await patientSignIn.open("/");
      expect(await moving()).not.toEqual([]);
      await page.emulateMedia({ reducedMotion: "reduce" });
      expect(await moving()).toEqual([]);
      await patientSignIn.signIn(ABDULLAH);
      await record.heading(words.profile).waitFor();
      expect(await moving()).toEqual([]);
    });

    test.describe("on a very large screen", () => {
      test.use({ viewport: { width: 3840, height: 2160 } });

      test("pages keep a measure that can be read, in the middle", async ({
        page, patientSignIn, record, sandbox, staffSignIn, words,
      }) => {
        await everywhere({ page, patientSignIn, record, sandbox, staffSignIn, words }, async (what) => {
          if (what.startsWith("check-in card")) return;
          expect.soft(await untidy(page), what).toEqual([]);
          const { left, right, longest, size } = await page.evaluate(() => {
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
            return { left: box.left, right: innerWidth - box.right, longest: Math.max(...letters), size };
          });
          expect.soft(Math.abs(left - right), what).toBeLessThanOrEqual(16);
          // Sixty letters of the language's own size.
          expect.soft(3840 - left - right, what).toBeLessThanOrEqual(60 * size);
          expect.soft(longest, what).toBeLessThanOrEqual(90);
        });
      });
    });

    for (const [path, name] of [
      ["/", "a patient"],
      ["/staff", "a member of staff"],
    ] as const) {
      test(`${name} signs in without scrolling on a phone, a small one too`, async ({ page, patientSignIn }) => {
        for (const viewport of [PHONE, { width: 375, height: 667 }, { width: 360, height: 640 }]) {
          await page.setViewportSize(viewport);
          await patientSignIn.open(path);
          const all = await page.evaluate(() => document.documentElement.scrollHeight);
          expect.soft(all, JSON.stringify(viewport)).toBeLessThanOrEqual(viewport.height);
          await expect(patientSignIn.button(patientSignIn.words.signIn)).toBeInViewport({ ratio: 1 });
        }
      });
    }

    test("the focus is never hidden, whatever is on the page", async ({
      page, patientSignIn, record, sandbox, staffSignIn, words,
    }) => {
      await page.setViewportSize({ width: 390, height: 500 });
      await asPatient({ page, patientSignIn, record, sandbox, staffSignIn, words }, async (what) => {
        // The walk itself types and waits in these.
        if (/with notes|have to wait|whole screen/.test(what)) return;
        expect.soft(await hidden(page), what).toEqual([]);
      });
      await staffSignIn.open("/staff");
      await staffSignIn.signIn(KAVYA);
      await record.heading(words.roles).waitFor();
      expect.soft(await hidden(page), "roles").toEqual([]);
    });

    test("what is said over the foot of the window does not cover the focus", async ({
      page, patientSignIn, record, words,
    }) => {
      await page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
      });
      await page.setViewportSize({ width: 390, height: 500 });
      await patientSignIn.enter(ABDULLAH);
      await record.copyButton(words.nationalId).click();
      await expect(record.notice).toHaveText(words.copyRefused);
      expect(await hidden(page)).toEqual([]);
    });

    test("nothing moves by itself: coming, reading on in the other language, coming in", async ({
      page, patientSignIn, record, sandbox, words,
    }) => {
      await page.addInitScript(() => {
        const shifts: string[] = [];
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const shift = entry as unknown as {
              value: number;
              hadRecentInput: boolean;
              sources: { node?: Node }[];
            };
            if (shift.hadRecentInput) continue;
            const what = shift.sources.map(({ node }) => (node as Element | undefined)?.className ?? node?.nodeName);
            shifts.push(`${shift.value}: ${what.join()}`);
          }
        }).observe({ type: "layout-shift", buffered: true });
      });
      const shifts = async () => {
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 600))));
        return page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
      };
      // The program arrives late: the served page is on the screen for a while.
      await page.route("**/*.wasm", async (route) => {
        await new Promise((done) => setTimeout(done, 700));
        await route.continue();
      });
      for (const path of ["/", "/staff", "/nowhere"]) {
        await patientSignIn.open(path);
        expect.soft(await shifts(), path).toEqual([]);
        // Asked for by the program, not by a press, which would excuse everything.
        await patientSignIn.languageButton.evaluate((button: HTMLElement) => button.click());
        await expect(page.locator("html")).not.toHaveAttribute("lang", language);
        await page.getByRole("banner").getByRole("button").last().evaluate((button: HTMLElement) => button.click());
        await expect(page.locator("html")).toHaveAttribute("lang", language);
      }
      // With a foot, which would be seen to move.
      sandbox.config({ brand: { helpPhone: "9200 00000" } });
      await patientSignIn.open("/");
      await sandbox.faults([{ call: "login", times: 1, fault: { kind: "delay", ms: 1_200 } }]);
      await patientSignIn.signIn(ABDULLAH);
      await record.heading(words.profile).waitFor();
      expect.soft(await shifts(), "after a slow sign-in").toEqual([]);
      await record.go(words.addresses);
      expect.soft(await shifts(), "on to the addresses").toEqual([]);
    });

    test("the shape of a page shows only when a page takes longer than 300 ms", async ({ page, patientSignIn, words }) => {
      let answer = () => {};
      const asked = new Promise<void>((resolve) => (answer = resolve));
      await page.route("**/*.wasm", async (route) => {
        await asked;
        await route.continue();
      });
      // Each frame from the first: how long ago that was by the clock that shows the shape, which a
      // busy machine may start later than any other; and whether it is there.
      await page.addInitScript(() => {
        const frames: [number, boolean][] = [];
        Object.assign(window, { frames });
        const look = () => {
          const portal = document.getElementById("portal");
          if (portal && !portal.hasChildNodes()) {
            const { opacity, content } = getComputedStyle(portal, "::after");
            const [animation] = portal.getAnimations({ subtree: true });
            const since = Number(animation?.currentTime ?? 0);
            frames.push([since, content !== "none" && opacity !== "0"]);
          }
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      await page.goto("/nowhere", { waitUntil: "commit" });
      const frames = () => page.evaluate(() => (window as unknown as { frames: [number, boolean][] }).frames);
      await expect.poll(async () => (await frames()).some(([, there]) => there)).toBe(true);
      const all = await frames();
      const shown = all.find(([, there]) => there)![0];
      expect(shown).toBeGreaterThanOrEqual(280);
      expect(all.filter(([after]) => after < 280).length).toBeGreaterThan(0);
      answer();
      await patientSignIn.heading(words.pageNotFound).waitFor();
      await expect(page.locator("#portal:empty")).toHaveCount(0);
    });
  });
}

/** What has an edge of its own to be told by. */
const EDGED =
  ".sign-in, .card, .button, .badge, .choice__option, .error-summary, .field__input, .field__switch, .password__toggle, .dialog, .field__note[data-shown], .farewell[data-shown]";

/** Whether each edge can be told from what is within it. */
async function edges(page: Page): Promise<string[]> {
  return page.evaluate(
    (edged) =>
      [...document.querySelectorAll(edged)]
        .filter((it) => it.checkVisibility())
        .map((it) => {
          const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(it);
          const none = borderTopStyle === "none" || Number.parseFloat(borderTopWidth) < 1;
          const told = none ? "no edge" : borderTopColor === backgroundColor ? borderTopColor : "seen";
          return `${it.className}: ${told}`;
        }),
    EDGED,
  );
}

/** As a person who has the browser's text twice as large. */
async function enlarge(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
}

/** The spacing that WCAG 1.4.12 asks a page to bear. */
async function space(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }" +
        "p { margin-block-end: 2em !important }",
    );
    document.adoptedStyleSheets = [sheet];
  });
}
