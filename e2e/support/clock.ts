// A clock that only the test advances: texts about time are then the same on a machine of any speed.

import type { Page } from "@playwright/test";

/** Stops the page's clock at `time`, by default now. Timers wait for `page.clock.runFor` and `runDueTimers`. */
export async function stopClock(page: Page, time: Date | string = new Date()): Promise<void> {
  const startMs = new Date(time).getTime();
  await page.clock.install({ time: startMs });
  await page.clock.pauseAt(startMs + 1_000);
}

/** Runs the timers that are due, such as the one that moves the focus after rendering. */
export async function runDueTimers(page: Page): Promise<void> {
  await page.clock.runFor(1);
}

/**
 * Advances the page's clock by the second until a condition holds, and returns the number of seconds. Timers
 * that a response starts need real time before them, which each step leaves.
 */
export async function advanceUntil(page: Page, condition: () => Promise<boolean>): Promise<number> {
  for (let seconds = 0; seconds < 300; seconds++) {
    if (await condition()) return seconds;
    await page.clock.runFor(1_000);
  }
  throw new Error("the condition did not hold within 300 seconds of the page's clock");
}
