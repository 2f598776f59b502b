// Requests with exactly the given headers and path, which `fetch` does not send.

import { request, type IncomingHttpHeaders } from "node:http";

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
