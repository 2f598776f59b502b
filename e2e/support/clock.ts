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
