// A server as people reach it: over TLS and HTTP/2, with latency. Opening a connection costs two round
// trips, one for TCP and one for TLS, which Chromium's own throttling leaves out.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createSecureServer } from "node:http2";
import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Served } from "./serve.mts";

/** Puts TLS, HTTP/2 and connection latency in front of a server on this machine. */
export async function withDistance(url: string, roundTripMs: number): Promise<Served> {
  const secure = tlsProxy(url);
  const near = await listen(secure);
  const { server, open } = relay(near, 2 * roundTripMs);
  const port = await listen(server);
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

/** Hop-by-hop headers, which a proxy does not forward. */
const HOP_BY_HOP = ["connection", "keep-alive", "transfer-encoding"];

function tlsProxy(url: string): Server {
  const { hostname, port } = new URL(url);
  return createSecureServer({ ...certificate(), allowHTTP1: true }, (incoming, response) => {
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).filter(([name]) => !name.startsWith(":")),
    );
    const outgoing = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers },
      (upstream) => {
        for (const name of HOP_BY_HOP) delete upstream.headers[name];
        response.writeHead(upstream.statusCode ?? 502, upstream.headers);
        upstream.pipe(response);
      },
    );
    outgoing.on("error", () => response.stream?.destroy());
    incoming.pipe(outgoing);
  });
}

/** A self-signed certificate; the browser runs with `--ignore-certificate-errors`. */
function certificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "logistration-bench-"));
  try {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const args = "req -x509 -nodes -days 1 -newkey ec -pkeyopt ec_paramgen_curve:P-256";
    execFileSync(
      "openssl",
      [...args.split(" "), "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", cert],
      { stdio: "pipe" },
    );
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Relays connections to a port of this machine, each after a delay. */
function relay(port: number, afterMs: number): { server: Server; open: Set<Socket> } {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const beyond = connect({ host: "127.0.0.1", port, noDelay: true });
    for (const socket of [near, beyond]) {
      open.add(socket);
      // When one end closes, the other is closed too.
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

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
