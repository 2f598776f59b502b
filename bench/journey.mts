// From a first visit to the record on the screen, as on a slow phone: the time of each step, with all
// fields filled at once and with keys typed at a person's speed.

import type { Browser, CDPSession } from "playwright";
import { emulatePhone, evaluate, withTimeout, PHONE, sleep } from "./visit.mts";

/** Sample people of the sandbox: the value of each field, by its id. */
const PEOPLE = {
  patient: { path: "/", fields: { phone: "0501234567", "national-id": "1012345672" } },
  staff: { path: "/staff", fields: { username: "kavya_pro@spice.mdt", password: "Spice@123" } },
} as const;
export type Audience = keyof typeof PEOPLE;
/** The interval between two keys of a fast typist. */
const KEY_MS = 90;

/** Milliseconds since the navigation began. */
export interface Journey {
  firstPaint: number;
  /** Boot script and glue are loaded; older builds have two files. */
  bootScript: number;
  /** The program is loaded. */
  wasm: number;
  /** The page is hydrated. */
  ready: number;
  /** The button was pressed. */
  pressed: number;
  /** The first request to a service is sent; its last response is received. */
  firstRequest: number;
  lastResponse: number;
  /** The record is in the document, and on the screen. */
  inDocument: number;
  painted: number;
  /** From the press to the record on the screen. */
  pressedToPainted: number;
}

/** Signs in once, in its own browser context. */
export async function journey(
  browser: Browser,
  url: string,
  audience: Audience,
  typing: "at once" | "like a person",
): Promise<Journey> {
  const { path, fields } = PEOPLE[audience];
  const context = await browser.newContext({ ...PHONE, locale: "en-US" });
  try {
    const page = await context.newPage();
    await page.addInitScript(observe, { fields, atOnce: typing === "at once" });
    const cdp = await context.newCDPSession(page);
    await emulatePhone(cdp);
    await page.goto(new URL(path, url).href, { waitUntil: "commit" });
    const done = evaluate<Journey>(cdp, "window.journey.done");
    if (typing === "like a person") {
      await evaluate(cdp, "window.journey.fillable");
      await type(cdp, fields);
    }
    return await withTimeout(done, `${url}: no record was shown (${audience})`);
  } finally {
    await context.close();
  }
}

async function type(cdp: CDPSession, fields: Record<string, string>): Promise<void> {
  for (const [id, text] of Object.entries(fields)) {
    await evaluate(cdp, `document.getElementById("${id}").focus()`);
    for (const key of text) {
      await cdp.send("Input.dispatchKeyEvent", { type: "char", text: key });
      await sleep(KEY_MS);
    }
  }
  await evaluate(cdp, "window.journey.press()");
}

declare global {
  interface Window {
    journey: { fillable: Promise<unknown>; press(): void; done: Promise<Journey> };
  }
}

/** Runs in the page, before its own scripts. */
function observe({ fields, atOnce }: { fields: Record<string, string>; atOnce: boolean }): void {
  const html = () => document.documentElement;
  const when = (there: () => boolean) =>
    new Promise<number>((resolve) => {
      const look = () => {
        if (!there()) return;
        observer.disconnect();
        resolve(performance.now());
      };
      const observer = new MutationObserver(look);
      observer.observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      look();
    });
  const firstPaint = new Promise<number>((resolve) =>
    new PerformanceObserver((list, observer) => {
      const entry = list.getEntriesByName("first-contentful-paint")[0];
      if (!entry) return;
      observer.disconnect();
      resolve(entry.startTime);
    }).observe({ type: "paint", buffered: true }),
  );
  // After the boot script, which is a module: from then on a press is held.
  const parsed = new Promise<void>((resolve) =>
    addEventListener("DOMContentLoaded", () => resolve(), { once: true }),
  );
  const ready = when(() => html()?.hasAttribute("data-app-ready"));
  const heading = () => document.querySelector("h1")?.textContent ?? "";
  let pressed = 0;
  let before = "";
  const press = () => {
    before = heading();
    pressed = performance.now();
    document.querySelector<HTMLButtonElement>("form button[type=submit]")?.click();
  };
  const fillable = Promise.all([firstPaint, parsed]);
  if (atOnce) {
    void fillable.then(() => {
      for (const [id, text] of Object.entries(fields)) {
        const input = document.getElementById(id) as HTMLInputElement;
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
      press();
    });
  }
  const resources = () => performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const arrived = (name: RegExp) =>
    Math.max(...resources().filter((it) => name.test(it.name)).map((it) => it.responseEnd));
  const done = async (): Promise<Journey> => {
    const inDocument = await when(() => pressed > 0 && !["", before].includes(heading()));
    // A frame has been painted when the next one begins.
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    const painted = performance.now();
    const calls = resources().filter((it) => /\/(api|auth-service)\//.test(it.name));
    return {
      firstPaint: await firstPaint,
      bootScript: arrived(/\/(boot|logistration)-\w+\.js/),
      wasm: arrived(/\.wasm/),
      ready: await ready,
      pressed,
      firstRequest: Math.min(...calls.map((it) => it.requestStart)),
      lastResponse: Math.max(...calls.map((it) => it.responseEnd)),
      inDocument,
      painted,
      pressedToPainted: painted - pressed,
    };
  };
  window.journey = { fillable, press, done: done() };
}
