// A name server whose answers a test changes while servers ask it.

import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

export class NameServer {
  /** The IPv4 addresses of each name; a name that is not here does not exist. */
  readonly names = new Map<string, string[]>();

  private constructor(private readonly socket: Socket) {}

  static async start(): Promise<NameServer> {
    const socket = createSocket("udp4");
    const server = new NameServer(socket);
    socket.on("message", (query, { port, address }) => socket.send(server.answer(query), port, address));
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    return server;
  }

  /** The address and port of the server. */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, "close");
  }

  /** The response to a query of one question, RFC 1035, 4. */
  private answer(query: Buffer): Buffer {
    let end = 12;
    const labels: string[] = [];
    while (query[end]! > 0) {
      const length = query[end]!;
      labels.push(query.toString("latin1", end + 1, end + 1 + length));
      end += 1 + length;
    }
    const question = query.subarray(12, end + 5);
    const isA = query.readUInt16BE(end + 1) === 1;
    const known = this.names.get(labels.join(".").toLowerCase());
    const addresses = isA ? (known ?? []) : [];
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // A response, with recursion; 3 is "no such name".
    header.writeUInt16BE(0x8180 | (known ? 0 : 3), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(addresses.length, 6);
    const records = addresses.map((address) =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split(".").map(Number)]),
    );
    return Buffer.concat([header, question, ...records]);
  }
}
