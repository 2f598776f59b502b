// deploy/monitoring: metrics of the access log that nginx writes, and alerts over them. Run by
// `cargo xtask nightly monitoring`.

import { expect, test } from "@playwright/test";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RecordingService } from "../support/recording_service.ts";
import { send } from "../support/send.ts";
import { configFolder, DEPLOY, PROGRAMS, WebServer } from "../support/web_server.ts";

const folder = join(DEPLOY, "monitoring");

/** The output of a program that succeeds. */
function output(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  if (error) throw error;
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}

test("alerts: promtool accepts the rules, and their tests pass", () => {
  const rules = ["portal.rules.yaml"];
  expect(output("promtool", "check", "rules", ...rules)).toContain("9 rules found");
  expect(output("promtool", "test", "rules", "portal.rules.test.yaml")).toContain("SUCCESS");
});

test("metrics: are counted from nginx's log, without a person in them", async () => {
  test.skip(!PROGRAMS.nginx, "there is no nginx here");
  const service = await RecordingService.start();
  const config = configFolder();
  const server = await WebServer.start("nginx", { services: service.url, config });
  const logs = mkdtempSync(join(tmpdir(), "logistration-log-"));
  try {
    const get = (path: string) => send(server.url, { path });
    const post = (path: string, body: string) => send(server.url, { method: "POST", path, body, headers: { "content-type": "application/json" } });
    for (const path of ["/", "/?lang=ar", "/staff", "/profile/", "/config.json", "/icon.svg", "/nothing-here", "/boot-0123456789abcdef.js", "/a%20b"]) await get(path);
    await post("/api/customer/is_patient_exists", '{"phoneNo":"501234567"}');
    await post("/api/customer/login", "not what the portal sends");
    await post("/report/P2-SHAPE", "");
    await post("/report/P2-SHAPE", "");
    await post("/report/another", "");
    service.response = { status: 503, headers: {} };
    await post("/auth-service/session", "username=kavya");
    await post("/auth-service/other", "");
    const lines = () => server.log().split("\n").filter((line) => / \/\S* \d{3} /.test(line));
    await expect.poll(() => lines().length).toBeGreaterThanOrEqual(16);

    // A line that is none of the format.
    writeFileSync(join(logs, "portal.log"), [...lines(), "nginx: another line", ""].join("\n"));
    const metrics = output(
      "mtail",
      ...["--one_shot", "--one_shot_format=prometheus", "--progs", folder, "--logs", join(logs, "portal.log")],
    );
    const value = (name: string) => {
      const line = metrics.split("\n").find((line) => line.startsWith(name));
      return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(" ")));
    };
    const responses = (kind: string, status: number) => value(`portal_responses_total{kind="${kind}",prog="portal.mtail",status="${status}"}`);
    expect(responses("page", 200), metrics).toBe(4);
    expect(responses("config", 200)).toBe(1);
    expect(responses("program", 404)).toBe(1);
    expect(responses("patient", 200)).toBe(1);
    expect(responses("patient", 400)).toBe(1);
    expect(responses("staff", 503)).toBe(1);
    expect(responses("other", 404)).toBeGreaterThanOrEqual(2);
    expect(value('portal_call_seconds_count{call="patient",prog="portal.mtail"}')).toBe(2);
    expect(value('portal_faults_total{prog="portal.mtail",reference="P2-SHAPE"}')).toBe(2);
    expect(value('portal_lines_not_read_total{prog="portal.mtail"}')).toBeGreaterThanOrEqual(1);
    for (const secret of ["501234567", "kavya", "127.0.0.1"]) expect(metrics).not.toContain(secret);
  } finally {
    await server.stop();
    await service.stop();
    for (const path of [config, logs]) rmSync(path, { recursive: true, force: true });
  }
});
