// Reports at the end of a run how many journeys went through nginx, and how many straight to the sandbox,
// with the reason.

import type { Reporter, Suite } from "@playwright/test/reporter";

export default class WebServerReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(): void {
    const tests = (this.suite?.allTests() ?? []).filter(
      (test) =>
        test.parent.project()?.name === "journeys" &&
        test.results.some(({ status }) => status !== "skipped"),
    );
    if (tests.length === 0) return;
    const front = process.env.LOGISTRATION_FRONT;
    if (!front) {
      console.log(`all ${tests.length} journeys went straight to the sandbox: no nginx was in front of it`);
      return;
    }
    const reasons = tests.flatMap((test) => {
      const [found] = test.annotations.filter(({ type }) => type === "direct");
      return found ? [found.description] : [];
    });
    console.log(`${tests.length - reasons.length} journeys went through ${front}`);
    for (const reason of new Set(reasons)) {
      const count = reasons.filter((other) => other === reason).length;
      console.log(`${count} went straight to the sandbox: ${reason}`);
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}
