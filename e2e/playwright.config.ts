// How the end-to-end tests run: the system's own Chromium against the built portal, which each
// worker's sandbox serves (support/fixtures.ts). The journeys run in its headless shell where HEADLESS_SHELL
// names one: the same engine without a window around each page, in half the time. Those that depend on
// the window have one all the same (WINDOW in support/fixtures.ts).
//
// journeys/  *.spec.ts: what a person does, by `cargo xtask test`
// servers/   *.server.ts ask the servers of deploy/, by `cargo xtask test --only servers`
// browsers/  *.gecko.ts drive Firefox, by `--firefox`; *.dev.ts what `trunk serve` serves, by
//            `--only commands`; *.shots.ts take the screenshots in docs/img/, by `cargo xtask shots`
// release/   *.release.ts: a release for a brand and within a folder, by `--only release`
// support/   what these stand on: fixtures, the sandbox, servers, people, texts, pages

import { defineConfig } from "@playwright/test";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser given by CHROMIUM, or the first on PATH. */
function chromium(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const program = join(folder, name);
      try {
        accessSync(program, constants.X_OK);
        return program;
      } catch {
        // Not there; on to the next.
      }
    }
  }
  throw new Error(`No browser: set CHROMIUM, or put one of ${names.join(", ")} on PATH.`);
}

const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: ".",
  outputDir: "test-results",
  fullyParallel: true,
  // One for each core.
  workers: "100%",
  // A second try only tells a flaky test from a broken one, by name at the end of the log: both are
  // failures.
  retries: 1,
  failOnFlakyTests: true,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [[process.stdout.isTTY ? "line" : "list"], ["./support/faults.reporter.ts"], ["./support/web_server.reporter.ts"]],
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    // So that dates, numbers and the first language do not depend on the machine.
    locale: "en-US",
    timezoneId: "Asia/Riyadh",
    colorScheme: "light",
    screenshot: "only-on-failure",
    // A recording of every first try costs a fifth of the run's time.
    trace: "on-first-retry",
    launchOptions: {
      executablePath: process.env.HEADLESS_SHELL ?? chromium(),
      // Chromium's own sandbox cannot be used by root.
      chromiumSandbox: !root,
      args: [
        ...(root ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "journeys", testMatch: "**/*.spec.ts" },
    { name: "shots", testMatch: "**/*.shots.ts" },
    { name: "servers", testMatch: "**/*.server.ts" },
    { name: "release", testMatch: "**/*.release.ts" },
    { name: "dev", testMatch: "**/*.dev.ts" },
    // Not of Playwright's kind of browsers: it only runs the tests, one Firefox at a time.
    { name: "firefox", testMatch: "**/*.gecko.ts", workers: 1, timeout: 120_000 },
  ],
});
