// Repeated sign-in, navigation and sign-out in one tab: neither the page nor the program's memory grows,
// and no data of the last person stays. Thirty times by default; LOGISTRATION_SOAK=1000 for more.

import type { CDPSession } from "@playwright/test";
import { NIGHTLY } from "../support/fixtures.ts";
import { ABDULLAH, MARIA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

const CYCLES = Number(process.env.LOGISTRATION_SOAK ?? 30);
/**
 * Cycles before the first measurement, in which one-time allocations are made. The browser's own heap grows
 * for about a hundred cycles, by a tenth: a long run measures after them, with half the tolerance.
 */
const WARM_UP = Math.max(10, CYCLES / 10);
const HEAP = CYCLES < 1_000 ? 1.15 : 1.08;
/** Tolerated growth of nodes and listeners: less than one for six people in a short run. */
const SLACK = 3;

async function measureHeap(cdp: CDPSession) {
  // A collected listener releases its page's nodes only then: they need another round.
  for (let round = 0; round < 4; round += 1) {
    await cdp.send("HeapProfiler.collectGarbage");
    await new Promise((done) => setTimeout(done, 100));
  }
  const { metrics } = await cdp.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
}

test("soak: repeated sign-in and sign-out leaks no nodes, listeners or memory", NIGHTLY, async ({
  context,
  page,
  patientSignIn,
  record,
}) => {
  test.setTimeout(60_000 + CYCLES * 1_500);
  // Exposes the program's memory, which the browser does not report.
  await page.addInitScript(() => {
    const original = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...args) => {
      const made = await original(...args);
      const { memory } = made.instance.exports;
      if (memory instanceof WebAssembly.Memory) Object.assign(window, { programMemory: memory });
      return made;
    };
  });
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable");
  await cdp.send("HeapProfiler.enable");
  const wasm = () =>
    page.evaluate(
      () => (window as unknown as { programMemory: WebAssembly.Memory }).programMemory.buffer.byteLength,
    );
  const people = [ABDULLAH, MARIA];
  let before = { heap: NaN, nodes: NaN, listeners: NaN, wasm: NaN };

  await patientSignIn.open("/");
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const [person, last] = [people[cycle % 2]!, people[(cycle + 1) % 2]!];
    await patientSignIn.signIn(person);
    await record.heading("Profile").waitFor();
    await expect(page.getByText(person.name).first()).toBeVisible();
    expect(await page.locator("body").innerText()).not.toContain(last.name);
    await record.goTo("Addresses");
    await record.goTo("Profile");
    await record.signOutButton.click();
    await patientSignIn.heading("Patient sign in").waitFor();
    await patientSignIn.link("Work here? Staff sign in").click();
    await patientSignIn.heading("Staff sign in").waitFor();
    await patientSignIn.link("Patient sign in").click();
    await patientSignIn.heading("Patient sign in").waitFor();
    // Objects shared with the page are freed when the browser collects garbage, at an unknown time: without this,
    // the highest amount of memory in use depends on it, and the program's memory never shrinks.
    await cdp.send("HeapProfiler.collectGarbage");
    if (cycle === WARM_UP) before = { ...(await measureHeap(cdp)), wasm: await wasm() };
  }
  const after = { ...(await measureHeap(cdp)), wasm: await wasm() };
  const figures = JSON.stringify({ before, after });
  expect(after.wasm, figures).toBe(before.wasm);
  expect(after.nodes, figures).toBeLessThanOrEqual(before.nodes + SLACK);
  expect(after.listeners, figures).toBeLessThanOrEqual(before.listeners + SLACK);
  // A short run includes the browser's own warm-up: small leaks show in a long one.
  expect(after.heap, figures).toBeLessThanOrEqual(before.heap * HEAP);
});
