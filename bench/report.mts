// From many numbers to a few: median, least and most, the portal against the others, and which
// targets are met.

import type { SignIn } from "./sign_in.mts";
import type { Answer } from "./traffic.mts";
import type { Visit } from "./visit.mts";

export const PORTAL = "portal";
export const YARDSTICK = "hand-written";

/** All that was measured. */
export interface Measured {
  /** By site, one a run. */
  visits: Map<string, Visit[]>;
  /** One a run. */
  signIns: SignIn[];
  /** What each second visit put on the wire. */
  secondVisits: Answer[][];
}

export interface Summary {
  median: number;
  min: number;
  max: number;
}

export interface Ratio {
  metric: keyof Visit;
  to: string;
  ratio: number;
}

export interface Target {
  what: string;
  limit: string;
  value: string;
  met: boolean;
}

/** The report as `--out` writes it. Times are milliseconds, sizes bytes. */
export interface Report {
  sites: Record<string, Record<keyof Visit, Summary>>;
  signIn: Record<keyof SignIn, Summary>;
  secondVisit: Answer[];
  /** The portal's median over another site's. */
  ratios: Ratio[];
  targets: Target[];
}

interface Kind {
  title: string;
  shown: (value: number) => string;
}

const whole = (value: number) => Math.round(value).toLocaleString("en").replaceAll(",", " ");
const BYTES: Kind["shown"] = (value) => `${whole(value)} B`;
const TIME: Kind["shown"] = (value) => `${whole(value)} ms`;
const FINE_TIME: Kind["shown"] = (value) => `${value.toFixed(1)} ms`;
const SIZE: Kind["shown"] = (value) => `${(value / 1_000_000).toFixed(2)} MB`;

const VISIT: Record<keyof Visit, Kind> = {
  transferred: { title: "transferred", shown: BYTES },
  requests: { title: "requests", shown: whole },
  firstContentfulPaint: { title: "first contentful paint", shown: TIME },
  usable: { title: "usable", shown: TIME },
  cumulativeLayoutShift: { title: "layout shift", shown: (value) => value.toFixed(3) },
  totalBlockingTime: { title: "blocking time", shown: TIME },
  memory: { title: "memory", shown: SIZE },
};
/** What may well be nothing at all has no ratio. */
const COMPARED: (keyof Visit)[] = [
  "transferred",
  "requests",
  "firstContentfulPaint",
  "usable",
  "memory",
];
const SIGN_IN: Record<keyof SignIn, Kind> = {
  clickToRequest: { title: "click to request", shown: FINE_TIME },
  answerToPainted: { title: "answer to painted", shown: FINE_TIME },
};

function keys<K extends string>(of: Record<K, unknown>): K[] {
  return Object.keys(of) as K[];
}

export function summary(values: number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}

export function report({ visits, signIns, secondVisits }: Measured): Report {
  const sites: Report["sites"] = {};
  for (const [name, runs] of visits) {
    sites[name] = columns(VISIT, runs);
  }
  const signIn = columns(SIGN_IN, signIns);
  // The heaviest one stands for all: a target must hold every time.
  const secondVisit =
    secondVisits.toSorted((a, b) => weight(b) - weight(a) || b.length - a.length)[0] ?? [];
  const ratios: Ratio[] = [];
  for (const to of Object.keys(sites).filter((name) => name !== PORTAL)) {
    for (const metric of COMPARED) {
      const ratio = of(sites, PORTAL, metric).median / of(sites, to, metric).median;
      ratios.push({ metric, to, ratio });
    }
  }
  return { sites, signIn, secondVisit, ratios, targets: targets(sites, signIn, secondVisit) };
}

function columns<K extends string>(
  kinds: Record<K, Kind>,
  runs: Record<K, number>[],
): Record<K, Summary> {
  return Object.fromEntries(
    keys(kinds).map((key) => [key, summary(runs.map((run) => run[key]))]),
  ) as Record<K, Summary>;
}

function weight(answers: Answer[]): number {
  return answers.reduce((sum, { bytes }) => sum + bytes, 0);
}

function of(sites: Report["sites"], site: string, metric: keyof Visit): Summary {
  const found = sites[site]?.[metric];
  if (!found) throw new Error(`${site} was not measured`);
  return found;
}

function targets(
  sites: Report["sites"],
  signIn: Report["signIn"],
  secondVisit: Answer[],
): Target[] {
  const portal = (metric: keyof Visit) => of(sites, PORTAL, metric);
  const times = (metric: keyof Visit, to: string, limit: number): Target => {
    const ratio = portal(metric).median / of(sites, to, metric).median;
    return {
      what: `${VISIT[metric].title}, times that of ${to}`,
      limit: `≤ ${limit}`,
      value: ratio.toFixed(2),
      met: ratio <= limit,
    };
  };
  const below = (kind: Kind, { median }: Summary, limit: number): Target => ({
    what: kind.title,
    limit: `< ${limit} ms`,
    value: kind.shown(median),
    met: median < limit,
  });
  const memoryLimit = 1.5 * of(sites, YARDSTICK, "memory").median + 4_000_000;
  const memory = portal("memory").median;
  const shift = portal("cumulativeLayoutShift").max;
  // A page that held a person's data must not come back from the browser's memory, so the portal's
  // pages are sent anew each time; all else has no reason to be.
  const again = secondVisit.filter(({ source, url }) => source === "sent" && !isPage(url));
  return [
    times("firstContentfulPaint", YARDSTICK, 1.3),
    times("usable", YARDSTICK, 2.3),
    ...(sites.spice ? [times("usable", "spice", 0.18)] : []),
    {
      what: VISIT.cumulativeLayoutShift.title,
      limit: "0",
      value: VISIT.cumulativeLayoutShift.shown(shift),
      met: shift === 0,
    },
    below(VISIT.totalBlockingTime, portal("totalBlockingTime"), 100),
    below(SIGN_IN.clickToRequest, signIn.clickToRequest, 20),
    below(SIGN_IN.answerToPainted, signIn.answerToPainted, 50),
    {
      what: "second visit, sent in full beside the page",
      limit: "nothing",
      value: again.length === 0 ? "nothing" : again.map(({ url }) => url).join(" "),
      met: again.length === 0,
    },
    {
      what: "memory",
      limit: `≤ ${SIZE(memoryLimit)}`,
      value: SIZE(memory),
      met: memory <= memoryLimit,
    },
  ];
}

function isPage(url: string): boolean {
  return new URL(url).pathname === "/";
}

/** The report for people. */
export function written(report: Report): string {
  const rows: string[][] = [["", "", "median", "min", "max", `× ${YARDSTICK}`]];
  for (const metric of keys(VISIT)) {
    let title = VISIT[metric].title;
    for (const site of Object.keys(report.sites)) {
      const { median, min, max } = of(report.sites, site, metric);
      const compared = site !== YARDSTICK && COMPARED.includes(metric);
      const over = median / of(report.sites, YARDSTICK, metric).median;
      rows.push([
        title,
        site,
        ...[median, min, max].map(VISIT[metric].shown),
        compared ? over.toFixed(2) : "",
      ]);
      title = "";
    }
  }
  for (const metric of keys(SIGN_IN)) {
    const { median, min, max } = report.signIn[metric];
    const { title, shown } = SIGN_IN[metric];
    rows.push([title, PORTAL, ...[median, min, max].map(shown), ""]);
  }
  const peers = report.ratios.filter(({ to }) => to !== YARDSTICK);
  return [
    aligned(rows, 2),
    ...(peers.length > 0
      ? [
          "The portal's median over a peer's:",
          aligned(
            peers.map(({ metric, to, ratio }) => [
              `  ${VISIT[metric].title}`,
              to,
              ratio.toFixed(3),
            ]),
            2,
          ),
        ]
      : []),
    "The portal's second visit, on the wire:",
    aligned(
      report.secondVisit.map(({ url, source, bytes }) => [
        `  ${new URL(url).pathname}`,
        source,
        BYTES(bytes),
      ]),
      2,
    ),
    "Targets:",
    aligned(
      report.targets.map(({ what, limit, value, met }) => [
        `  ${what}`,
        limit,
        value,
        met ? "met" : "NOT MET",
      ]),
      1,
    ),
  ].join("\n");
}

/** Columns side by side; the first few to the left, numbers to the right. */
function aligned(rows: string[][], toTheLeft: number): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  }
  return rows
    .map((row) =>
      row
        .map((cell, at) =>
          at < toTheLeft ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
        )
        .join("  ")
        .trimEnd()
        .concat("\n"),
    )
    .join("");
}
