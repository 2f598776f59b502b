// A first visit as on a slow phone: nothing cached, Lighthouse's mobile throttling applied by the
// browser, and a look at what came over the wire and when.

import type { Browser, CDPSession } from "playwright";
import { probe, type Seen, type Sign } from "./probe.mts";
import { Traffic } from "./traffic.mts";

/** Lighthouse's slow 4G and its slow-down of a desktop's processor. */
export const THROTTLE = {
  roundTripMs: 150,
  downKilobitsPerSecond: 1_600,
  upKilobitsPerSecond: 750,
  cpuSlowdown: 4,
};
/** Lighthouse's phone. */
export const PHONE = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
};
/** How long after it became usable a page is still watched. */
const AFTERWARDS_MS = 2_000;
const PATIENCE_MS = 60_000;

/** What is measured of a first visit; times in milliseconds since the navigation began. */
export interface Visit {
  /** All that came over the wire, headers included, in bytes. */
  transferred: number;
  requests: number;
  firstContentfulPaint: number;
  usable: number;
  cumulativeLayoutShift: number;
  totalBlockingTime: number;
  /** See `memoryOf`; bytes. */
  memory: number;
}

/** Visits the site once, in a context of its own. */
export async function visit(browser: Browser, url: string, sign: Sign): Promise<Visit> {
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    // The program is text for the page: its types are the compiler's business only.
    await page.addInitScript(probe, sign);
    const cdp = await context.newCDPSession(page);
    const traffic = await Traffic.of(cdp);
    await emulatePhone(cdp);
    await page.goto(url, { waitUntil: "commit", timeout: PATIENCE_MS });
    const usable = await patiently(
      evaluate<number>(cdp, "window.bench.usable"),
      `${url} was not usable within ${PATIENCE_MS / 1_000} seconds`,
    );
    await sleep(AFTERWARDS_MS);
    const seen = await evaluate<Seen>(cdp, "window.bench.seen()");
    const { firstContentfulPaint } = seen;
    if (firstContentfulPaint === null) throw new Error(`${url} painted nothing`);
    const answers = traffic.answers();
    return {
      transferred: answers.reduce((sum, { bytes }) => sum + bytes, 0),
      requests: answers.length,
      firstContentfulPaint,
      usable,
      cumulativeLayoutShift: layoutShift(seen),
      totalBlockingTime: blockingTime(seen, firstContentfulPaint, usable + AFTERWARDS_MS),
      memory: await memoryOf(cdp, seen),
    };
  } finally {
    await context.close();
  }
}

/** Makes the line and the processor slow. */
export async function emulatePhone(cdp: CDPSession): Promise<void> {
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: THROTTLE.roundTripMs,
    downloadThroughput: (THROTTLE.downKilobitsPerSecond * 1_000) / 8,
    uploadThroughput: (THROTTLE.upKilobitsPerSecond * 1_000) / 8,
  });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE.cpuSlowdown });
}

/**
 * What the page keeps once garbage is collected: objects of JavaScript and the DOM, and the linear
 * memory of WebAssembly. Compiled code is not in it; the browser does not tell.
 */
async function memoryOf(cdp: CDPSession, { wasmMemory }: Seen): Promise<number> {
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize } = await cdp.send("Runtime.getHeapUsage");
  return usedSize + embedderHeapUsedSize + wasmMemory;
}

/** The worst second-long burst of shifts, as the Web Vitals define it. */
function layoutShift({ shifts }: Seen): number {
  let worst = 0;
  let sum = 0;
  let began = -Infinity;
  let last = -Infinity;
  for (const { at, value } of shifts) {
    if (at - last >= 1_000 || at - began >= 5_000) {
      sum = 0;
      began = at;
    }
    sum += value;
    last = at;
    worst = Math.max(worst, sum);
  }
  return worst;
}

/** By how much tasks of the main thread exceeded 50 ms, between two moments. */
function blockingTime({ longTasks }: Seen, from: number, to: number): number {
  return longTasks.reduce((sum, { start, duration }) => {
    const within = Math.min(start + duration, to) - Math.max(start, from);
    return sum + Math.max(0, within - 50);
  }, 0);
}

/**
 * Asks the page by the protocol itself: Playwright's own way puts a script of some size into the
 * page, which a slowed-down processor feels.
 */
export async function evaluate<T>(cdp: CDPSession, expression: string): Promise<T> {
  const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
  return result.value as T;
}

/** Waits, but not for ever. */
export async function patiently<T>(promise: Promise<T>, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(complaint)), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
