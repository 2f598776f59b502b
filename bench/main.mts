// The whole of `cargo xtask bench` but the building: visits each site as a slow phone would, signs
// in to the portal, and says what came of it.
//
// `cargo xtask bench` compiles this with the end-to-end tests' compiler and runs it in their folder,
// whose Playwright it borrows.

import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, LaunchOptions } from "playwright";
import { far } from "./far.mts";
import { journey } from "./journey.mts";
import { lighthouse, written as scores } from "./lighthouse.mts";
import type { Sign } from "./probe.mts";
import { type Journeys, PORTAL, report, written, YARDSTICK } from "./report.mts";
import { sandbox, type Served, serve } from "./serve.mts";
import { secondVisit, signIn } from "./sign_in.mts";
import type { Answer } from "./traffic.mts";
import { THROTTLE, visit } from "./visit.mts";

const { chromium } = createRequire(resolve("package.json"))(
  "playwright",
) as typeof import("playwright");

const { values: options } = parseArgs({
  options: {
    /** The browser's program. */
    chromium: { type: "string" },
    /** The sandbox's program. */
    sandbox: { type: "string" },
    /** The folder of the portal. */
    portal: { type: "string" },
    /** The folder of the yardstick. */
    [YARDSTICK]: { type: "string" },
    /** NAME=DIR, another site to measure. Another build of the portal is signed in to as well. */
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
  /** Whether it has the services to sign in to. */
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
    // Of the far server, which nobody vouches for. Looked over by the page instead of by the whole
    // browser, it would cost every visit a second connection.
    "--ignore-certificate-errors",
    // A peer may want fonts or statistics from elsewhere; how far away that is says nothing of it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
};

const runs = Number(needed("runs"));
const result: Record<string, unknown> = {};
const near = await sandbox(needed("sandbox"), needed("portal"));
try {
  if (runs > 0) {
    const measured = await measure();
    console.log(`\n${written(measured)}`);
    Object.assign(result, { runs, throttle: THROTTLE, ...measured });
  }
  if (options.lighthouse) {
    const audited = [];
    for (const path of ["/", "/staff"]) {
      audited.push(await lighthouse(launch, near.url + path));
    }
    console.log(`\n${scores(audited)}`);
    result.lighthouse = audited;
  }
} finally {
  await near.close();
}
if (options.out) writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);

async function measure() {
  const served: Served[] = [];
  const distant = async (site: Served) => {
    served.push(site);
    const relay = await far(site.url, THROTTLE.roundTripMs);
    served.push(relay);
    return `${relay.url}/`;
  };
  const portal = async (name: string, folder: string): Promise<Site> => ({
    name,
    url: await distant(await sandbox(needed("sandbox"), folder)),
    sign: "marker",
    portal: true,
  });
  let browser: Browser | undefined;
  try {
    const yardstick = await distant(await serve(needed(YARDSTICK)));
    const sites: Site[] = [
      await portal(PORTAL, needed("portal")),
      { name: YARDSTICK, url: yardstick, sign: "marker", portal: false },
    ];
    for (const peer of options.peer) {
      const at = peer.indexOf("=");
      const [name, folder] = [peer.slice(0, at), peer.slice(at + 1)];
      const url = async () => distant(await serve(folder));
      sites.push(
        existsSync(join(folder, "policy.json"))
          ? await portal(name, folder)
          : { name, url: await url(), sign: "button", portal: false },
      );
    }
    browser = await chromium.launch(launch);
    const visits = await inTurn(sites, (browser, site) => visit(browser, site.url, site.sign), browser);
    const portals = sites.filter((site) => site.portal);
    const journeys: Journeys = { patient: new Map(), staff: new Map() };
    const typed: Journeys = { patient: new Map(), staff: new Map() };
    for (const who of ["patient", "staff"] as const) {
      journeys[who] = await inTurn(portals, (browser, { url }) => journey(browser, url, who, "at once"), browser);
      typed[who] = await inTurn(portals, (browser, { url }) => journey(browser, url, who, "like a person"), browser);
    }
    console.log("signing in to the portal, and coming back to it …");
    // The first time is for the browser to warm up, here as well.
    await signIn(browser, near.url);
    const signIns = [];
    const secondVisits: Answer[][] = [];
    for (let run = 0; run < runs; run += 1) {
      signIns.push(await signIn(browser, near.url));
      secondVisits.push(await secondVisit(browser, `${near.url}/`));
    }
    const chromiumVersion = browser.version();
    return {
      chromium: chromiumVersion,
      ...report({ visits, journeys, typed, signIns, secondVisits }),
    };
  } finally {
    await browser?.close();
    await Promise.all(served.map((site) => site.close()));
  }
}

/** The sites take turns, so that whatever else the machine does meets all of them alike. */
async function inTurn<T>(
  sites: Site[],
  measured: (browser: Browser, site: Site) => Promise<T>,
  browser: Browser,
): Promise<Map<string, T[]>> {
  const all = new Map(sites.map(({ name }) => [name, [] as T[]]));
  // Round 0 warms the browser and the servers up and does not count.
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
