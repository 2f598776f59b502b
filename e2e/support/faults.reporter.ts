// Reports at the end of a run how many faults were survived, of how many. The tests of connection_faults.spec.ts
// annotate the number to run before, and the number survived after. The run fails if they differ.

import type { FullResult, Reporter, Suite, TestCase } from "@playwright/test/reporter";

export default class FaultsReporter implements Reporter {
  private tests: TestCase[] = [];

  onBegin(_: unknown, suite: Suite): void {
    this.tests = suite.allTests();
  }

  async onEnd(result: FullResult): Promise<{ status?: FullResult["status"] }> {
    const sum = (type: string, of: (test: TestCase) => TestCase["annotations"]) =>
      this.tests
        .flatMap(of)
        .filter((annotation) => annotation.type === type)
        .reduce((total, { description }) => total + Number(description), 0);
    const met = sum("faults", (test) => test.annotations.slice(0, 1));
    if (met === 0) return {};
    const survived = sum("survived", (test) => test.results.at(-1)?.annotations ?? []);
    console.log(`faults survived ${survived}/${met}`);
    return survived < met && result.status === "passed" ? { status: "failed" } : {};
  }

  printsToStdio(): boolean {
    return false;
  }
}
