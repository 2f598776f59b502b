// How the servers of deploy/ get to a service: by its name, over several addresses, and after a pause. The
// name server and the services are the test's own. Early by name, because its tests wait. Run by `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { NameServer } from "../support/name_server.ts";
import { RecordingService } from "../support/recording_service.ts";
import { send, type HttpResponse } from "../support/send.ts";
import { configFolder, PROGRAMS, WebServer, type WebServerKind } from "../support/web_server.ts";

const PATIENT = "patients.test";
const STAFF = "staff.test";

let visitors = 0;

/** A call from an address of its own, because calls are limited by address. */
function call(origin: string, name: string): Promise<HttpResponse> {
  const [method, path] = name.split(" ") as [string, string];
  visitors += 1;
  const body = path.includes("is_patient_exists") ? JSON.stringify({ phoneNo: String(500_000_000 + visitors) }) : "";
  const headers = { "content-type": "application/json", "x-forwarded-for": `198.19.${visitors >> 8}.${visitors & 255}` };
  return send(origin, { method, path, headers, body });
}
const lookUp = (origin: string) => call(origin, "POST /api/customer/is_patient_exists");
const signIn = (origin: string) => call(origin, "POST /auth-service/session");

/** A TCP server at an address and port. */
async function listen(address: string, port: number, connection: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => connection(socket.on("error", () => {}))).listen(port, address);
  await once(server, "listening");
  return server;
}

/** A port of this machine's addresses that neither takes nor refuses a connection, as behind a firewall. */
class SilentPort {
  private constructor(
    readonly port: number,
    private readonly stopped: ChildProcess,
    private readonly waiting: Socket[],
  ) {}

  static async start(): Promise<SilentPort> {
    // A process that stands still accepts nothing, and its queue is soon full.
    const listen = "require('net').createServer().listen({ port: 0, host: '0.0.0.0', backlog: 1 }, function () { process.stdout.write(String(this.address().port)) })";
    const stopped = spawn(process.execPath, ["-e", listen], { stdio: ["ignore", "pipe", "inherit"] });
    const [port] = await once(stopped.stdout, "data");
    stopped.kill("SIGSTOP");
    const waiting: Socket[] = [];
    for (let connected = true; connected; ) {
      const socket = connect(Number(port), "127.0.0.1").on("error", () => {});
      waiting.push(socket);
      connected = await Promise.race([once(socket, "connect").then(() => true), pause(500, false)]);
    }
    return new SilentPort(Number(port), stopped, waiting);
  }

  stop(): void {
    for (const socket of this.waiting) socket.destroy();
    this.stopped.kill("SIGKILL");
  }
}

for (const kind of ["nginx", "caddy"] as WebServerKind[]) {
  test.describe(`services behind ${kind}`, () => {
    test.skip(!PROGRAMS[kind], `there is no ${kind} here`);
    // All tests share one server.
    test.describe.configure({ mode: "default" });

    let service: RecordingService;
    let names: NameServer;
    let config: string;
    let server: WebServer;
    let port: number;

    const start = (more: { services?: string; staffService?: string; nameServer?: string } = {}) =>
      WebServer.start(kind, {
        services: `http://${PATIENT}:${port}`,
        staffService: `http://${STAFF}:${port}`,
        nameServer: names.address,
        config,
        ...more,
      });

    test.beforeAll(async () => {
      service = await RecordingService.start();
      names = await NameServer.start();
      port = Number(new URL(service.url).port);
      config = configFolder();
      server = await start();
    });
    test.beforeEach(async () => {
      service.reset();
      names.names.clear();
      names.names.set(PATIENT, ["127.0.0.1"]).set(STAFF, ["127.0.0.1"]);
      // What nginx knew before is forgotten after a second.
      await pause(2_000);
    });
    test.afterAll(async () => {
      await server?.stop();
      await service?.stop();
      await names?.stop();
      if (config) rmSync(config, { recursive: true, force: true });
    });

    // Nothing listens at these addresses.
    for (const refusing of [["127.0.0.2"], ["127.0.0.2", "127.0.0.3"]]) {
      for (const [audience, name] of [["patient", PATIENT], ["staff", STAFF]] as const) {
        test(`R1: ${audience} service with one address that answers and ${refusing.length} that refuse: every call gets 200, once`, async () => {
          names.names.set(name, [...refusing, "127.0.0.1"]);
          for (let number = 0; number < 12; number++) {
            expect((await (audience === "patient" ? lookUp : signIn)(server.url)).status).toBe(200);
          }
          expect(service.take()).toHaveLength(12);
        });
      }
    }

    test("R1: a POST that a service has received is not sent to its next address", async () => {
      let received = 0;
      const breaking = await Promise.all(
        ["127.0.0.2", "127.0.0.3"].map((address) =>
          listen(address, port, (socket) =>
            socket.once("data", () => {
              received += 1;
              socket.destroy();
            }),
          ),
        ),
      );
      names.names.set(PATIENT, ["127.0.0.2", "127.0.0.3"]).set(STAFF, ["127.0.0.2", "127.0.0.3"]);
      try {
        for (const post of [lookUp, signIn]) {
          received = 0;
          expect([502, 503]).toContain((await post(server.url)).status);
          expect(received).toBe(1);
        }
      } finally {
        for (const one of breaking) one.close();
      }
    });

    test("R11: a staff service whose name does not exist: the server starts, patients get in, and staff once it exists", async () => {
      names.names.delete(STAFF);
      const partial = await start();
      try {
        expect((await send(`${partial.url}/`)).status).toBe(200);
        expect((await lookUp(partial.url)).status).toBe(200);
        expect([502, 503]).toContain((await signIn(partial.url)).status);
        names.names.set(STAFF, ["127.0.0.1"]);
        await expect.poll(async () => (await signIn(partial.url)).status).toBe(200);
      } finally {
        await partial.stop();
      }
    });

    test("R11: a patient service that is not used: the server starts, and staff get in", async () => {
      const partial = await start({ services: "http://middleware.hospital.example" });
      try {
        expect((await signIn(partial.url)).status).toBe(200);
        expect([502, 503]).toContain((await lookUp(partial.url)).status);
      } finally {
        await partial.stop();
      }
    });

    test("R11: a name server that does not answer: the server starts and serves pages, and calls fail before the portal's timeout", async () => {
      // Receives queries and answers none.
      const names = createSocket("udp4").bind(0, "127.0.0.1");
      await once(names, "listening");
      const silent = await start({ nameServer: `127.0.0.1:${names.address().port}` });
      try {
        expect((await send(`${silent.url}/staff`)).status).toBe(200);
        // What is left of 15 seconds for connections and the response is 11 or more.
        for (const call of [lookUp, signIn]) {
          const started = Date.now();
          expect([502, 503]).toContain((await call(silent.url)).status);
          expect(Date.now() - started).toBeLessThan(4_000);
        }
      } finally {
        await silent.stop();
        names.close();
      }
    });

    test("R1: addresses that take no connection: calls fail before the portal's timeout", async () => {
      const silent = await SilentPort.start();
      const behind = await start({ services: `http://${PATIENT}:${silent.port}`, staffService: `http://${STAFF}:${silent.port}` });
      for (const name of [PATIENT, STAFF]) names.names.set(name, ["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"]);
      try {
        // What is left of 15 seconds for the look-up of the name is 1.5.
        for (const post of [lookUp, signIn]) {
          const started = Date.now();
          expect([502, 503, 504]).toContain((await post(behind.url)).status);
          expect(Date.now() - started).toBeLessThan(7_000);
        }
      } finally {
        await behind.stop();
        silent.stop();
      }
    });

    test("R11: an address that moves: is followed, twice", async () => {
      const other = await RecordingService.start({ address: "127.0.0.4", port });
      try {
        expect((await signIn(server.url)).status).toBe(200);
        for (const [address, at, before] of [["127.0.0.4", other, service], ["127.0.0.1", service, other]] as const) {
          names.names.set(STAFF, [address]);
          // Caddy keeps a connection that is in use for two seconds.
          await pause(2_500);
          before.reset();
          for (let number = 0; number < 5; number++) expect((await signIn(server.url)).status).toBe(200);
          expect(before.take()).toEqual([]);
          expect(at.take().length).toBeGreaterThanOrEqual(5);
          at.reset();
        }
      } finally {
        await other.stop();
      }
    });

    /** What happens to a connection to the service that was not used for two and a half seconds. */
    const AFTER_A_PAUSE: [string, (socket: Socket, request: Buffer) => "passes" | "ends"][] = [
      ["a firewall that forgot the connection", () => "ends"],
      ["a service that resets the connection", (socket) => (socket.resetAndDestroy(), "ends")],
      ["a service that closes the connection", (socket) => (socket.end(), "ends")],
    ];
    for (const [what, then] of AFTER_A_PAUSE) {
      test(`R2: first call after a pause, with ${what}: gets 200`, async () => {
        const sockets = new Set<Socket>();
        const front = await listen("127.0.0.5", port, (near) => {
          const far = connect(port, "127.0.0.1").on("error", () => {});
          sockets.add(near).add(far);
          let used = Date.now();
          let ended = false;
          near.on("data", (data) => {
            ended ||= Date.now() - used > 2_500 && then(near, data) === "ends";
            used = Date.now();
            if (!ended) far.write(data);
          });
          far.on("data", (data) => near.write(data));
          far.on("end", () => near.end());
        });
        names.names.set(PATIENT, ["127.0.0.5"]).set(STAFF, ["127.0.0.5"]);
        await pause(2_500);
        try {
          // At once, so that each process of the server has connections.
          const several = async () => {
            const answers = await Promise.all(Array.from({ length: 16 }, (_, number) => (number % 2 ? lookUp : signIn)(server.url)));
            return answers.map(({ status }) => status);
          };
          expect(await several()).toEqual(Array(16).fill(200));
          await pause(3_000);
          expect(await several()).toEqual(Array(16).fill(200));
          expect(service.take()).toHaveLength(32);
        } finally {
          for (const socket of sockets) socket.destroy();
          front.close();
        }
      });
    }
  });
}
