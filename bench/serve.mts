// A static server for other sites. Files are compressed with brotli 11 before the first request, as the
// portal's build is, so that compression does not distort the comparison. It sends no
// Content-Security-Policy: a peer may need what the sandbox forbids.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
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
/** File types that are already compressed. */
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

/** Serves a folder; a path without a file is the folder's `index.html`. */
export async function serve(folder: string): Promise<Served> {
  const files = await read(folder);
  const index = files.get("/index.html");
  if (!index) throw new Error(`${folder} has no index.html`);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    // A page's path has no dot; a missing script must not get a page as its response.
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

/** Starts the sandbox with a build of the portal and both services. */
export async function startSandbox(program: string, portal: string): Promise<Served> {
  const running = spawn(program, ["--quiet", "--portal", portal], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  endWithThisProcess(running);
  const close = async () => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, "exit");
    running.kill();
    await ended;
  };
  for await (const line of createInterface({ input: running.stdout })) {
    const url = /^listening on (\S+?)\/?$/.exec(line)?.[1];
    if (url) return { url, close };
  }
  throw new Error(`the sandbox did not start with ${portal}`);
}

/** Ends a program when this process ends. */
function endWithThisProcess(child: ChildProcess): void {
  const end = () => child.kill();
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
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
