// Requests with exactly the given headers and path, which `fetch` does not send.

import { once } from "node:events";
import { request, type IncomingHttpHeaders } from "node:http";
import { connect, type Socket } from "node:net";

export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request to a URL, or to exactly the `path` at its origin, and its response, not decompressed. */
export function send(
  url: string,
  {
    method = "GET",
    headers = {},
    body = "",
    path,
  }: { method?: string; headers?: Record<string, string>; body?: string; path?: string } = {},
): Promise<HttpResponse> {
  return new Promise((done, failed) => {
    const length = body ? { "content-length": String(Buffer.byteLength(body)) } : {};
    const options = { method, headers: { ...headers, ...length }, maxHeaderSize: 64 * 1024, ...(path && { path }) };
    const outgoing = request(url, options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", failed);
      response.on("end", () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    outgoing.on("error", failed);
    outgoing.end(body);
  });
}

/** The head of the response to a request that is written as it is, line by line; empty if there is none. */
export function headOf(url: string, request: string[], body = ""): Promise<string> {
  return new Promise((done, failed) => {
    let head = "";
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write([...request, "Connection: close", "", body].join("\r\n")));
    socket.on("data", (data) => (head += data.toString("latin1")));
    socket.on("close", () => done(head.slice(0, head.indexOf("\r\n\r\n") + 2)));
    socket.on("error", failed);
  });
}

/** A header, and a body that is none by it. */
export const INVALID_BODIES: [header: string, body: string][] = [
  ["Transfer-Encoding: chunked", "zz\r\n"],
  ["Transfer-Encoding: chunked", "3\r\nabcdef\r\n"],
  ["Transfer-Encoding: chunked", `2328\r\n${"x".repeat(9_000)}\r\nzz\r\n`],
  ["transfer-encoding: Chunked", "-1\r\n\r\n"],
  ["Transfer-Encoding: gzip, chunked", "zz\r\n"],
  ["Content-Length: x", "x"],
];

/** A connection on which a request is written, as it is. */
export async function write(url: string, request: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  socket.write(request);
  return socket;
}
