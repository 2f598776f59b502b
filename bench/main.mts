// The whole of `cargo xtask bench` but the building: visits each site as a slow phone would, signs
// in to the portal, and says what came of it.
//
// `cargo xtask bench` compiles this with the end-to-end tests' compiler and runs it in their folder,
// whose Playwright it borrows.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, LaunchOptions } from "playwright";
import { far } from "./far.mts";
import { lighthouse, written as scores } from "./lighthouse.mts";
import type { Sign } from "./probe.mts";
import { PORTAL, report, written, YARDSTICK } from "./report.mts";
import { type Served, serve } from "./serve.mts";
import { secondVisit, signIn } from "./sign_in.mts";
import type { Answer } from "./traffic.mts";
import { THROTTLE, visit, type Visit } from "./visit.mts";

const { chromium } = createRequire(resolve("package.json"))(
  "playwright",
) as typeof import("playwright");

const { values: options } = parseArgs({
  options: {
    /** The browser's program. */
    chromium: { type: "string" },
    /** Where the sandbox serves the portal. */
    portal: { type: "string" },
    /** The folder of the yardstick. */
    [YARDSTICK]: { type: "string" },
    /** NAME=DIR, another site to measure. */
    peer: { type: "string", multiple: true, default: [] },
    /** How often. */
    runs: { type: "string" },
    /** Whether Lighthouse, which is on PATH then, is asked as well. */
    lighthouse: { type: "boolean", default: false },
    /** Where the report is written as JSON, if it is wanted. */
    out: { type: "string" },
  },
});

interface Site {
  name: string;
  url: string;
  sign: Sign;
}

function needed(name: "chromium" | "portal" | "runs" | typeof YARDSTICK): string {
  const value = options[name];
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
}

const root = process.getuid?.() === 0;
const launch: LaunchOptions = {
  executablePath: needed("chromium"),
  // Chromium's own sandbox cannot be used by root.
  chromiumSandbox: !root,
  args: [
    ...(root ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    // Of the far server, which nobody vouches for. Looked over by the page instead of by the whole
    // browser, it would cost every visit a second connection.
    "--ignore-certificate-errors",
    // A peer may want fonts or statistics from elsewhere; how far away that is says nothing of it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
};

const portal = needed("portal");
const runs = Number(needed("runs"));
const result: Record<string, unknown> = {};
if (runs > 0) {
  const measured = await measure();
  console.log(`\n${written(measured)}`);
  Object.assign(result, { runs, throttle: THROTTLE, ...measured });
}
if (options.lighthouse) {
  const pages = [`${portal}/`, `${portal}/staff`];
  const audited = [];
  for (const url of pages) {
    audited.push(await lighthouse(launch, url));
  }
  console.log(`\n${scores(audited)}`);
  result.lighthouse = audited;
}
if (options.out) writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);

async function measure() {
  const served: Served[] = [];
  const serving = async (folder: string) => {
    const site = await serve(folder);
    served.push(site);
    return distant(site.url);
  };
  const distant = async (url: string) => {
    const relay = await far(url, THROTTLE.roundTripMs);
    served.push(relay);
    return `${relay.url}/`;
  };
  let browser: Browser | undefined;
  try {
    const sites: Site[] = [
      { name: PORTAL, url: await distant(portal), sign: "marker" },
      { name: YARDSTICK, url: await serving(needed(YARDSTICK)), sign: "marker" },
    ];
    for (const peer of options.peer) {
      const at = peer.indexOf("=");
      const url = await serving(peer.slice(at + 1));
      sites.push({ name: peer.slice(0, at), url, sign: "button" });
    }
    browser = await chromium.launch(launch);
    const visits = await visitAll(browser, sites);
    const signIns = [];
    const secondVisits: Answer[][] = [];
    console.log("signing in to the portal, and coming back to it …");
    // The first time is for the browser to warm up, here as well.
    await signIn(browser, portal);
    for (let run = 0; run < runs; run += 1) {
      signIns.push(await signIn(browser, portal));
      secondVisits.push(await secondVisit(browser, `${portal}/`));
    }
    const chromiumVersion = browser.version();
    return { chromium: chromiumVersion, ...report({ visits, signIns, secondVisits }) };
  } finally {
    await browser?.close();
    await Promise.all(served.map((site) => site.close()));
  }
}

/** The sites take turns, so that whatever else the machine does meets all of them alike. */
async function visitAll(browser: Browser, sites: Site[]): Promise<Map<string, Visit[]>> {
  const visits = new Map(sites.map(({ name }) => [name, [] as Visit[]]));
  // Round 0 warms the browser and the servers up and does not count.
  for (let round = 0; round <= runs; round += 1) {
    const first = round % sites.length;
    for (const site of [...sites.slice(first), ...sites.slice(0, first)]) {
      const seen = await visit(browser, site.url, site.sign);
      const { firstContentfulPaint, usable } = seen;
      const times = `painted ${firstContentfulPaint.toFixed()}, usable ${usable.toFixed()} ms`;
      console.log(`${round === 0 ? "warm-up" : `run ${round}`}  ${site.name}: ${times}`);
      if (round > 0) visits.get(site.name)?.push(seen);
    }
  }
  return visits;
}
