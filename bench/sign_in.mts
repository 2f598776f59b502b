// The portal alone, not throttled: the time from a click to the request and from the response to the
// page, and the responses of a second visit.

import type { Browser, CDPSession, Page } from "playwright";
import { probe, type ReadySignal } from "./probe.mts";
import { type WireResponse, Traffic } from "./traffic.mts";
import { evaluate, withTimeout, sleep } from "./visit.mts";

/** One of the sandbox's sample patients. */
const PERSON = { phone: "0501234567", nationalId: "1012345672" };

const READY_SIGNAL: ReadySignal = "marker";

/** Milliseconds. */
export interface SignIn {
  /** From the click on "Sign in" to the first request. */
  clickToRequest: number;
  /**
   * From the end of the last response to the frame after the one with the profile: up to one frame
   * (17 ms) more than the person waits.
   */
  responseToPainted: number;
}

/** Signs a patient in once. */
export async function signIn(browser: Browser, url: string): Promise<SignIn> {
  const context = await browser.newContext({ locale: "en-US" });
  try {
    const page = await context.newPage();
    await page.addInitScript(probe, READY_SIGNAL);
    await page.addInitScript(observe);
    const cdp = await context.newCDPSession(page);
    await open(page, cdp, url);
    await page.getByRole("textbox", { name: "Mobile number", exact: true }).fill(PERSON.phone);
    await page
      .getByRole("textbox", { name: /^National ID( or Iqama)? number$/ })
      .fill(PERSON.nationalId);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    return await withTimeout(evaluate<SignIn>(cdp, "window.signedIn"), "no profile was shown");
  } finally {
    await context.close();
  }
}

declare global {
  interface Window {
    signedIn: Promise<SignIn>;
  }
}

/** Runs in the page, before its own scripts. */
function observe(): void {
  let clicked = 0;
  addEventListener("click", (event) => (clicked = event.timeStamp), { capture: true });
  window.signedIn = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector("h1")?.textContent !== "Profile") return;
      observer.disconnect();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          // Not the frame's timestamp, which may be earlier than the response.
          const painted = performance.now();
          const calls = (
            performance.getEntriesByType("resource") as PerformanceResourceTiming[]
          ).filter(({ startTime, name }) => startTime >= clicked && name.includes("/api/"));
          const lastResponse = Math.max(...calls.map(({ responseEnd }) => responseEnd));
          const firstRequest = Math.min(...calls.map(({ requestStart }) => requestStart));
          resolve({ clickToRequest: firstRequest - clicked, responseToPainted: painted - lastResponse });
        }),
      );
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** Visits the portal twice in one context; returns the responses of the second visit. */
export async function secondVisit(browser: Browser, url: string): Promise<WireResponse[]> {
  const context = await browser.newContext();
  try {
    const visitOnce = async () => {
      const page = await context.newPage();
      await page.addInitScript(probe, READY_SIGNAL);
      const cdp = await context.newCDPSession(page);
      const traffic = await Traffic.of(cdp);
      await open(page, cdp, url);
      // Low-priority requests, such as the icon, come late.
      await sleep(1_000);
      await page.close();
      return traffic.responses();
    };
    await visitOnce();
    return await visitOnce();
  } finally {
    await context.close();
  }
}

async function open(page: Page, cdp: CDPSession, url: string): Promise<void> {
  await page.goto(url, { waitUntil: "commit" });
  await withTimeout(evaluate(cdp, "window.bench.usable"), `${url} did not become usable`);
}
