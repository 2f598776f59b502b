// Copies of the built portal that a test may change, and the next release of it.

import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST } from "./web_server.ts";

/** Whether a file is named after what is in it. */
export const isHashed = (name: string) => /-[0-9a-f]{16}\.[a-z]+$/.test(name);

/** A copy of the built portal. */
export function copyOfBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "logistration-dist-"));
  cpSync(DIST, folder, { recursive: true });
  return folder;
}

const digest = (kind: string, bytes: Buffer) => createHash(kind).update(bytes);
const integrity = (bytes: Buffer) => `sha384-${digest("sha384", bytes).digest("base64")}`;

/** An empty section of wasm with a name, which changes a program's bytes and nothing that it does. */
const SECTION = Buffer.from([0, 2, 1, 0x62]);

/**
 * The next release, as a folder: each hashed file has other bytes, another name and another integrity,
 * in all that names it, as if the source had changed.
 */
export function nextRelease(): string {
  const folder = copyOfBuild();
  const read = (name: string) => readFileSync(join(folder, name));
  for (const name of readdirSync(folder)) {
    // Compressed ones would be those of the former release.
    if (/\.(br|gz)$/.test(name)) rmSync(join(folder, name));
  }
  // What is named first, then what names it.
  const order = [/^program-.*\.css$/, /^logistration-.*\.wasm$/, /^logistration-.*\.js$/, /^boot-/, /^offline-/];
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
  // The page with the script's new name has another integrity, and the worker another version.
  const worker = read("sw.js").toString("utf8");
  const page = integrity(readFileSync(join(DIST, "offline.html")));
  writeFileSync(
    join(folder, "sw.js"),
    worker.replace(page, integrity(read("offline.html"))).replace(/version:"\w+"/, 'version:"next"'),
  );
  return folder;
}

/** Puts a release into the place of another, as docs/operations.md says: old hashed files stay. */
export function deploy(release: string, to: string): void {
  const isOld = (name: string) => /\.(br|gz)$/.test(name) && !isHashed(name.replace(/\.(br|gz)$/, ""));
  for (const name of readdirSync(to)) if (isOld(name)) rmSync(join(to, name));
  cpSync(release, to, { recursive: true });
}

/** Removes what is hashed and not of this release. */
export function removeOldFiles(release: string, from: string): void {
  const own = new Set(readdirSync(release));
  for (const name of readdirSync(from)) {
    if (isHashed(name.replace(/\.(br|gz)$/, "")) && !own.has(name)) rmSync(join(from, name));
  }
}
