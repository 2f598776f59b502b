// Copies of the built portal that a test may change, and a next release made from it.

import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST } from "./web_server.ts";

/** Whether a file's name has a hash of its contents. */
export const isHashed = (name: string) => /-[0-9a-f]{16}\.[a-z]+$/.test(name);

/** A copy of the built portal. */
export function copyOfBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "logistration-dist-"));
  cpSync(DIST, folder, { recursive: true });
  return folder;
}

const digest = (kind: string, bytes: Buffer) => createHash(kind).update(bytes);
const integrity = (bytes: Buffer) => `sha384-${digest("sha384", bytes).digest("base64")}`;

/** An empty custom section of wasm, which changes a program's bytes and not its behaviour. */
const SECTION = Buffer.from([0, 2, 1, 0x62]);

/**
 * A folder with the next release: each hashed file has other bytes, another name and another integrity
 * hash, in all files that refer to it, as if the source had changed.
 */
export function nextRelease(): string {
  const folder = copyOfBuild();
  const read = (name: string) => readFileSync(join(folder, name));
  for (const name of readdirSync(folder)) {
    // Compressed copies would be those of the former release.
    if (/\.(br|gz)$/.test(name)) rmSync(join(folder, name));
  }
  // Each file before those that refer to it.
  const order = [/^program-.*\.css$/, /^logistration-.*\.wasm$/, /^boot-/, /^offline-/];
  for (const which of order) {
    const name = readdirSync(folder).find((file) => which.test(file) && isHashed(file));
    if (!name) throw new Error(`dist/ has no ${which}`);
    const before = read(name);
    const was = integrity(readFileSync(join(DIST, name)));
    const after = Buffer.concat([before, name.endsWith(".wasm") ? SECTION : Buffer.from("\n/**/\n")]);
    const hash = digest("sha256", after).digest("hex").slice(0, 16);
    const renamed = name.replace(/-[0-9a-f]{16}/, `-${hash}`);
    writeFileSync(join(folder, name), after);
    renameSync(join(folder, name), join(folder, renamed));
    for (const other of readdirSync(folder)) {
      if (!/\.(html|js)$/.test(other)) continue;
      const text = read(other).toString("utf8");
      writeFileSync(
        join(folder, other),
        text.replaceAll(name, renamed).replaceAll(was, integrity(after)),
      );
    }
  }
  // offline.html refers to a renamed script, so its integrity changes, and with it the worker.
  const worker = read("sw.js").toString("utf8");
  const page = integrity(readFileSync(join(DIST, "offline.html")));
  writeFileSync(
    join(folder, "sw.js"),
    worker.replace(page, integrity(read("offline.html"))).replace(/version:"\w+"/, 'version:"next"'),
  );
  return folder;
}

/** Copies a release over another, as docs/operations.md describes: old hashed files are kept. */
export function deploy(release: string, to: string): void {
  const isOld = (name: string) => /\.(br|gz)$/.test(name) && !isHashed(name.replace(/\.(br|gz)$/, ""));
  for (const name of readdirSync(to)) if (isOld(name)) rmSync(join(to, name));
  cpSync(release, to, { recursive: true });
}

/** Removes hashed files that are not of this release. */
export function removeOldFiles(release: string, from: string): void {
  const own = new Set(readdirSync(release));
  for (const name of readdirSync(from)) {
    if (isHashed(name.replace(/\.(br|gz)$/, "")) && !own.has(name)) rmSync(join(from, name));
  }
}
