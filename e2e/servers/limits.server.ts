// The limits of the servers of deploy/, at each of their locations: sizes, rates, durations and connections. The
// service is the test's own. Run by `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { RecordingService } from "../support/recording_service.ts";
import { send, write, type HttpResponse } from "../support/send.ts";
import { call, PATIENT_CALLS, STAFF_CALLS } from "../support/service_calls.ts";
import { configFolder, PROGRAMS, WebServer, type WebServerKind } from "../support/web_server.ts";

const LINUX = existsSync("/proc/net/tcp");
const POSTS = [...PATIENT_CALLS, ...STAFF_CALLS].filter((name) => name.startsWith("POST "));

for (const kind of ["nginx", "caddy"] as WebServerKind[]) {
  test.describe(`limits of ${kind}`, () => {
    test.skip(!PROGRAMS[kind], `there is no ${kind} here`);

    let service: RecordingService;
    let config: string;
    let server: WebServer;

    test.beforeEach(async () => {
      service = await RecordingService.start();
      config = configFolder();
      server = await WebServer.start(kind, { services: service.url, config });
    });
    test.afterEach(async () => {
      await server?.stop();
      await service?.stop();
      if (config) rmSync(config, { recursive: true, force: true });
    });

    test("body of a call: more than 8 KB is refused, and no service has it", async () => {
      for (const name of POSTS) {
        const { status } = await call(server.url, name, {}, "x".repeat(8_193));
        // Caddy 2.6 has begun the call to the service.
        expect(kind === "nginx" ? [413] : [413, 502], name).toContain(status);
        expect(service.take(), name).toEqual([]);
      }
      const body = "x".repeat(8_000);
      for (const name of POSTS.filter((name) => !/is_patient_exists|login/.test(name))) {
        expect((await call(server.url, name, {}, body)).status, name).toBe(200);
        expect(service.take()[0]?.body === body, name).toBe(true);
      }
    });

    if (kind === "nginx") {
      test("a body that is not sent at once: the connection is reset, not only closed", async () => {
        const socket = await write(server.url, "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        const [error] = await once(socket, "error").catch((error: Error) => [error]);
        expect((error as NodeJS.ErrnoException).code).toBe("ECONNRESET");
      });

      /** The responses to many calls at once, of one address. */
      const many = (at: WebServer, name: string, count: number, address: string) =>
        Promise.all(Array.from({ length: count }, () => call(at.url, name, { "x-forwarded-for": address })));
      const statuses = (answers: HttpResponse[]) => answers.map(({ status }) => status);
      const LIMITED = ["POST /api/customer/is_patient_exists", "POST /api/customer/verify_otp", "POST /auth-service/session"];

      for (const name of LIMITED) {
        test(`rate of ${name}: 20 more than the first at once from one address, 100 from the hospital's own network`, async () => {
          const home = await WebServer.start(kind, { services: service.url, config, hospitalNetwork: true });
          try {
            for (const [at, count, burst] of [[server, 60, 20], [home, 600, 100]] as const) {
              const answers = await many(at, name, count, at === home ? "127.0.0.1" : "198.51.100.7");
              const refused = answers.filter(({ status }) => status !== 200);
              expect(new Set(statuses(refused))).toEqual(new Set([429]));
              for (const { headers, body } of refused) {
                expect(headers).toMatchObject({ "content-type": "application/json", "retry-after": "10", "cache-control": "no-store" });
                expect(JSON.parse(body)).toEqual({ message: "Too many tries" });
              }
              expect(answers.length - refused.length).toBeGreaterThan(burst);
              expect(service.take()).toHaveLength(answers.length - refused.length);
            }
          } finally {
            await home.stop();
          }
        });
      }

      test("rate of other calls of a session: none", async () => {
        for (const name of STAFF_CALLS.slice(1)) expect(statuses(await many(server, name, 60, "198.51.100.8")), name).toEqual(Array(60).fill(200));
      });

      test("rate of one phone: the refusal is JSON, and says when to try again", async () => {
        const body = JSON.stringify({ phoneNo: "512000001" });
        const answers = await Promise.all(Array.from({ length: 20 }, () => call(server.url, LIMITED[0]!, {}, body)));
        const refused = answers.filter(({ status }) => status === 429);
        expect(refused.length).toBeGreaterThan(5);
        expect(service.take()).toHaveLength(20 - refused.length);
        for (const { headers, body } of refused) {
          expect(headers).toMatchObject({ "content-type": "application/json", "retry-after": "10" });
          expect(JSON.parse(body)).toEqual({ message: "Too many tries" });
        }
      });

      test("connections: more than nginx has by default, and files for as many", async () => {
        test.skip(!LINUX, "there is no /proc here");
        const sockets = await Promise.all(Array.from({ length: 1_200 }, () => write(server.url, "GET / HTTP/1.1\r\n")));
        try {
          expect((await send(`${server.url}/`)).status).toBe(200);
          expect(sockets.filter((socket) => socket.destroyed || socket.readableEnded)).toHaveLength(0);
          expect(server.log()).not.toContain("worker_connections are not enough");
          const workers = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, "utf8").trim().split(" ");
          expect(workers.length).toBeGreaterThan(1);
          for (const worker of workers) expect(readFileSync(`/proc/${worker}/limits`, "utf8")).toMatch(/^Max open files +16384 /m);
        } finally {
          for (const socket of sockets) socket.destroy();
        }
      });

      test("connections to the second server: are kept for the next call, and closed before the second server closes them", async () => {
        test.skip(!LINUX, "there is no /proc here");
        const port = /server 127\.0\.0\.1:(\d+);/.exec(server.read("nginx.conf"))![1];
        const end = Number(port).toString(16).toUpperCase().padStart(4, "0");
        // The column after the local and the remote address is the state; 01 is an established connection.
        const kept = () => readFileSync("/proc/net/tcp", "utf8").match(new RegExp(`^ *\\d+: [0-9A-F]{8}:${end} [0-9A-F:]+ 01 `, "gm"))?.length ?? 0;
        await expect
          .poll(async () => {
            expect((await call(server.url, LIMITED[0]!)).status).toBe(200);
            await pause(300);
            return kept();
          })
          .toBeGreaterThan(0);
        // Of the second server it is 30 seconds.
        await expect.poll(kept, { timeout: 20_000 }).toBe(0);
      });

      test("response of a service: is not written to disk, however large and however slowly it is read", async () => {
        service.response.body = JSON.stringify("x".repeat(20_000_000));
        const socket = (await write(server.url, "GET /user-service/user/profile HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).pause();
        await pause(1_000);
        let length = 0;
        socket.on("data", (data) => (length += data.length)).resume();
        await once(socket, "close");
        expect(length).toBeGreaterThan(20_000_000);
        expect(server.log()).not.toContain("temporary file");
      });
    }
  });
}
