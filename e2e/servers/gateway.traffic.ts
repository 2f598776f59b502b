// Half an hour of calls through nginx at its limits, to a service that restarts, moves its address and drops
// kept connections. No call fails but those under way in the milliseconds in which no address answered. Run by
// `cargo xtask nightly traffic`; LOGISTRATION_TRAFFIC_MINUTES is another duration.

import { expect, test } from "@playwright/test";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { rmSync } from "node:fs";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { NameServer } from "../support/name_server.ts";
import { send } from "../support/send.ts";
import { configFolder, freePort, PROGRAMS, WebServer } from "../support/web_server.ts";

const MINUTES = Number(process.env.LOGISTRATION_TRAFFIC_MINUTES ?? 30);
const NAME = "services.test";
const A = "127.0.1.1";
const B = "127.0.1.2";

/** A service at one address. It answers after 5 to 25 ms, and on its way down whatever it has received. */
class Service {
  private server: Server | undefined;
  private readonly idle = new Set<Socket>();
  dropped = 0;

  constructor(
    private readonly address: string,
    private readonly port: number,
  ) {}

  get up(): boolean {
    return this.server !== undefined;
  }

  async start(): Promise<void> {
    // Longer than the pauses between calls: only `drop` closes connections.
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const { socket } = request;
      this.idle.delete(socket);
      request.resume().on("end", () =>
        setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end("true"), 5 + Math.random() * 20),
      );
      response.on("close", () => {
        if (!socket.destroyed) this.idle.add(socket);
      });
    });
    server.on("connection", (socket) => {
      socket.on("error", () => {});
      socket.on("close", () => this.idle.delete(socket));
    });
    server.listen(this.port, this.address);
    await once(server, "listening");
    this.server = server;
  }

  /** Resets the connections that wait for another call. */
  drop(): void {
    for (const socket of this.idle) {
      this.dropped += 1;
      socket.resetAndDestroy();
    }
  }

  /** Stops at once for new connections. */
  stop(): void {
    this.server?.close();
    this.server = undefined;
    this.drop();
  }
}

test(`${MINUTES} minutes of calls at the limits: none fails but those under way while no address answered`, async () => {
  test.skip(!PROGRAMS.nginx, "there is no nginx here");
  test.setTimeout((MINUTES * 60 + 120) * 1_000);

  const names = await NameServer.start();
  const port = await freePort();
  const services: Record<string, Service> = { [A]: new Service(A, port), [B]: new Service(B, port) };
  const config = configFolder();
  const server = await WebServer.start("nginx", {
    services: `http://${NAME}:${port}`,
    config,
    // As delivered.
    nameServer: `${names.address} valid=10s`,
    hospitalNetwork: true,
  });

  /** The spans in which no address of the name answered. */
  const silences: { from: number; to: number }[] = [];
  const events = { restarts: 0, moves: 0, drops: 0, "one of two addresses refuses": 0 };
  const end = Date.now() + MINUTES * 60_000;
  const calls: { what: string; sent: number; took: number; status: number }[] = [];

  const restart = async (address: string) => {
    events.restarts += 1;
    const from = Date.now();
    services[address]!.stop();
    await pause(2_000);
    await services[address]!.start();
    silences.push({ from, to: Date.now() });
  };
  const move = async (from: string, to: string) => {
    events.moves += 1;
    if (!services[to]!.up) await services[to]!.start();
    names.names.set(NAME, [to]);
    // As long as a name server's answer is kept: `valid` of the resolver.
    await pause(11_000);
    services[from]!.stop();
  };
  const live = async () => {
    let [here, there] = [A, B];
    while (Date.now() < end) {
      for (let number = 0; number < 5; number++) {
        await pause(2_000);
        services[here]!.drop();
        events.drops += 1;
      }
      await restart(here);
      await pause(5_000);
      await move(here, there);
      [here, there] = [there, here];
      await pause(3_000);
      // The former address is still named, and refuses.
      events["one of two addresses refuses"] += 1;
      names.names.set(NAME, [there, here]);
      await pause(15_000);
      names.names.set(NAME, [here]);
      await pause(12_000);
    }
  };

  let number = 0;
  const one = async (what: string, method: string, path: string, body: string, visitor?: string) => {
    const sent = Date.now();
    const headers: Record<string, string> = { "content-type": "application/json", ...(visitor && { "x-forwarded-for": visitor }) };
    const status = await send(server.url, { method, path, headers, body }).then(
      (response) => response.status,
      () => 0,
    );
    calls.push({ what, sent, took: Date.now() - sent, status });
  };
  const phone = () => String(510_000_000 + (number += 1));
  const lookUp = (what: string, visitor?: string, digits = phone()) =>
    one(what, "POST", "/api/customer/is_patient_exists", JSON.stringify({ phoneNo: digits }), visitor);
  const signIn = (what: string, visitor?: string) => one(what, "POST", "/auth-service/session", "username=x", visitor);

  /** Starts a call at each interval, without waiting for the one before. */
  const every = async (ms: number, call: () => Promise<void>) => {
    const open: Promise<void>[] = [];
    for (let next = Date.now(); next < end; next += ms) {
      await pause(next - Date.now());
      open.push(call());
    }
    await Promise.all(open);
  };

  try {
    await services[A]!.start();
    names.names.set(NAME, [A]);
    await Promise.all([
      live(),
      // The hospital's own network: 20 a second.
      every(1_000 / 9.5, () => lookUp("patients at the hospital")),
      every(1_000 / 9.5, () => signIn("staff at the hospital")),
      // Visitors: 30 a minute each.
      ...Array.from({ length: 10 }, (_, visitor) => every(60_000 / 29, () => lookUp("patients elsewhere", `198.51.100.${visitor + 1}`))),
      ...Array.from({ length: 10 }, (_, visitor) => every(60_000 / 29, () => signIn("staff elsewhere", `2001:db8:0:${visitor + 1}::1`))),
      // Phones: 6 a minute each, from any address.
      ...Array.from({ length: 5 }, (_, phone) => every(60_000 / 5.8, () => lookUp("one phone", `203.0.113.${phone + 1}`, `50000000${phone}`))),
      // Without a limit.
      every(500, () => one("calls of a session", "GET", "/user-service/user/validate", "")),
      every(500, () => one("pages", "GET", "/", "")),
    ]);

    // The limits were on.
    const statuses = await Promise.all(Array.from({ length: 60 }, () => signIn("over the limit", "198.51.100.99"))).then(() =>
      calls.filter(({ what }) => what === "over the limit").map(({ status }) => status),
    );
    expect(statuses).toContain(429);

    const counted = calls.filter(({ what }) => what !== "over the limit");
    const whileSilent = ({ sent, took }: { sent: number; took: number }) =>
      silences.some(({ from, to }) => sent <= to && sent + took >= from);
    const failed = counted.filter(({ status }) => status !== 200);
    const times = counted.map(({ took }) => took).sort((a, b) => a - b);
    const share = (part: number) => times[Math.floor(times.length * part)];
    const by: Record<string, number> = {};
    for (const { what } of counted) by[what] = (by[what] ?? 0) + 1;
    console.log(
      JSON.stringify(
        {
          ...{ minutes: MINUTES, calls: counted.length, perSecond: Number((counted.length / MINUTES / 60).toFixed(1)), by, ...events },
          resetConnections: services[A]!.dropped + services[B]!.dropped,
          secondsWithoutAnAddress: silences.length * 2,
          failed: failed.length,
          failedWhileAnAddressAnswered: failed.filter((call) => !whileSilent(call)).length,
          statusesOfFailed: [...new Set(failed.map(({ status }) => status))],
          milliseconds: { half: share(0.5), ninetyNinePercent: share(0.99), longest: times.at(-1) },
        },
        null,
        2,
      ),
    );
    expect(failed.filter((call) => !whileSilent(call)).slice(0, 20)).toEqual([]);
    // Something was to be seen.
    expect(failed.length).toBeGreaterThan(0);
  } finally {
    for (const service of Object.values(services)) service.stop();
    await server.stop();
    await names.stop();
    rmSync(config, { recursive: true, force: true });
  }
});
