// `cargo xtask bench` without the builds: visits each site like a slow phone, signs in to the portal, and
// reports the measurements.
//
// `cargo xtask bench` compiles it with the end-to-end tests' compiler and runs it in their folder, with
// their Playwright.

import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, LaunchOptions } from "playwright";
import { withDistance } from "./network.mts";
import { journey } from "./journey.mts";
import { lighthouse, formatScores as scores } from "./lighthouse.mts";
import type { ReadySignal } from "./probe.mts";
import { type Journeys, PORTAL, summarize, formatReport, YARDSTICK } from "./report.mts";
import { startSandbox, type Served, serve } from "./serve.mts";
import { secondVisit, signIn } from "./sign_in.mts";
import type { WireResponse } from "./traffic.mts";
import { THROTTLE, visit } from "./visit.mts";

const { chromium } = createRequire(resolve("package.json"))(
  "playwright",
) as typeof import("playwright");

const { values: options } = parseArgs({
  options: {
    /** Path of the browser's program. */
    chromium: { type: "string" },
    /** Path of the sandbox's program. */
    sandbox: { type: "string" },
    /** Folder of the built portal. */
    portal: { type: "string" },
    /** Folder of the yardstick. */
    [YARDSTICK]: { type: "string" },
    /** NAME=DIR, another site to measure. If it is a build of the portal, sign-in is measured too. */
    peer: { type: "string", multiple: true, default: [] },
    /** Number of runs. */
    runs: { type: "string" },
    /** Whether Lighthouse runs as well. */
    lighthouse: { type: "boolean", default: false },
    /** File for the report as JSON. */
    out: { type: "string" },
  },
});

interface Site {
  name: string;
  url: string;
  readySignal: ReadySignal;
  /** Whether it is a build of the portal, with services to sign in to. */
  portal: boolean;
}

function needed(name: "chromium" | "sandbox" | "portal" | "runs" | typeof YARDSTICK): string {
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
    // For the self-signed certificate of network.mts. Ignored by the page only instead of by the browser, it
    // would cost every visit a second connection.
    "--ignore-certificate-errors",
    // A peer may load fonts or analytics from other hosts; their latency must not count.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
};

const runs = Number(needed("runs"));
const result: Record<string, unknown> = {};
const sandbox = await startSandbox(needed("sandbox"), needed("portal"));
try {
  if (runs > 0) {
    const measured = await measure();
    console.log(`\n${formatReport(measured)}`);
    Object.assign(result, { runs, throttle: THROTTLE, ...measured });
  }
  if (options.lighthouse) {
    const audited = [];
    for (const path of ["/", "/staff"]) {
      audited.push(await lighthouse(launch, sandbox.url + path));
    }
    console.log(`\n${scores(audited)}`);
    result.lighthouse = audited;
  }
} finally {
  await sandbox.close();
}
if (options.out) writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);

async function measure() {
  const served: Served[] = [];
  const distant = async (site: Served) => {
    served.push(site);
    const relay = await withDistance(site.url, THROTTLE.roundTripMs);
    served.push(relay);
    return `${relay.url}/`;
  };
  const portal = async (name: string, folder: string): Promise<Site> => ({
    name,
    url: await distant(await startSandbox(needed("sandbox"), folder)),
    readySignal: "marker",
    portal: true,
  });
  let browser: Browser | undefined;
  try {
    const yardstick = await distant(await serve(needed(YARDSTICK)));
    const sites: Site[] = [
      await portal(PORTAL, needed("portal")),
      { name: YARDSTICK, url: yardstick, readySignal: "marker", portal: false },
    ];
    for (const peer of options.peer) {
      const at = peer.indexOf("=");
      const [name, folder] = [peer.slice(0, at), peer.slice(at + 1)];
      const url = async () => distant(await serve(folder));
      sites.push(
        existsSync(join(folder, "policy.json"))
          ? await portal(name, folder)
          : { name, url: await url(), readySignal: "button", portal: false },
      );
    }
    browser = await chromium.launch(launch);
    const visits = await takeTurns(sites, (browser, site) => visit(browser, site.url, site.readySignal), browser);
    const portals = sites.filter((site) => site.portal);
    const journeys: Journeys = { patient: new Map(), staff: new Map() };
    const typed: Journeys = { patient: new Map(), staff: new Map() };
    for (const audience of ["patient", "staff"] as const) {
      journeys[audience] = await takeTurns(portals, (browser, { url }) => journey(browser, url, audience, "at once"), browser);
      typed[audience] = await takeTurns(portals, (browser, { url }) => journey(browser, url, audience, "like a person"), browser);
    }
    console.log("sign-in and second visits of the portal …");
    // The first sign-in warms the browser up.
    await signIn(browser, sandbox.url);
    const signIns = [];
    const secondVisits: WireResponse[][] = [];
    for (let run = 0; run < runs; run += 1) {
      signIns.push(await signIn(browser, sandbox.url));
      secondVisits.push(await secondVisit(browser, `${sandbox.url}/`));
    }
    const chromiumVersion = browser.version();
    return {
      chromium: chromiumVersion,
      ...summarize({ visits, journeys, typed, signIns, secondVisits }),
    };
  } finally {
    await browser?.close();
    await Promise.all(served.map((site) => site.close()));
  }
}

/** Measures the sites in turn, so that other load on the machine affects all of them alike. */
async function takeTurns<T>(
  sites: Site[],
  measured: (browser: Browser, site: Site) => Promise<T>,
  browser: Browser,
): Promise<Map<string, T[]>> {
  const all = new Map(sites.map(({ name }) => [name, [] as T[]]));
  // Round 0 warms browser and servers up and does not count.
  for (let round = 0; round <= runs; round += 1) {
    const first = round % sites.length;
    for (const site of [...sites.slice(first), ...sites.slice(0, first)]) {
      const seen = await measured(browser, site);
      if (round > 0) all.get(site.name)?.push(seen);
    }
    process.stdout.write(round === runs ? `${round}\n` : `${round} `);
  }
  return all;
}
