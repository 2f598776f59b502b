// What every end-to-end test stands on: a sandbox of its worker's own that serves the built portal,
// behind nginx where that is there (see `DIRECT`); set back before each test; and a look afterwards at
// what the portal left behind (see `tidy`).
//
//     import { expect, test } from "./fixtures.ts";
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
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { BROTLI, DIST, endWithThisProcess, Front, type Kind } from "./front.ts";

export { expect };

const here = dirname(fileURLToPath(import.meta.url));

const direct = (description: string) => ({ tag: "@direct", annotation: { type: "direct", description } });

/**
 * Every test goes through nginx where it is there, as deploy/ has it. Those with one of these do not:
 * each says what a server in front would hide.
 */
export const DIRECT = {
  /** servers.front.ts looks at what it answers. */
  answersItself: direct("to this fault a gateway has an answer of its own"),
  /** The headers that go with a build are made for one configuration: which origins may be called. */
  otherOrigin: direct("services at another origin, which a gateway's headers would have to name"),
  /** It reads the file from the disk, where it is whole or not there. */
  ownFile: direct("config.json that comes broken; a gateway hands it out itself"),
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

/** The calls of the two services, what a browser asks before them, and the portal's configuration. */
export type Call =
  | "exists"
  | "login"
  | "verify"
  | "resend"
  | "session"
  | "logout"
  | "validate"
  | "preflight"
  | "config";

/** One request as the sandbox received it. */
export interface Entry {
  /** Counts from 0 since the last reset. */
  number: number;
  call: Exclude<Call, "config"> | "unknown";
  method: string;
  path: string;
  query: string | null;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** The fields of a form, when the body is one. */
  form: Record<string, string> | null;
  /** `null` where no answer was given. */
  status: number | null;
  fault: string | null;
  atMs: number;
}

/** What can go wrong with an answer; crates/sandbox says what each does. */
export type Fault =
  | {
      kind: "status";
      status: number;
      contentType?: string;
      body?: string;
      headers?: Record<string, string>;
    }
  | { kind: "delay"; ms: number }
  | { kind: "truncate"; bytes: number }
  | { kind: "drip"; bytesPerSecond: number }
  | { kind: "headers"; set?: Record<string, string>; remove?: string[] }
  | {
      kind:
        | "shortBody"
        | "dropBefore"
        | "reset"
        | "duplicateHeaders"
        | "dropAfterHeaders"
        | "endless"
        | "noCors"
        | "noAuthorization"
        | "redirectLoop"
        | "gzipBomb";
    };

/** The next `times` calls meet the fault; `null` for all of them. */
export interface Planned {
  call: Call;
  times: number | null;
  fault: Fault;
}

/** A patient the sandbox knows. */
export interface Patient {
  name: string;
  /** What is special about this one. */
  note: string;
  phone: string;
  nationalId: string | null;
  patientId: string | null;
  /** The code that is asked for, where one is. */
  oneTimeCode?: string;
  /** What a login answers. */
  answer: unknown;
}

/** A member of staff the sandbox knows. */
export interface Colleague {
  name: string;
  /** What is special about this one. */
  note: string;
  username: string;
  password: string;
  /** The entrance where this one may enter. */
  client: string;
  state: "active" | "locked" | "inactive";
  /** What a session answers. */
  answer: unknown;
}

/** The sandbox of this worker. */
export class Sandbox {
  private constructor(
    /** Its address, and the portal's where nothing is in front: no slash at the end. */
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
    private front?: Front,
  ) {}

  /** The portal's address. */
  get portal(): string {
    return this.front?.url ?? this.url;
  }

  /**
   * A sandbox, behind a server of deploy/ if LOGISTRATION_FRONT says so, which `alone` keeps away. The
   * control API stays the sandbox's: no server lets it through. It hands out `dist`, within the
   * folder `base`, with the `config.json` of the folder `config`, by default one of its own.
   */
  static async start({
    alone = false,
    dist = DIST,
    base = "",
    config,
  }: { alone?: boolean; dist?: string; base?: string; config?: string } = {}): Promise<Sandbox> {
    const front = alone ? undefined : (process.env.LOGISTRATION_FRONT as Kind | undefined);
    const program =
      process.env.LOGISTRATION_SANDBOX_BIN ?? resolve(here, "../target/debug/sandbox");
    const folder = mkdtempSync(join(tmpdir(), "logistration-e2e-"));
    writeFileSync(configIn(folder), "{}");
    const child = spawn(
      program,
      [
        ...["--port", "0", "--portal", dist, "--base", base],
        ...["--config", configIn(config ?? folder), "--quiet"],
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    endWithThisProcess(child);
    try {
      const sandbox = new Sandbox(await listening(child), child, folder);
      if (front) {
        sandbox.front = await Front.start(front, {
          services: sandbox.url,
          config: config ?? folder,
          dist,
          atHome: true,
          uncounted: true,
        });
      }
      return sandbox;
    } catch (error) {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** As after a release: a server in front begins anew. */
  async reload(): Promise<void> {
    await this.front?.reload();
  }

  async stop(): Promise<void> {
    await this.front?.stop();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, "exit");
      this.child.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Every request to a service since the last reset, in order. */
  async wire(): Promise<Entry[]> {
    return (await this.ask("GET", "wire")).json() as Promise<Entry[]>;
  }

  /** Forgets the requests so far, and nothing else. */
  async clearWire(): Promise<void> {
    await this.ask("DELETE", "wire");
  }

  /** No faults, no requests, nobody locked or signed in, and an empty configuration. */
  async reset(): Promise<void> {
    this.config({});
    await this.ask("POST", "reset");
  }

  /** From now on the services' answers go wrong in these ways. */
  async faults(plan: Planned[]): Promise<void> {
    await this.ask("PUT", "faults", plan);
  }

  /** The sample people. */
  async people(): Promise<{ patients: Patient[]; staff: Colleague[] }> {
    return (await this.ask("GET", "people")).json() as Promise<{
      patients: Patient[];
      staff: Colleague[];
    }>;
  }

  /**
   * What `/config.json` says from now on: any JSON, or a text as it is, to test a broken one;
   * `undefined` for no such file.
   */
  config(content: unknown): void {
    if (content === undefined) {
      rmSync(configIn(this.folder), { force: true });
      return;
    }
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(configIn(this.folder), text);
  }

  private async ask(method: string, what: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.url}/__sandbox/${what}`, {
      method,
      // The sandbox ends the connections it keeps whenever faults change: one kept for the next question
      // may be gone by then.
      headers: { connection: "close", ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`sandbox: ${method} ${what}: ${response.status} ${await response.text()}`);
    }
    return response;
  }
}

function configIn(folder: string): string {
  return join(folder, "config.json");
}

/** The address the sandbox says it listens on. */
async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the sandbox has no output");
  const failed = once(child, "error").then(([error]) => {
    throw new Error(`cannot run the sandbox (cargo build -p sandbox): ${error}`);
  });
  const lines = createInterface(child.stdout);
  const ended = once(lines, "close").then(() => {
    throw new Error("the sandbox ended before it listened");
  });
  const first = once(lines, "line").then(([line]) => {
    const url = /^listening on (http:\/\/\S+?)\/?$/.exec(String(line))?.[1];
    if (!url) throw new Error(`the sandbox said: ${line}`);
    return url;
  });
  // The losers of the race may fail later, when nobody listens any more.
  for (const promise of [failed, ended, first]) promise.catch(() => {});
  // `lines` stays open: whatever else is said is read and let go, so the sandbox never blocks.
  return Promise.race([first, failed, ended]);
}

/** Chromium writes this by itself for every answer that is not a success. */
const FAILED_REQUEST = /^Failed to load resource: /;

/** The only two things the portal may leave in the browser. */
const KEPT = new Set(["language", "theme"]);

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
  tidy: void;
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
  tidy: [
    async (
      { sandbox, context, allowedConsole, brokenOnPurpose, endsWithAuthCookie, keepsFiles },
      use,
    ) => {
      const complaints: string[] = [];
      context.on("console", (message) => {
        if (!["warning", "error", "assert"].includes(message.type())) return;
        const text = message.text();
        if (FAILED_REQUEST.test(text) || allowedConsole.some((allowed) => allowed.test(text))) return;
        complaints.push(`${message.type()}: ${text}`);
      });
      context.on("weberror", (error) => {
        const text = `uncaught: ${error.error()}`;
        if (brokenOnPurpose || allowedConsole.some((allowed) => allowed.test(text))) return;
        complaints.push(text);
      });
      await sandbox.reset();

      await use();

      // A closed page can no longer be asked, and storage is looked at before it says something.
      const expected = endsWithAuthCookie ? [`cookie ${AUTH_COOKIE}`] : [];
      const stored = await storedIn(context, keepsFiles);
      const failed = await failedIn(context);
      expect.soft(complaints, "the browser's console").toEqual([]);
      expect.soft(stored, "what the portal left in the browser").toEqual(expected);
      if (!brokenOnPurpose) expect.soft(failed, "pages whose program gave up").toEqual([]);
    },
    { auto: true },
  ],
});

/** The pages whose program panicked or did not load: `boot.js` and the portal mark them. */
async function failedIn(context: BrowserContext): Promise<string[]> {
  const found: string[] = [];
  for (const page of context.pages()) {
    if (await page.locator("html[data-app-failed]").count()) found.push(page.url());
  }
  return found;
}

/** What the context's pages keep, apart from what they may keep. */
async function storedIn(context: BrowserContext, keepsFiles: boolean): Promise<string[]> {
  const found: string[] = [];
  const state = await context.storageState();
  for (const cookie of state.cookies) {
    if (!KEPT.has(cookie.name)) found.push(`cookie ${cookie.name}`);
  }
  for (const origin of state.origins) {
    for (const { name } of origin.localStorage) {
      if (!KEPT.has(name)) found.push(`localStorage ${name}`);
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
      if (!KEPT.has(name)) found.push(`sessionStorage ${name}`);
    }
    for (const name of databases) found.push(`indexedDB ${name}`);
  }
  return found;
}
