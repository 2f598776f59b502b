// What every end-to-end test stands on: a sandbox of its worker's own that serves the built portal,
// behind nginx where that is there (see `DIRECT`); set back before each test; and a look afterwards at
// what the portal left behind (see `tidy`).
//
//     import { expect, test } from "../support/fixtures.ts";
//
//     test("a patient signs in", async ({ page, sandbox }) => {
//       await page.goto("/");
//       …
//       expect(await sandbox.wire()).toHaveLength(2);
//     });
//
// A test that provokes a console message on purpose says which:
// `test.use({ allowedConsole: [/^words it begins with/] })`.
//
// With LOGISTRATION_E2E_HYDRATION_DELAY=300 in the environment, every page's program starts so many
// milliseconds late, as on a slow device: a test that takes for granted that it is there fails.

import { test as base, expect, type BrowserContext, type LaunchOptions } from "@playwright/test";
import { BROTLI } from "./web_server.ts";
import { Sandbox } from "./sandbox.ts";

export { expect };

const direct = (description: string) => ({ tag: "@direct", annotation: { type: "direct", description } });

/**
 * Every test goes through nginx where it is there, as deploy/ has it. Those with one of these do not:
 * each says what a server in front would hide.
 */
export const DIRECT = {
  /** nginx_and_caddy.server.ts looks at what it answers. */
  gatewayAnswers: direct("to this fault a gateway has an answer of its own"),
  /** The headers that go with a build are made for one configuration: which origins may be called. */
  crossOrigin: direct("services at another origin, which a gateway's headers would have to name"),
  /** It reads the file from the disk, where it is whole or not there. */
  configFile: direct("config.json that comes broken; a gateway hands it out itself"),
  /** What a visit may cost is said of brotli. */
  bytes: BROTLI ? {} : direct("what a visit costs with brotli, which this nginx does not have"),
};

/**
 * For `test.use`: Chromium itself, where the other tests run in its headless shell. Only a browser with
 * a window asks for the page's icon.
 */
export const WINDOW = {
  launchOptions: async (
    { launchOptions }: { launchOptions: LaunchOptions },
    use: (options: LaunchOptions) => Promise<void>,
  ) => use({ ...launchOptions, executablePath: process.env.CHROMIUM ?? launchOptions.executablePath }),
};

/** Chromium writes this by itself for every answer that is not a success. */
const FAILED_REQUEST = /^Failed to load resource: /;

/** The only two things the portal may leave in the browser. */
const ALLOWED_KEYS = new Set(["language", "theme"]);

/** What a staff service of version 2.0 leaves there, until it takes it back. */
export const AUTH_COOKIE = "AuthCookie";

interface Options {
  /**
   * Console warnings and errors that the test provokes. One expression for all of them: a list of two
   * is a value and its options to Playwright.
   */
  allowedConsole: [] | [RegExp];
  /** Whether the test ends with a cookie of the staff service, and says why. */
  endsWithAuthCookie: boolean;
  /** Whether the test takes the portal's program away, so that it cannot come up. */
  brokenOnPurpose: boolean;
  /** Whether the test lets the portal keep its own files: it looks at them itself. */
  keepsFiles: boolean;
}

interface Checks {
  cleanState: void;
}

const HYDRATION_DELAY = Number(process.env.LOGISTRATION_E2E_HYDRATION_DELAY ?? 0);

/** Lets the first program of each page start late, by a clock that no test can stop. */
async function delayHydration(context: BrowserContext): Promise<void> {
  await context.addInitScript((delay) => {
    const { setTimeout } = window;
    const original = window.WebAssembly?.instantiateStreaming;
    if (!original) return;
    let first = true;
    WebAssembly.instantiateStreaming = async (...args) => {
      if (first) await new Promise((done) => setTimeout(done, delay));
      first = false;
      return original(...args);
    };
  }, HYDRATION_DELAY);
}

export const test = base.extend<Options & Checks, { sandbox: Sandbox }>({
  allowedConsole: [[], { option: true }],
  endsWithAuthCookie: [false, { option: true }],
  brokenOnPurpose: [false, { option: true }],
  keepsFiles: [false, { option: true }],

  sandbox: [
    async ({}, use) => {
      const sandbox = await Sandbox.start();
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: "worker" },
  ],

  context: async ({ context }, use) => {
    if (HYDRATION_DELAY > 0) await delayHydration(context);
    await use(context);
  },

  baseURL: async ({ sandbox }, use, { tags }) =>
    use(tags.includes("@direct") ? sandbox.url : sandbox.portal),

  /**
   * Before each test the sandbox is as new. After it: no page of the test threw, or wrote a warning
   * or an error that was not expected, the program did not panic, and nothing but language and theme
   * was stored.
   */
  cleanState: [
    async (
      { sandbox, context, allowedConsole, brokenOnPurpose, endsWithAuthCookie, keepsFiles },
      use,
    ) => {
      const consoleErrors: string[] = [];
      context.on("console", (message) => {
        if (!["warning", "error", "assert"].includes(message.type())) return;
        const text = message.text();
        if (FAILED_REQUEST.test(text) || allowedConsole.some((allowed) => allowed.test(text))) return;
        consoleErrors.push(`${message.type()}: ${text}`);
      });
      context.on("weberror", (error) => {
        const text = `uncaught: ${error.error()}`;
        if (brokenOnPurpose || allowedConsole.some((allowed) => allowed.test(text))) return;
        consoleErrors.push(text);
      });
      await sandbox.reset();

      await use();

      // A closed page can no longer be asked, and storage is looked at before it says something.
      const expected = endsWithAuthCookie ? [`cookie ${AUTH_COOKIE}`] : [];
      const stored = await storedData(context, keepsFiles);
      const failed = await failedPages(context);
      expect.soft(consoleErrors, "the browser's console").toEqual([]);
      expect.soft(stored, "what the portal left in the browser").toEqual(expected);
      if (!brokenOnPurpose) expect.soft(failed, "pages whose program gave up").toEqual([]);
    },
    { auto: true },
  ],
});

/** The pages whose program panicked or did not load: `boot.js` and the portal mark them. */
async function failedPages(context: BrowserContext): Promise<string[]> {
  const found: string[] = [];
  for (const page of context.pages()) {
    if (await page.locator("html[data-app-failed]").count()) found.push(page.url());
  }
  return found;
}

/** What the context's pages keep, apart from what they may keep. */
async function storedData(context: BrowserContext, keepsFiles: boolean): Promise<string[]> {
  const found: string[] = [];
  const state = await context.storageState();
  for (const cookie of state.cookies) {
    if (!ALLOWED_KEYS.has(cookie.name)) found.push(`cookie ${cookie.name}`);
  }
  for (const origin of state.origins) {
    for (const { name } of origin.localStorage) {
      if (!ALLOWED_KEYS.has(name)) found.push(`localStorage ${name}`);
    }
  }
  for (const page of context.pages()) {
    if (!page.url().startsWith("http")) continue;
    const { session, databases, files } = await page.evaluate(async () => ({
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      files: [
        ...(await caches.keys()).map((name) => `cache ${name}`),
        ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => `worker ${scope}`),
      ],
    }));
    if (!keepsFiles) found.push(...files);
    for (const name of session) {
      if (!ALLOWED_KEYS.has(name)) found.push(`sessionStorage ${name}`);
    }
    for (const name of databases) found.push(`indexedDB ${name}`);
  }
  return found;
}
