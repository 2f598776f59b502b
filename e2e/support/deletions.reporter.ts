// Writes what notices each deleted line of the web servers into docs/deletions.md: see servers/lines.deletions.ts.

import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { readTable, writeTable } from "./deletions.ts";

export default class DeletionsReporter implements Reporter {
  onTestEnd(_: TestCase, { annotations }: TestResult): void {
    for (const { type, description } of annotations) {
      if (type !== "deletion") continue;
      const [file, name, outcome] = JSON.parse(description!) as [string, string, string];
      const table = readTable();
      table.set(file, new Map([...(table.get(file) ?? []), [name, outcome]]));
      writeTable(table);
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}
