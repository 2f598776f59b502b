// A first visit as on a slow phone: nothing cached, Lighthouse's mobile throttling applied by the
// browser; transferred bytes and times.

import type { Browser, CDPSession } from "playwright";
import { probe, type Seen, type ReadySignal } from "./probe.mts";
import { Traffic } from "./traffic.mts";

/** Lighthouse's slow 4G and its slowdown of a desktop processor. */
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
/** How long a page is observed after it became usable. */
const OBSERVED_AFTER_MS = 2_000;
const TIMEOUT_MS = 60_000;

/** The measurements of a first visit; times in milliseconds since the navigation began. */
export interface Visit {
  /** All transferred bytes, headers included. */
  transferred: number;
  requests: number;
  firstContentfulPaint: number;
  usable: number;
  cumulativeLayoutShift: number;
  totalBlockingTime: number;
  /** In bytes; see `memoryOf`. */
  memory: number;
}

/** Visits the site once, in its own browser context. */
export async function visit(browser: Browser, url: string, signal: ReadySignal): Promise<Visit> {
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    await page.addInitScript(probe, signal);
    const cdp = await context.newCDPSession(page);
    const traffic = await Traffic.of(cdp);
    await emulatePhone(cdp);
    await page.goto(url, { waitUntil: "commit", timeout: TIMEOUT_MS });
    const usable = await withTimeout(
      evaluate<number>(cdp, "window.bench.usable"),
      `${url} was not usable within ${TIMEOUT_MS / 1_000} seconds`,
    );
    await sleep(OBSERVED_AFTER_MS);
    const seen = await evaluate<Seen>(cdp, "window.bench.seen()");
    const { firstContentfulPaint } = seen;
    if (firstContentfulPaint === null) throw new Error(`${url} painted nothing`);
    const answers = traffic.responses();
    return {
      transferred: answers.reduce((sum, { bytes }) => sum + bytes, 0),
      requests: answers.length,
      firstContentfulPaint,
      usable,
      cumulativeLayoutShift: layoutShift(seen),
      totalBlockingTime: blockingTime(seen, firstContentfulPaint, usable + OBSERVED_AFTER_MS),
      memory: await memoryOf(cdp, seen),
    };
  } finally {
    await context.close();
  }
}

/** Throttles network and processor. */
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
 * Memory of the page after a garbage collection: JavaScript and DOM objects, and the linear memory of
 * WebAssembly. Compiled code is not included; the browser does not report it.
 */
async function memoryOf(cdp: CDPSession, { wasmMemory }: Seen): Promise<number> {
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize } = await cdp.send("Runtime.getHeapUsage");
  return usedSize + embedderHeapUsedSize + wasmMemory;
}

/** Cumulative Layout Shift: the largest session window, as the Web Vitals define it. */
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

/** Total time by which tasks of the main thread exceeded 50 ms, between two moments. */
function blockingTime({ longTasks }: Seen, from: number, to: number): number {
  return longTasks.reduce((sum, { start, duration }) => {
    const within = Math.min(start + duration, to) - Math.max(start, from);
    return sum + Math.max(0, within - 50);
  }, 0);
}

/**
 * Evaluates an expression by the DevTools protocol: Playwright's own `evaluate` injects a script whose
 * size matters on a throttled processor.
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

/** Rejects with the message after `TIMEOUT_MS`. */
export async function withTimeout<T>(promise: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
