// The portal alone, on this machine's own speed: what the code between a click and the wire, and
// between an answer and the page, takes; and what a second visit asks for.

import type { Browser, CDPSession, Page } from "playwright";
import { probe, type Sign } from "./probe.mts";
import { type Answer, Traffic } from "./traffic.mts";
import { evaluate, patiently, sleep } from "./visit.mts";

/** One of the sandbox's sample patients. */
const PERSON = { phone: "0501234567", nationalId: "1012345672" };

const SIGN: Sign = "marker";

/** Milliseconds. */
export interface SignIn {
  /** From the click on "Sign in" to the moment the first request goes out. */
  clickToRequest: number;
  /**
   * From the end of the last answer to the frame after the one that shows the profile: up to one
   * frame (17 ms) more than the person waits.
   */
  answerToPainted: number;
}

/** Signs a patient in once. */
export async function signIn(browser: Browser, url: string): Promise<SignIn> {
  const context = await browser.newContext({ locale: "en-US" });
  try {
    const page = await context.newPage();
    await page.addInitScript(probe, SIGN);
    await page.addInitScript(watch);
    const cdp = await context.newCDPSession(page);
    await open(page, cdp, url);
    await page.getByRole("textbox", { name: "Mobile number", exact: true }).fill(PERSON.phone);
    await page
      .getByRole("textbox", { name: "National ID number", exact: true })
      .fill(PERSON.nationalId);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    return await patiently(evaluate<SignIn>(cdp, "window.signedIn"), "no profile was shown");
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
function watch(): void {
  let clicked = 0;
  addEventListener("click", (event) => (clicked = event.timeStamp), { capture: true });
  window.signedIn = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector("h1")?.textContent !== "Profile") return;
      observer.disconnect();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          // Not the frame's own time, which is that of the screen's last beat and may be long past.
          const painted = performance.now();
          const calls = (
            performance.getEntriesByType("resource") as PerformanceResourceTiming[]
          ).filter(({ startTime, name }) => startTime >= clicked && name.includes("/api/"));
          const answered = Math.max(...calls.map(({ responseEnd }) => responseEnd));
          const asked = Math.min(...calls.map(({ requestStart }) => requestStart));
          resolve({ clickToRequest: asked - clicked, answerToPainted: painted - answered });
        }),
      );
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** Visits the portal twice in one context; returns what the second visit put on the wire. */
export async function secondVisit(browser: Browser, url: string): Promise<Answer[]> {
  const context = await browser.newContext();
  try {
    const visitOnce = async () => {
      const page = await context.newPage();
      await page.addInitScript(probe, SIGN);
      const cdp = await context.newCDPSession(page);
      const traffic = await Traffic.of(cdp);
      await open(page, cdp, url);
      // What nobody waits for, such as an icon, comes late.
      await sleep(1_000);
      await page.close();
      return traffic.answers();
    };
    await visitOnce();
    return await visitOnce();
  } finally {
    await context.close();
  }
}

async function open(page: Page, cdp: CDPSession, url: string): Promise<void> {
  await page.goto(url, { waitUntil: "commit" });
  await patiently(evaluate(cdp, "window.bench.usable"), `${url} did not become usable`);
}
