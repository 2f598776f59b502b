// The table of docs/deletions.md has an entry for each line of the web servers. Run by `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { FILES, linesOf, readTable } from "../support/deletions.ts";

for (const [file, kind] of FILES) {
  test(`docs/deletions.md: names what notices each line of ${file}`, () => {
    const rows = [...(readTable().get(file) ?? [])];
    expect(rows.map(([name]) => name)).toEqual(linesOf(file, kind).map(({ name }) => name));
    expect(rows.filter(([, noticed]) => !noticed)).toEqual([]);
  });
}
