// The end-to-end tests: the system's own Chromium against the built portal, which each worker's sandbox
// serves (support/fixtures.ts). The journeys run in the headless shell that HEADLESS_SHELL names: the same
// engine without a window, in half the time. Tests that need a window use Chromium (WINDOW in
// support/fixtures.ts).
//
// journeys/  *.spec.ts: journeys of patients and staff, by `cargo xtask test`; those with NIGHTLY in
//            support/fixtures.ts by `cargo xtask nightly chromium`
// servers/   *.server.ts: the servers and manifests of deploy/, by `cargo xtask test --only servers`
//            *.deletions.ts: each line of deploy/ taken out, by `cargo xtask nightly deletions`
//            *.container.ts: the container images, by `cargo xtask nightly container`
//            *.monitoring.ts: metrics and alerts, by `cargo xtask nightly monitoring`
//            *.load.ts: what one node carries, by `cargo xtask load`
//            *.traffic.ts: half an hour of calls through nginx, by `cargo xtask nightly traffic`
// browsers/  *.gecko.ts: Firefox, by `--firefox`; *.webkit.ts: WebKit, by `--only webkit`; *.dev.ts: `trunk serve`, by `--only commands`;
// floor/     *.floor.ts: old browsers, and what the built files need of a browser, by `--only floor`
// pictures/  *.pictures.ts: pages and components as in docs/img/, by `--only pictures`
// published/ *.published.ts: running SPICE services, by `--only published`
// release/   *.release.ts: a branded release under a base path, by `--only release`
// support/   fixtures, page objects, messages, people, the sandbox, web servers

import { defineConfig } from "@playwright/test";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of the browser: CHROMIUM, or the first on PATH. */
function chromium(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const program = join(folder, name);
      try {
        accessSync(program, constants.X_OK);
        return program;
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new Error(`No browser: set CHROMIUM, or put one of ${names.join(", ")} on PATH.`);
}

const root = process.getuid?.() === 0;

const launchOptions = {
  executablePath: process.env.HEADLESS_SHELL ?? chromium(),
  // Chromium's own sandbox does not work as root.
  chromiumSandbox: !root,
  args: [
    ...(root ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
};

/** The same browser and fonts draw the same pixels; the tolerance is for edges of letters. */
const pictures = {
  snapshotPathTemplate: "{testDir}/../docs/img/{arg}{ext}",
  use: { launchOptions: { ...launchOptions, executablePath: chromium() } },
  workers: "100%",
  expect: { timeout: 10_000, toHaveScreenshot: { animations: "disabled", caret: "hide", maxDiffPixels: 20, threshold: 0.02 } },
} as const;

/** Without the tests that run at night only. */
const withoutNightly = process.env.LOGISTRATION_NIGHT ? {} : { grepInvert: /@nightly/ };

export default defineConfig({
  testDir: ".",
  outputDir: "test-results",
  fullyParallel: true,
  // Three for each core: the tests of servers wait most of their time. Other projects have fewer.
  workers: "300%",
  // A retry only tells a flaky test from a broken one in the log: both are failures.
  retries: 1,
  failOnFlakyTests: true,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 10_000, toMatchAriaSnapshot: { pathTemplate: "{testDir}/support/trees/{arg}{ext}" } },
  reporter: [[process.stdout.isTTY ? "line" : "list"], ["./support/faults.reporter.ts"], ["./support/web_server.reporter.ts"], ["./support/deletions.reporter.ts"]],
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    // So that dates, numbers and the initial language do not depend on the machine.
    locale: "en-US",
    timezoneId: "Asia/Riyadh",
    colorScheme: "light",
    screenshot: "only-on-failure",
    // A trace of every first attempt costs a fifth of the run's time.
    trace: "on-first-retry",
    launchOptions,
  },
  projects: [
    { name: "journeys", testMatch: "**/*.spec.ts", workers: "100%", ...withoutNightly },
    { name: "pictures", testMatch: "**/*.pictures.ts", testIgnore: "**/readme.pictures.ts", ...pictures, ...withoutNightly },
    // Made of the pictures before it.
    { name: "readme", testMatch: "**/readme.pictures.ts", dependencies: ["pictures"], ...pictures },
    { name: "servers", testMatch: "**/*.server.ts" },
    { name: "deletions", testMatch: "**/*.deletions.ts", workers: "100%" },
    // One long run, by `cargo xtask nightly traffic`.
    { name: "traffic", testMatch: "**/*.traffic.ts", workers: 1, retries: 0 },
    // Against a container that is running.
    { name: "container", testMatch: "**/*.container.ts", workers: 1 },
    { name: "monitoring", testMatch: "**/*.monitoring.ts" },
    // Measures, by `cargo xtask load`.
    { name: "load", testMatch: "**/*.load.ts", workers: 1, retries: 0 },
    { name: "release", testMatch: "**/*.release.ts" },
    // In the oldest Chromium in which the portal works.
    {
      name: "floor",
      testMatch: "floor/*.floor.ts",
      workers: "100%",
      use: { launchOptions: { ...launchOptions, executablePath: join(import.meta.dirname, "floor/node_modules/.chromium/108/chromium") } },
    },
    { name: "dev", testMatch: "**/*.dev.ts" },
    // One at a time: a service counts sign-ins, and its accounts are few.
    { name: "published", testMatch: "**/*.published.ts", workers: 1, timeout: 120_000 },
    // Driven by WebDriver: Playwright only runs the tests.
    { name: "firefox", testMatch: "**/*.gecko.ts", workers: "100%", timeout: 120_000 },
    { name: "webkit", testMatch: "**/*.webkit.ts", workers: "100%", timeout: 120_000 },
  ],
});
