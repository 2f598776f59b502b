// What one node carries: nginx of deploy/ on the loopback address, with TLS as delivered, loaded by wrk. Prints and
// writes JSON, from which `cargo xtask load` makes a part of docs/operations.md. Run by that command.

import { expect, type Page, test } from "@playwright/test";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Example } from "../support/example.ts";
import { WINDOW } from "../support/fixtures.ts";
import { MESSAGES } from "../support/messages.ts";
import { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import { RecordPage } from "../support/pages/record_page.ts";
import { StaffSignIn } from "../support/pages/staff_sign_in.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { Sandbox } from "../support/sandbox.ts";
import { configFolder, PROGRAMS, WebServer } from "../support/web_server.ts";

const SECONDS = Number(process.env.LOGISTRATION_LOAD_SECONDS ?? 20);
const REPORT = process.env.LOGISTRATION_LOAD_REPORT ?? "";
const WRK = process.env.LOGISTRATION_WRK ?? "wrk";
test.use(WINDOW);

/** As many as browsers of a busy hour keep open. */
const CONNECTIONS = 64;

/** The requests of a page, and the bytes that its server sent for them, with headers. */
interface Traffic {
  requests: number;
  bytes: number;
  /** Of files with a hash in their name, which a CDN can serve. */
  hashedRequests: number;
  hashedBytes: number;
  /** Requests that a service answers. */
  serviceCalls: number;
  paths: string[];
}

/** Counts the traffic of a step. */
async function trafficOf(page: Page, step: () => Promise<void>): Promise<Traffic> {
  const sizes: Promise<{ path: string; bytes: number }>[] = [];
  const count = (request: import("@playwright/test").Request) =>
    sizes.push(
      request.sizes().then(({ responseBodySize, responseHeadersSize }) => ({
        path: new URL(request.url()).pathname,
        bytes: responseBodySize + responseHeadersSize,
      })),
    );
  page.on("requestfinished", count);
  await step();
  // A session is checked, and the page's icon requested again, after the page is there.
  await page.waitForTimeout(2_000);
  page.off("requestfinished", count);
  // What the browser has in its cache is not sent again.
  const all = (await Promise.all(sizes)).filter(({ bytes }) => bytes > 0);
  const hashed = all.filter(({ path }) => /-[0-9a-f]{16}\./.test(path));
  const sum = (files: typeof all) => files.reduce((total, { bytes }) => total + bytes, 0);
  return {
    ...{ requests: all.length, bytes: sum(all), hashedRequests: hashed.length, hashedBytes: sum(hashed), serviceCalls: all.filter(({ path }) => /^\/(api|auth-service|user-service)\//.test(path)).length },
    paths: all.map(({ path }) => path),
  };
}

/** CPU seconds of nginx's processes so far. */
function cpuSeconds(master: number): number {
  const ticks = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  const isOurs = (pid: string) => {
    const [, parent] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return pid === String(master) || parent === String(master);
  };
  const of = (pid: string) => {
    // After the name in parentheses: state is the first, utime the 12th, stime the 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  };
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.reduce((sum, pid) => {
    try {
      return sum + (isOurs(pid) ? of(pid) : 0);
    } catch {
      // It has ended meanwhile.
      return sum;
    }
  }, 0);
}

interface Load {
  requestsPerSecond: number;
  /** What one core would do that did nothing else: requests for each second of nginx's CPU time. */
  requestsPerCoreSecond: number;
  millisecondsHalf: number;
  milliseconds99Percent: number;
  errors: number;
}

/** Runs wrk with a script that makes each request. */
async function wrk(url: string, master: number, script: string): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), "logistration-load-"));
  const file = join(folder, "load.lua");
  const DONE = `
    done = function(summary, latency)
      local e = summary.errors
      print(string.format("REPORT %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        e.connect + e.read + e.write + e.status + e.timeout))
    end`;
  writeFileSync(file, script + DONE);
  const before = cpuSeconds(master);
  const program = spawn(WRK, ["-t1", `-c${CONNECTIONS}`, `-d${SECONDS}s`, "-s", file, url], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  program.stdout.on("data", (data) => (output += data));
  const [code] = await once(program, "exit");
  const used = cpuSeconds(master) - before;
  rmSync(folder, { recursive: true, force: true });
  const [, requests, microseconds, half, most, errors] = (/^REPORT (\d+) (\d+) (\d+) (\d+) (\d+)$/m.exec(output) ?? []).map(Number);
  expect(code, output).toBe(0);
  return {
    requestsPerSecond: Math.round(requests! / (microseconds! / 1e6)),
    requestsPerCoreSecond: Math.round(requests! / used),
    millisecondsHalf: half! / 1000,
    milliseconds99Percent: most! / 1000,
    errors: errors!,
  };
}

const luaList = (values: string[]) => `{ ${values.map((value) => JSON.stringify(value)).join(", ")} }`;

test("one node: first visits and sign-ins", async ({ browser }) => {
  test.skip(!PROGRAMS.nginx, "there is no nginx here");
  test.setTimeout((SECONDS * 4 + 120) * 1_000);
  const messages = MESSAGES.en;

  // One visit after the other, in a browser.
  const sandbox = await Sandbox.start({ direct: true });
  const config = configFolder();
  const front = await WebServer.start("nginx", { services: sandbox.url, config, hospitalNetwork: true });
  const visit = async (path: string, signIn: (page: Page) => Promise<void>) => {
    const context = await browser.newContext({ locale: "en-US" });
    const page = await context.newPage();
    const open = async () => void (await page.goto(front.url + path, { waitUntil: "networkidle" }));
    const first = await trafficOf(page, open);
    const calls = await trafficOf(page, () => signIn(page));
    await new RecordPage(page, messages).signOutButton.click();
    const again = await trafficOf(page, open);
    await context.close();
    return { first, calls, again };
  };
  const patient = await visit("/", async (page) => {
    await new PatientSignIn(page, messages).signIn(ABDULLAH);
    await new RecordPage(page, messages).signOutButton.waitFor();
  });
  const staff = await visit("/staff", async (page) => {
    await new StaffSignIn(page, messages).signIn(KAVYA);
    await new RecordPage(page, messages).signOutButton.waitFor();
  });
  await front.stop();
  await sandbox.stop();

  // First visits over TLS: the files in turn, and a connection of its own for each visit.
  const example = await Example.prepare("nginx");
  // One process, so that the CPU time is that of one core.
  example.edit(["local/main.conf", /^worker_processes .*;/m, "worker_processes 1;"]);
  await example.start();
  const { paths } = patient.first;
  const files = (paths: string[]) => `
    local paths, at = ${luaList(paths)}, 0
    request = function()
      at = at % #paths + 1
      local headers = { ["Accept-Encoding"] = "br", ["Host"] = "portal.hospital.example" }
      if at == #paths then headers["Connection"] = "close" end
      return wrk.format("GET", paths[at], headers)
    end`;
  const https = `https://127.0.0.1:${example.ports.https}`;
  const firstVisits = await wrk(https, example.pid, files(paths));
  // As behind a CDN: the page and the configuration alone.
  const own = paths.filter((path) => !/-[0-9a-f]{16}\./.test(path));
  const behindCdn = await wrk(https, example.pid, files(own));
  await example.remove();

  // Calls of a patient's sign-in through all limits: each from another visitor and for another phone, to a service
  // that answers at once.
  const service = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json" }).end("true"));
  }).listen(0, "127.0.0.1");
  await once(service, "listening");
  const gateway = await WebServer.start("nginx", { services: `http://127.0.0.1:${(service.address() as AddressInfo).port}`, config });
  const calls = await wrk(
    gateway.url,
    gateway.pid,
    `
    local number = 0
    request = function()
      number = number + 1
      -- Two calls of a sign-in.
      local visitor = math.floor(number / 2)
      local phone = string.format("5%08d", visitor)
      local headers = {
        ["Content-Type"] = "application/json",
        ["X-Forwarded-For"] = string.format("10.%d.%d.%d", math.floor(visitor / 65536) % 256, math.floor(visitor / 256) % 256, visitor % 256),
      }
      if number % 2 == 0 then
        return wrk.format("POST", "/api/customer/is_patient_exists", headers, '{"phoneNo":"' .. phone .. '"}')
      end
      return wrk.format("POST", "/api/customer/login", headers, '{"type":"nationalId","value":"1012345672","phone":"' .. phone .. '"}')
    end`,
  );
  await gateway.stop();
  service.close();
  service.closeAllConnections();
  rmSync(config, { recursive: true, force: true });

  const without = ({ paths: _, ...traffic }: Traffic) => traffic;
  const report = {
    machine: { cores: availableParallelism(), processor: cpus()[0]?.model.trim() },
    seconds: SECONDS,
    connections: CONNECTIONS,
    visits: {
      patient: { first: without(patient.first), calls: without(patient.calls), again: without(patient.again) },
      staff: { first: without(staff.first), calls: without(staff.calls), again: without(staff.again) },
    },
    firstVisits: { ...firstVisits, requestsPerVisit: paths.length },
    behindCdn: { ...behindCdn, requestsPerVisit: own.length },
    calls: { ...calls, callsPerSignIn: 2 },
  };
  console.log(JSON.stringify(report, null, 2));
  if (REPORT) writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`);
  expect(firstVisits.errors + behindCdn.errors + calls.errors).toBe(0);
  expect(paths.length).toBeGreaterThan(4);
});
