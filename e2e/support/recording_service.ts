// A service that records its requests and gives each the same response.

import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface RecordedRequest {
  /** Method and path, with a query where there is one. */
  call: string;
  httpVersion: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export class RecordingService {
  /** All requests since they were last taken. */
  private requests: RecordedRequest[] = [];
  /** The response to the next requests. */
  response: { status: number; headers: Record<string, string | string[]>; body?: string } = { status: 200, headers: {} };

  private constructor(private readonly server: Server) {}

  static async start({ address = "127.0.0.1", port = 0 } = {}): Promise<RecordingService> {
    // More than what the servers in front let through.
    const server = createServer({ maxHeaderSize: 256 * 1024 });
    const service = new RecordingService(server);
    server.on("request", (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        service.requests.push({
          call: `${request.method} ${request.url}`,
          httpVersion: request.httpVersion,
          headers: request.headers,
          body: Buffer.concat(parts).toString("utf8"),
        });
        const { status, headers, body = "{}" } = service.response;
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(body);
      });
    });
    server.listen(port, address);
    await once(server, "listening");
    return service;
  }

  get url(): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `http://${address}:${port}`;
  }

  /** Responds with 200 and no header of its own again, and forgets the requests. */
  reset(): void {
    this.response = { status: 200, headers: {} };
    this.requests = [];
  }

  /** The requests since they were last taken. */
  take(): RecordedRequest[] {
    const taken = this.requests;
    this.requests = [];
    return taken;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
