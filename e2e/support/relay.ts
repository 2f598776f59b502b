// A TCP relay to a server that can be closed and opened again. It affects everything in the browser at
// once, pages and workers, like a lost network; `context.setOffline` affects one after the other. It keeps the request
// lines that pass, whichever browser sends them.

import { connect, createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { freePort } from "./web_server.ts";

export class Relay {
  /** The requests so far, such as `GET /`. */
  readonly requests: string[] = [];
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly port: number,
    private readonly to: URL,
  ) {}

  /** A relay to the server at this URL, closed at first. */
  static async to(url: string): Promise<Relay> {
    return new Relay(await freePort(), new URL(url));
  }

  /** The relay's URL, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async open(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(Number(this.to.port), this.to.hostname);
      near.on("data", (bytes: Buffer) => {
        for (const [, line] of bytes.toString("latin1").matchAll(/^((?:GET|HEAD|POST) \S+) HTTP\/1/gm)) this.requests.push(line!);
      });
      near.pipe(far).pipe(near);
      for (const [one, other] of [[near, far], [far, near]] as const) {
        this.sockets.add(one);
        one.on("error", () => other.destroy());
        one.on("close", () => this.sockets.delete(one));
      }
    }).listen(this.port, "127.0.0.1");
    await once(this.server, "listening");
  }

  async close(): Promise<void> {
    if (!this.server) return;
    const closed = once(this.server, "close");
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
    this.server = undefined;
  }
}
