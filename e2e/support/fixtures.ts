// The base of every end-to-end test: a sandbox for each worker that serves the built portal, behind nginx
// where that is installed (see `DIRECT`); it is reset before each test, and console and storage are
// checked after it (see `cleanState`).
//
//     import { expect, test } from "../support/fixtures.ts";
//
//     test("a patient signs in", async ({ page, sandbox }) => {
//       await page.goto("/");
//       …
//       expect(await sandbox.wire()).toHaveLength(2);
//     });
//
// A test that provokes a console message names it:
// `test.use({ allowedConsole: [/^the message's first words/] })`.
//
// With LOGISTRATION_E2E_HYDRATION_DELAY=300 in the environment, the program of every page starts 300
// milliseconds late, as on a slow device: a test that relies on early hydration fails.

import { test as base, expect, type BrowserContext, type LaunchOptions } from "@playwright/test";
import { APPLICATION_COOKIE } from "./new_application.ts";
import { BROTLI } from "./web_server.ts";
import type { Language } from "./messages.ts";
import { Sandbox } from "./sandbox.ts";

export { expect };

const direct = (description: string) => ({ tag: "@direct", annotation: { type: "direct", description } });

/**
 * Tests go through nginx where it is installed, with the configuration of deploy/. Those with one of these
 * bypass it; each names what nginx would hide.
 */
export const DIRECT = {
  /** nginx_and_caddy.server.ts tests nginx's own responses. */
  gatewayAnswers: direct("a gateway replaces the response to this fault"),
  /** The headers of a build are made for one configuration, with the origins that may be called. */
  crossOrigin: direct("services at another origin, which the build's headers do not allow"),
  /** A gateway removes the cookies of patient calls by itself. */
  cookies: direct("a gateway removes cookies from patient calls"),
  /** The application of examples/ takes the place of the gateway. */
  application: direct("an application is in front of the sandbox"),
  /** nginx reads the file from disk, where it is complete or missing. */
  configFile: direct("a fault of config.json, which a gateway serves from disk"),
  /** A web server has no files of a hospital but those of the release. */
  assets: direct("the sandbox serves the hospital's logo from its folder"),
  /** nginx has the languages of audiences in its own settings; languages.server.ts changes them. */
  audienceLanguage: direct("the sandbox takes the languages of audiences from config.json"),
  /** The limits of a visit are measured with brotli. */
  bytes: BROTLI ? {} : direct("the size of a visit with brotli, which this nginx does not have"),
};

/** Tests that run at night only, by `cargo xtask nightly chromium`: others see the same mistake in most cases. */
export const NIGHTLY = { tag: "@nightly" };

/** Tests whose pages differ in nothing but words from one language to the other: in Arabic they run at night. */
export const alikeIn = (language: Language, ...tags: string[]) => ({ tag: language === "ar" ? [...tags, NIGHTLY.tag] : tags });

/**
 * For `test.use`: Chromium itself, where other tests run in its headless shell. Only a browser with a
 * window requests the page's icon.
 */
export const WINDOW = {
  launchOptions: async (
    { launchOptions }: { launchOptions: LaunchOptions },
    use: (options: LaunchOptions) => Promise<void>,
  ) => use({ ...launchOptions, executablePath: process.env.CHROMIUM ?? launchOptions.executablePath }),
};

/** Chromium's own message for every response without success. */
const FAILED_REQUEST = /^Failed to load resource: /;

/** The only two keys that the portal may store. */
const ALLOWED_KEYS = new Set(["language", "theme"]);

/** The session cookie of a SPICE 2.0 service. */
export const AUTH_COOKIE = "AuthCookie";

/** The cookie that SPICE's servlet container sets with each sign-in, refused ones included. No call needs it. */
const SERVLET_COOKIE = "JSESSIONID";

/** The browser's cookies, without the servlet container's. */
export const applicationCookies = async (context: BrowserContext) =>
  (await context.cookies()).filter(({ name }) => name !== SERVLET_COOKIE);

interface Options {
  /**
   * Console warnings and errors that the test provokes, in one expression: Playwright takes a list of two
   * for a value and its options.
   */
  allowedConsole: [] | [RegExp];
  /** Whether the test ends with a cookie of the staff service. The test says why. */
  endsWithAuthCookie: boolean;
  /** Whether the test ends with the cookie of examples/new-application. */
  endsWithApplicationCookie: boolean;
  /** Whether the test breaks the program on purpose. */
  brokenOnPurpose: boolean;
  /** Whether the portal may cache its own files; the test checks them itself. */
  keepsFiles: boolean;
}

interface Checks {
  cleanState: void;
}

const HYDRATION_DELAY = Number(process.env.LOGISTRATION_E2E_HYDRATION_DELAY ?? 0);

/** Delays the first program of each page, by a timer that a stopped clock does not affect. */
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
  endsWithApplicationCookie: [false, { option: true }],
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
   * Resets the sandbox before each test. After it: no page threw, or logged an unexpected warning or error,
   * the program did not panic, and nothing but language and theme was stored.
   */
  cleanState: [
    async (
      { sandbox, context, allowedConsole, brokenOnPurpose, endsWithAuthCookie, endsWithApplicationCookie, keepsFiles },
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

      // Read before any assertion, since a closed page cannot be read.
      const expected = [
        ...(endsWithAuthCookie ? [`cookie ${AUTH_COOKIE}`] : []),
        ...(endsWithApplicationCookie ? [`cookie ${APPLICATION_COOKIE}`] : []),
      ];
      // A sign-out with a cookie runs in the background: the test may end before it.
      let stored = await storedData(context, keepsFiles);
      for (let tries = 0; tries < 50 && stored.length > expected.length; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        stored = await storedData(context, keepsFiles);
      }
      const failed = await failedPages(context);
      expect.soft(consoleErrors, "the browser's console").toEqual([]);
      expect.soft(stored, "what the portal left in the browser").toEqual(expected);
      if (!brokenOnPurpose) expect.soft(failed, "pages whose program gave up").toEqual([]);
    },
    { auto: true },
  ],
});

/** URLs of the pages whose program panicked or did not load: `boot.js` and the portal mark them. */
async function failedPages(context: BrowserContext): Promise<string[]> {
  const found: string[] = [];
  for (const page of context.pages()) {
    if (await page.locator("html[data-app-failed]").count()) found.push(page.url());
  }
  return found;
}

/** Everything that the context's pages have stored, except the allowed keys. */
async function storedData(context: BrowserContext, keepsFiles: boolean): Promise<string[]> {
  const found: string[] = [];
  const state = await context.storageState();
  for (const cookie of state.cookies) {
    if (!ALLOWED_KEYS.has(cookie.name) && cookie.name !== SERVLET_COOKIE) found.push(`cookie ${cookie.name}`);
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
