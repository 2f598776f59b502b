// The sandbox of crates/sandbox, as tests start it: with the built portal, and behind nginx where that is
// wanted.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DIST, endWithThisProcess, WebServer, type WebServerKind } from "./web_server.ts";

const here = dirname(fileURLToPath(import.meta.url));

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
export interface WireEntry {
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
export interface PlannedFault {
  call: Call;
  times: number | null;
  fault: Fault;
}

/** A patient the sandbox knows. */
export interface SandboxPatient {
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
export interface SandboxStaff {
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
    private server?: WebServer,
  ) {}

  /** The portal's address. */
  get portal(): string {
    return this.server?.url ?? this.url;
  }

  /**
   * A sandbox, behind a server of deploy/ if LOGISTRATION_FRONT says so, which `alone` keeps away. The
   * control API stays the sandbox's: no server lets it through. It hands out `dist`, within the
   * folder `base`, with the `config.json` of the folder `config`, by default one of its own.
   */
  static async start({
    direct = false,
    dist = DIST,
    base = "",
    config,
  }: { direct?: boolean; dist?: string; base?: string; config?: string } = {}): Promise<Sandbox> {
    const kind = direct ? undefined : (process.env.LOGISTRATION_FRONT as WebServerKind | undefined);
    const program =
      process.env.LOGISTRATION_SANDBOX_BIN ?? resolve(here, "../../target/debug/sandbox");
    const folder = mkdtempSync(join(tmpdir(), "logistration-e2e-"));
    writeFileSync(configPath(folder), "{}");
    const child = spawn(
      program,
      [
        ...["--port", "0", "--portal", dist, "--base", base],
        ...["--config", configPath(config ?? folder), "--quiet"],
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    endWithThisProcess(child);
    try {
      const sandbox = new Sandbox(await listeningUrl(child), child, folder);
      if (kind) {
        sandbox.server = await WebServer.start(kind, {
          services: sandbox.url,
          config: config ?? folder,
          dist,
          hospitalNetwork: true,
          noPhoneLimit: true,
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
    await this.server?.reload();
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, "exit");
      this.child.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Every request to a service since the last reset, in order. */
  async wire(): Promise<WireEntry[]> {
    return (await this.control("GET", "wire")).json() as Promise<WireEntry[]>;
  }

  /** Forgets the requests so far, and nothing else. */
  async clearWire(): Promise<void> {
    await this.control("DELETE", "wire");
  }

  /** No faults, no requests, nobody locked or signed in, and an empty configuration. */
  async reset(): Promise<void> {
    this.config({});
    await this.control("POST", "reset");
  }

  /** From now on the services' answers go wrong in these ways. */
  async faults(plan: PlannedFault[]): Promise<void> {
    await this.control("PUT", "faults", plan);
  }

  /** The sample people. */
  async people(): Promise<{ patients: SandboxPatient[]; staff: SandboxStaff[] }> {
    return (await this.control("GET", "people")).json() as Promise<{
      patients: SandboxPatient[];
      staff: SandboxStaff[];
    }>;
  }

  /**
   * What `/config.json` says from now on: any JSON, or a text as it is, to test a broken one;
   * `undefined` for no such file.
   */
  config(content: unknown): void {
    if (content === undefined) {
      rmSync(configPath(this.folder), { force: true });
      return;
    }
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(configPath(this.folder), text);
  }

  private async control(method: string, what: string, body?: unknown): Promise<Response> {
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

function configPath(folder: string): string {
  return join(folder, "config.json");
}

/** The address the sandbox says it listens on. */
async function listeningUrl(child: ChildProcess): Promise<string> {
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
