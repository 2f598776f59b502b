// A way to a server that is a round trip away before it hears the first word: on any network a new
// connection costs one, and Chromium's own throttling leaves it out.

import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import type { Served } from "./serve.mts";

/** Relays connections to a server on this machine, each after `roundTripMs`. */
export async function far(url: string, roundTripMs: number): Promise<Served> {
  const { port } = new URL(url);
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const beyond = connect({ host: "127.0.0.1", port: Number(port), noDelay: true });
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
    setTimeout(() => near.pipe(beyond), roundTripMs);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
