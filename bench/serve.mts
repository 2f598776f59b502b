// A static server for sites that are not ours. What can be compressed is compressed with brotli 11
// before the first request, as the portal's build is, so that no site is measured against another
// one's compression. It adds no policy of its own: a peer may need what the sandbox forbids.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, sep } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};
/** These are compressed already. */
const DENSE = new Set([".jpg", ".png", ".webp", ".woff", ".woff2"]);

interface File {
  type: string;
  bytes: Buffer;
  brotli: boolean;
}

/** A site that is being served. */
export interface Served {
  /** Its address, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Serves a folder; an address that names no file is the folder's `index.html`. */
export async function serve(folder: string): Promise<Served> {
  const files = await read(folder);
  const index = files.get("/index.html");
  if (!index) throw new Error(`${folder} has no index.html`);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    // A page's address has no dot; a missing script must not be answered with a page.
    const file = files.get(path) ?? (extname(path) === "" ? index : undefined);
    if (!file || request.method !== "GET") {
      response.writeHead(404).end();
      return;
    }
    response
      .writeHead(200, {
        "content-type": file.type,
        "content-length": file.bytes.length,
        ...(file.brotli ? { "content-encoding": "br" } : {}),
      })
      .end(file.bytes);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The sandbox with a build of the portal and both services. */
export async function sandbox(program: string, portal: string): Promise<Served> {
  const running = spawn(program, ["--quiet", "--portal", portal], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = () => running.kill();
  process.once("exit", end);
  const close = () =>
    new Promise<void>((resolve) => {
      process.off("exit", end);
      running.once("exit", () => resolve());
      end();
    });
  for await (const line of createInterface({ input: running.stdout })) {
    const url = /^listening on (\S+?)\/?$/.exec(line)?.[1];
    if (url) return { url, close };
  }
  throw new Error(`the sandbox did not start with ${portal}`);
}

async function read(folder: string): Promise<Map<string, File>> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => statSync(join(folder, name)).isFile() && !name.endsWith(".map"),
  );
  const files = await Promise.all(
    names.map(async (name): Promise<[string, File]> => {
      const plain = readFileSync(join(folder, name));
      const kind = extname(name).toLowerCase();
      const small = DENSE.has(kind)
        ? plain
        : await compress(plain, {
            params: {
              [constants.BROTLI_PARAM_QUALITY]: 11,
              [constants.BROTLI_PARAM_LGWIN]: 22,
              [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
            },
          });
      const brotli = small.length < plain.length;
      const path = `/${name.split(sep).join("/")}`;
      return [
        path,
        {
          type: TYPES[kind] ?? "application/octet-stream",
          bytes: brotli ? small : plain,
          brotli,
        },
      ];
    }),
  );
  return new Map(files);
}
