// Slow clients at the servers of deploy/. First of its folder by name, because these tests take longest: each waits for
// the time-outs. Run by `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { RecordingService } from "../support/recording_service.ts";
import { write } from "../support/send.ts";
import { configFolder, PROGRAMS, WebServer, type WebServerKind } from "../support/web_server.ts";

for (const kind of ["nginx", "caddy"] as WebServerKind[]) {
  test.describe(`clients of ${kind}`, () => {
    test.skip(!PROGRAMS[kind], `there is no ${kind} here`);

    test("slow clients: are cut off, in each state of a connection", async () => {
      test.setTimeout(150_000);
      const service = await RecordingService.start();
      const config = configFolder();
      const dist = mkdtempSync(join(tmpdir(), "logistration-dist-"));
      writeFileSync(join(dist, "index.html"), "");
      // More than the buffers of both ends have room for.
      const BIG = 256 * 1024 * 1024;
      writeFileSync(join(dist, "big.txt"), "");
      truncateSync(join(dist, "big.txt"), BIG);
      const slow = await WebServer.start(kind, { services: service.url, config, dist });
      const { host, port } = new URL(slow.url);
      /** Whether the server ends a connection, in less time than without its own limit. */
      const ends = async (request: string, seconds: number) => {
        const socket = await write(slow.url, request);
        socket.resume();
        const closed = new Promise<boolean>((done) => socket.once("close", () => done(true)));
        return Promise.race([closed, pause(seconds * 1_000, false)]).finally(() => socket.destroy());
      };
      /** How much arrives of a file that is not read for some time. */
      const arrives = async (seconds: number) => {
        const socket = connect(Number(port), "127.0.0.1").on("error", () => {}).pause();
        socket.write(`GET /big.txt HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        await pause(seconds * 1_000);
        let length = 0;
        const closed = new Promise((done) => socket.once("close", done));
        socket.on("data", (data) => (length += data.length)).resume();
        await closed;
        return length;
      };
      const POST = `POST /auth-service/session HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 10\r\n\r\nx`;
      try {
        const [header, body, idle, file] = await Promise.all([
          ends(`GET / HTTP/1.1\r\nHost: ${host}\r\n`, 40),
          ends(POST, 40),
          ends(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 60),
          arrives(kind === "nginx" ? 45 : 75),
        ]);
        expect({ header, body, idle }).toEqual({ header: true, body: true, idle: true });
        expect(file, "some of the file").toBeGreaterThan(10_000);
        expect(file).toBeLessThan(BIG);
        expect(service.take()).toEqual([]);
      } finally {
        await slow.stop();
        await service.stop();
        for (const folder of [config, dist]) rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}
