// A server as people reach it: over TLS and HTTP/2, and some way away. Setting up a connection costs
// two round trips on any network, one for TCP and one for TLS; Chromium's own throttling leaves both
// out.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createSecureServer } from "node:http2";
import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Served } from "./serve.mts";

/** Puts TLS, HTTP/2 and a distance in front of a server on this machine. */
export async function far(url: string, roundTripMs: number): Promise<Served> {
  const secure = secured(url);
  const near = await listening(secure);
  const { server, open } = relay(near, 2 * roundTripMs);
  const port = await listening(server);
  return {
    url: `https://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all(
        [server, secure].map((one) => new Promise<void>((resolve) => one.close(() => resolve()))),
      );
    },
  };
}

/** What belongs to one connection, and is no business of the next. */
const OF_THE_CONNECTION = ["connection", "keep-alive", "transfer-encoding"];

function secured(url: string): Server {
  const { hostname, port } = new URL(url);
  return createSecureServer({ ...certificate(), allowHTTP1: true }, (asked, answer) => {
    const headers = Object.fromEntries(
      Object.entries(asked.headers).filter(([name]) => !name.startsWith(":")),
    );
    const onwards = request(
      { hostname, port, path: asked.url, method: asked.method, headers },
      (answered) => {
        for (const name of OF_THE_CONNECTION) delete answered.headers[name];
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
      },
    );
    onwards.on("error", () => answer.stream?.destroy());
    asked.pipe(onwards);
  });
}

/** A certificate that nobody signed, which the browser is told not to mind. */
function certificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "logistration-bench-"));
  try {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const words = "req -x509 -nodes -days 1 -newkey ec -pkeyopt ec_paramgen_curve:P-256";
    execFileSync(
      "openssl",
      [...words.split(" "), "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", cert],
      { stdio: "pipe" },
    );
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Relays connections to a port of this machine, each after a while. */
function relay(port: number, afterMs: number): { server: Server; open: Set<Socket> } {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const beyond = connect({ host: "127.0.0.1", port, noDelay: true });
    for (const socket of [near, beyond]) {
      open.add(socket);
      // One end breaks off, the other follows: neither is news here.
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        beyond.destroy();
      });
    }
    beyond.pipe(near);
    setTimeout(() => near.pipe(beyond), afterMs);
  });
  return { server, open };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
