// Recordings of a service: made by the doctor, and replayed by a sandbox.

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { PatientPerson, StaffPerson } from "./people.ts";
import type { Card } from "./pages/record_page.ts";
import { Sandbox } from "./sandbox.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** The file of a recording of the published servers. */
export const publishedRecording = (name: string): string =>
  resolve(here, `../../crates/sandbox/tests/recordings/${name}.jsonl`);

interface Exchange {
  request: { method: string; path: string; form?: [string, string][]; json?: Record<string, string> };
  status?: number;
}

/** A recording in a folder of its own. The doctor asks the sandbox itself, not a web server in front. */
export class Recording {
  private constructor(
    private readonly folder: string,
    readonly text: string,
  ) {}

  /** Records what a sandbox answers to the doctor, who signs a person in. */
  static async of(sandbox: Sandbox, person: PatientPerson | StaffPerson, client = ""): Promise<Recording> {
    const program = process.env.LOGISTRATION_DOCTOR_BIN ?? resolve(here, "../../target/debug/doctor");
    const folder = mkdtempSync(join(tmpdir(), "logistration-recording-"));
    const file = join(folder, "recording.jsonl");
    const isPatient = "nationalId" in person;
    const args = ["--record", file, "--origin", sandbox.url, isPatient ? "--patient-url" : "--staff-url", sandbox.url];
    if (client) args.push("--client", client, "--staff-protocol", ["web", "mob"].includes(client) ? "2" : "1");
    const env = isPatient
      ? { DOCTOR_PATIENT_PHONE: person.phone, DOCTOR_PATIENT_NATIONAL_ID: person.nationalId }
      : { DOCTOR_STAFF_USERNAME: person.username, DOCTOR_STAFF_PASSWORD: person.password };
    await new Promise<void>((done, failed) => {
      execFile(program, args, { env: { ...process.env, ...env } }, (error, output, errors) =>
        error ? failed(new Error(`the doctor failed: ${errors}${output}`)) : done(),
      );
    });
    return new Recording(folder, readFileSync(file, "utf8"));
  }

  /** Starts a sandbox that answers from the recording, without a web server of its own for each recording. */
  async replay(config: unknown): Promise<Sandbox> {
    const sandbox = await Sandbox.start({ direct: true, replay: join(this.folder, "recording.jsonl") });
    sandbox.config(config);
    return sandbox;
  }

  /** The patient whom the recorded service knew. */
  get patient(): { phone: string; nationalId: string } {
    const { phone = "", value = "" } = this.success("/api/customer/login").json ?? {};
    return { phone, nationalId: value };
  }

  /** The user name that the recorded service knew. */
  get username(): string {
    return this.success("/auth-service/session").form?.[0]?.[1] ?? "";
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private success(path: string): Exchange["request"] {
    const exchanges = this.text.trim().split("\n").map((line) => JSON.parse(line) as Exchange);
    const found = exchanges.find(
      ({ request, status }) => request.method === "POST" && request.path === path && status === 200,
    );
    if (!found) throw new Error(`no sign-in succeeded at ${path}`);
    return found.request;
  }
}

/** The cards with all words and numbers of their values alike, which a recording replaces. */
export function shape(cards: Card[]): Card[] {
  const words = (value: string) => value.replace(/[\p{L}\p{M}]+/gu, "a").replace(/\p{N}+/gu, "0");
  // The name of a month may have several words.
  const alike = (value: string) => words(value).replace(/^0 a(?:\P{N}a)+ 0/u, "0 a 0");
  // So may that of a country.
  const ofRow = (label: string, value: string) =>
    label === "Nationality" ? alike(value).replace(/a(?: a)+/g, "a") : alike(value);
  return cards.map(([title, rows]) => [title, rows.map(([label, value]) => [label, ofRow(label, value)])]);
}
