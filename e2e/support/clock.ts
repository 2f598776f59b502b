// A clock that only the test moves on: what the portal says of a time is then the same on a machine
// of any speed.

import type { Page } from "@playwright/test";

/** Stops the page's clock at `time`, or about now. Timers wait for `page.clock.runFor` and `settle`. */
export async function stopClock(page: Page, time: Date | string = new Date()): Promise<void> {
  const startMs = new Date(time).getTime();
  await page.clock.install({ time: startMs });
  await page.clock.pauseAt(startMs + 1_000);
}

/** Runs the timers that are due at once, such as the one that moves the focus to what was just rendered. */
export async function runDueTimers(page: Page): Promise<void> {
  await page.clock.runFor(1);
}
