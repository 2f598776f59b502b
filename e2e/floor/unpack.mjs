// Unpacks the old Chromium releases among the npm packages, into node_modules/.chromium/<version>/.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";

for (const version of ["88", "90", "108"]) {
  const folder = `node_modules/.chromium/${version}`;
  mkdirSync(folder, { recursive: true });
  const packed = readFileSync(`node_modules/chromium-${version}/bin/chromium.br`);
  writeFileSync(`${folder}/chromium`, brotliDecompressSync(packed), { mode: 0o755 });
}
