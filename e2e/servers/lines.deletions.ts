// Takes each line of the web servers' configuration out, one at a time: the server must not start, or a named test of
// this folder must fail. Writes docs/deletions.md (support/deletions.reporter.ts). Run by `cargo xtask nightly deletions`.

import { expect, test } from "@playwright/test";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { JSONReport, JSONReportSuite } from "@playwright/test/reporter";
import { DEPLOY, DOES_NOT_START, FILES, linesOf, NOTHING, readTable, type Line } from "../support/deletions.ts";
import { configFolder, PROGRAMS, WebServer, type WebServerKind } from "../support/web_server.ts";

const e2e = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** The tests, quick ones first. */
const TESTS = [["gateway"], ["nginx_and_caddy", "examples"], ["cookie_domain", "backend_addresses", "languages", "program_type", "limits", "client_timeouts"]];

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

const table = readTable();
for (const [file, kind] of FILES) {
  for (const line of linesOf(file, kind)) {
    const known = table.get(file)?.get(line.name) || undefined;
    test(`${file} without: ${line.name}`, async () => {
      test.skip(!PROGRAMS[kind], `there is no ${kind} here`);
      test.skip(known?.startsWith(NOTHING) ?? false, known);
      test.setTimeout(1_200_000);
      const folder = mkdtempSync(join(tmpdir(), "logistration-deletion-"));
      try {
        cpSync(DEPLOY, join(folder, "deploy"), { recursive: true });
        writeFileSync(join(folder, "deploy", file), line.without);
        const noticed = await outcome(line, folder, known);
        if (noticed) test.info().annotations.push({ type: "deletion", description: JSON.stringify([file, line.name, noticed]) });
        expect(noticed, "what notices that this line is missing").toBeDefined();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
}

/** What the deletion leads to, or nothing. */
async function outcome({ kind }: Line, folder: string, known?: string): Promise<string | undefined> {
  if (!(await starts(kind, join(folder, "deploy")))) return DOES_NOT_START;
  const one = (title: string) => {
    const [file, ...path] = title.split(" › ");
    return firstFailure(kind, folder, [file!, "--grep", `${escaped(path.join(" "))}$`]);
  };
  if (known && known !== DOES_NOT_START && (await one(known)) === known) return known;
  // A test that fails only after others tells nothing of the line.
  const passed: string[] = [];
  for (const files of TESTS) {
    for (;;) {
      const invert = passed.map((title) => escaped(title.split(" › ").slice(1).join(" "))).join("|");
      const found = await firstFailure(kind, folder, [...files.map((name) => `servers/${name}.server.ts`), ...(invert ? ["--grep-invert", invert] : [])]);
      if (!found) break;
      if ((await one(found)) === found) return found;
      passed.push(found);
    }
  }
  return undefined;
}

async function starts(kind: WebServerKind, deploy: string): Promise<boolean> {
  const config = configFolder();
  try {
    await (await WebServer.start(kind, { services: "http://127.0.0.1:9", config, deploy })).stop();
    return true;
  } catch (error) {
    if (String(error).includes("did not start")) return false;
    throw error;
  } finally {
    rmSync(config, { recursive: true, force: true });
  }
}

/** The first test that fails with one kind of server. */
async function firstFailure(kind: WebServerKind, folder: string, args: string[]): Promise<string | undefined> {
  const { LOGISTRATION_NGINX, LOGISTRATION_CADDY, TEST_WORKER_INDEX: _, TEST_PARALLEL_INDEX: __, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [
      ...[join(e2e, "node_modules/@playwright/test/cli.js"), "test", "--project=servers", "--workers=1", "--retries=0", "-x"],
      ...["--reporter=json", `--output=${join(folder, "results")}`, ...args],
    ],
    {
      cwd: e2e,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...env, LOGISTRATION_DEPLOY: join(folder, "deploy"), ...(kind === "nginx" ? { LOGISTRATION_NGINX } : { LOGISTRATION_CADDY }) },
    },
  );
  let report = "";
  child.stdout.on("data", (data) => (report += data));
  await once(child, "close");
  const { suites, errors } = JSON.parse(report) as JSONReport;
  const [failed] = suites.flatMap((suite) => failures(suite, []));
  if (!failed && errors.length > 0 && !errors[0]?.message?.includes("No tests found")) throw new Error(errors[0]?.message);
  return failed;
}

/** The tests of a suite that failed, with the titles of their suites. */
function failures(suite: JSONReportSuite, around: string[]): string[] {
  const path = [...around, around.length ? suite.title : suite.file];
  return [
    ...suite.specs.filter(({ tests }) => tests.some(({ status }) => status === "unexpected")).map(({ title }) => [...path, title].join(" › ")),
    ...(suite.suites ?? []).flatMap((inner) => failures(inner, path)),
  ];
}
