// Starts and controls the sandbox of crates/sandbox: with the built portal, and behind nginx where wanted.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DIST, endWithThisProcess, WebServer, type WebServerKind } from "./web_server.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** The calls of the two services, preflights, and the portal's configuration. */
export type Call =
  | "exists"
  | "login"
  | "verify"
  | "resend"
  | "patientLogout"
  | "session"
  | "logout"
  | "validate"
  | "profile"
  | "preflight"
  | "config";

/** One request as the sandbox received it. */
export interface WireEntry {
  /** Counted from 0 since the last reset. */
  number: number;
  call: Exclude<Call, "config"> | "unknown";
  method: string;
  path: string;
  query: string | null;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** The fields of the body, if it is a form. */
  form: Record<string, string> | null;
  /** `null` if no response was sent. */
  status: number | null;
  /** The rule of the documents that the request violated. */
  violation: string | null;
  fault: string | null;
  atMs: number;
}

/** A fault of a response; documented in crates/sandbox. */
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

/** A fault for the next `times` calls, or for all if `null`. */
export interface PlannedFault {
  call: Call;
  times: number | null;
  fault: Fault;
}

/** Options of the staff service; documented in crates/sandbox. */
export interface StaffOptions {
  /** The version of SPICE that answers all staff calls; `null` for both. */
  version: 1 | 2 | null;
  /** Refuses calls that no document describes. */
  strict: boolean;
  /** The origins that SPICE 2.0 accepts; `null` for those of this machine. */
  allowedOrigins: string[] | null;
  /** The `Domain` of its cookie. */
  cookieDomain: string | null;
  environment: "prod" | "dev";
  /** The longest head of a response, in bytes. */
  proxyBuffer: number | null;
  headerBuffer: number | null;
}

/** A part of the staff service that is down; documented in crates/sandbox. */
export interface Outage {
  part: "redis" | "database" | "signIn" | "signInStopped" | "user" | "restart" | "race";
  seconds?: number;
  times?: number;
  waitMs?: number;
}

/** A session of the staff service that has not ended. */
export interface StaffSession {
  version: 1 | 2;
  username: string;
  /** The `client` header of the sign-in. */
  client: string;
}

/** A person of the recordings, or the one of a role. */
export interface RecordedStaff {
  version: 1 | 2;
  username: string;
  password: string;
  state: "active" | "locked" | "inactive";
  damage: string | null;
  roles: string[];
  suiteAccess: string[] | null;
}

/** A patient of the sandbox. */
export interface SandboxPatient {
  name: string;
  /** What is special about this person. */
  note: string;
  phone: string;
  nationalId: string | null;
  patientId: string | null;
  /** The one-time code, where one is asked for. */
  oneTimeCode?: string;
  /** The response of a login. */
  answer: unknown;
}

/** A staff member of the sandbox. */
export interface SandboxStaff {
  name: string;
  /** What is special about this person. */
  note: string;
  username: string;
  password: string;
  /** The staff client that admits this person. */
  client: string;
  state: "active" | "locked" | "inactive";
  /** The response of a session. */
  answer: unknown;
}

/** The part of a hospital's configuration that tests look for. */
export interface HospitalConfig {
  brand: { name: string; nameAr: string; logo: string; accent: string };
}

/** The folder of the hospital that `cargo xtask start` shows. */
export const DEMO_HOSPITAL = resolve(here, "../../examples/demo-hospital");

/** A running sandbox. */
export class Sandbox {
  private constructor(
    /** The sandbox's URL, and the portal's without a web server in front; no slash at the end. */
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
    private server?: WebServer,
  ) {}

  /** The portal's URL. */
  get portal(): string {
    return this.server?.url ?? this.url;
  }

  /**
   * Starts a sandbox, behind a server of deploy/ if LOGISTRATION_FRONT names one and `direct` is not set.
   * The control API is only at the sandbox's own URL. It serves `dist` under the base path `base`, with
   * the `config.json` of the folder `config`, by default a folder of its own. With `replay`, the services
   * answer from that recording.
   */
  static async start({
    direct = false,
    dist = DIST,
    base = "",
    config,
    replay,
  }: { direct?: boolean; dist?: string; base?: string; config?: string; replay?: string } = {}): Promise<Sandbox> {
    const kind = direct ? undefined : (process.env.LOGISTRATION_FRONT as WebServerKind | undefined);
    const program =
      process.env.LOGISTRATION_SANDBOX_BIN ?? resolve(here, "../../target/debug/sandbox");
    const folder = mkdtempSync(join(tmpdir(), "logistration-e2e-"));
    writeFileSync(configPath(folder), "{}");
    const child = spawn(
      program,
      [
        ...["--port", "0", "--portal", dist, "--base", base],
        ...["--config", configPath(config ?? folder), "--assets", assetsPath(folder), "--quiet"],
        ...(replay ? ["--replay", replay] : []),
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

  /** Reloads the web server in front, as after a release. */
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

  /** Forgets the recorded requests. */
  async clearWire(): Promise<void> {
    await this.control("DELETE", "wire");
  }

  /** Removes faults, requests, locks, sessions and assets, and empties the configuration. */
  async reset(): Promise<void> {
    this.config({});
    rmSync(assetsPath(this.folder), { recursive: true, force: true });
    await this.control("POST", "reset");
  }

  /** Sets the faults of the services' next responses. */
  async faults(plan: PlannedFault[]): Promise<void> {
    await this.control("PUT", "faults", plan);
  }

  /** Changes options of the staff service until the next reset. */
  async staffOptions(changed: Partial<StaffOptions>): Promise<void> {
    await this.control("PUT", "staff", changed);
  }

  /** The sessions of the staff service that have not ended, by user name and client. */
  async sessions(): Promise<StaffSession[]> {
    return (await this.control("GET", "sessions")).json() as Promise<StaffSession[]>;
  }

  /** Takes a part of the staff service down, or none with `null`. */
  async outage(outage: Outage | null): Promise<void> {
    await this.control("PUT", "outage", outage);
  }

  /** Moves the clock of the staff service forward. */
  async forwardClock(ms: number): Promise<void> {
    await this.control("POST", "clock", { forwardMs: ms });
  }

  /** The sample people, and those of the recordings and of each role. */
  async people(): Promise<{ patients: SandboxPatient[]; staff: SandboxStaff[]; recorded: RecordedStaff[] }> {
    return (await this.control("GET", "people")).json() as Promise<{
      patients: SandboxPatient[];
      staff: SandboxStaff[];
      recorded: RecordedStaff[];
    }>;
  }

  /**
   * Sets `/config.json`: any JSON; a string as it is, for a broken file; `undefined` for no file.
   */
  config(content: unknown): void {
    if (content === undefined) {
      rmSync(configPath(this.folder), { force: true });
      return;
    }
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(configPath(this.folder), text);
  }

  /**
   * Sets `/config.json` and its assets from the folder of a hospital, as `cargo xtask start --config` does. Only
   * the sandbox serves assets, no web server in front. Returns the configuration.
   */
  hospital(from: string): HospitalConfig {
    const config = readFileSync(configPath(from), "utf8");
    this.config(config);
    if (existsSync(assetsPath(from))) cpSync(assetsPath(from), assetsPath(this.folder), { recursive: true });
    return JSON.parse(config) as HospitalConfig;
  }

  private async control(method: string, what: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.url}/__sandbox/${what}`, {
      method,
      // The sandbox closes its connections whenever faults change, so a kept-alive one may be closed by the
      // next request.
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

function assetsPath(folder: string): string {
  return join(folder, "assets");
}

/** The URL that the sandbox prints, or another server of the workspace. */
export async function listeningUrl(child: ChildProcess, name = "sandbox"): Promise<string> {
  if (!child.stdout) throw new Error(`${name} has no output`);
  const failed = once(child, "error").then(([error]) => {
    throw new Error(`cannot run ${name} (cargo build -p ${name}): ${error}`);
  });
  const lines = createInterface(child.stdout);
  const ended = once(lines, "close").then(() => {
    throw new Error(`${name} ended before it listened`);
  });
  const first = once(lines, "line").then(([line]) => {
    const url = /^listening on (http:\/\/\S+?)\/?$/.exec(String(line))?.[1];
    if (!url) throw new Error(`${name} said: ${line}`);
    return url;
  });
  // The losers of the race may reject later, without a handler.
  for (const promise of [failed, ended, first]) promise.catch(() => {});
  // `lines` stays open: further output is read and dropped, so that the sandbox never blocks.
  return Promise.race([first, failed, ended]);
}
