// Medians and quartiles of the runs, the portal compared with the other sites, and the targets. The
// tables are Markdown, as in docs/performance.md.

import type { Journey, Audience } from "./journey.mts";
import type { SignIn } from "./sign_in.mts";
import type { WireResponse } from "./traffic.mts";
import type { Visit } from "./visit.mts";

export const PORTAL = "portal";
export const YARDSTICK = "hand-written";

/** By audience and site, one for each run. */
export type Journeys = Record<Audience, Map<string, Journey[]>>;

/** All measurements. */
export interface Measured {
  /** By site, one for each run. */
  visits: Map<string, Visit[]>;
  /** All fields filled at once. */
  journeys: Journeys;
  /** Typed at a person's speed. */
  typed: Journeys;
  /** One for each run. */
  signIns: SignIn[];
  /** The responses of each second visit. */
  secondVisits: WireResponse[][];
}

export interface Summary {
  median: number;
  lowerQuartile: number;
  upperQuartile: number;
}

export interface Target {
  what: string;
  limit: string;
  value: string;
  met: boolean;
}

/** By site. */
type Sites<K extends string> = Record<string, Record<K, Summary>>;

/** The report as `--out` writes it. Times are milliseconds, sizes bytes. */
export interface Report {
  sites: Sites<keyof Visit>;
  journeys: Record<Audience, Sites<keyof Journey>>;
  typed: Record<Audience, Sites<keyof Journey>>;
  signIn: Record<keyof SignIn, Summary>;
  secondVisit: WireResponse[];
  targets: Target[];
}

interface Column {
  title: string;
  shown: (value: number) => string;
}

const integer = (value: number) => Math.round(value).toLocaleString("en").replaceAll(",", " ");
const oneDecimal = (value: number) => value.toFixed(1);
const megabytes: Column["shown"] = (value) => (value / 1_000_000).toFixed(2);

const VISIT: Record<keyof Visit, Column> = {
  transferred: { title: "transferred, B", shown: integer },
  requests: { title: "requests", shown: integer },
  firstContentfulPaint: { title: "first contentful paint, ms", shown: integer },
  usable: { title: "usable, ms", shown: integer },
  cumulativeLayoutShift: { title: "layout shift", shown: (value) => value.toFixed(3) },
  totalBlockingTime: { title: "blocking time, ms", shown: integer },
  memory: { title: "memory, MB", shown: megabytes },
};
const JOURNEY: Record<keyof Journey, string> = {
  firstPaint: "first paint",
  bootScript: "boot script loaded",
  wasm: "program loaded",
  ready: "ready",
  pressed: "pressed",
  firstRequest: "first request sent",
  lastResponse: "last response received",
  inDocument: "record in the document",
  painted: "record painted",
  pressedToPainted: "from the press to the painted record",
};
const SIGN_IN: Record<keyof SignIn, string> = {
  clickToRequest: "click to request",
  responseToPainted: "response to painted",
};

function keys<K extends string>(of: Record<K, unknown>): K[] {
  return Object.keys(of) as K[];
}

export function summary(values: number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const [low, high] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
    return low + (high - low) * (place % 1);
  };
  return { median: at(0.5), lowerQuartile: at(0.25), upperQuartile: at(0.75) };
}

function columns<K extends string>(titles: Record<K, unknown>, runs: Record<K, number>[]) {
  return Object.fromEntries(
    keys(titles).map((key) => [key, summary(runs.map((run) => run[key]))]),
  ) as Record<K, Summary>;
}

function bySite<K extends string>(titles: Record<K, unknown>, runs: Map<string, Record<K, number>[]>) {
  return Object.fromEntries([...runs].map(([site, all]) => [site, columns(titles, all)]));
}

export function summarize(measured: Measured): Report {
  const byWho = ({ patient, staff }: Journeys) => ({
    patient: bySite(JOURNEY, patient),
    staff: bySite(JOURNEY, staff),
  });
  const report = {
    sites: bySite(VISIT, measured.visits),
    journeys: byWho(measured.journeys),
    typed: byWho(measured.typed),
    signIn: columns(SIGN_IN, measured.signIns),
    // The largest one: a target must hold every time.
    secondVisit:
      measured.secondVisits.toSorted((a, b) => weight(b) - weight(a) || b.length - a.length)[0] ??
      [],
  };
  const shift = Math.max(
    ...(measured.visits.get(PORTAL) ?? []).map((visit) => visit.cumulativeLayoutShift),
  );
  return { ...report, targets: targets(report, shift) };
}

function weight(answers: WireResponse[]): number {
  return answers.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The portal's median divided by another site's; `undefined` if either was not measured. */
function ratio<K extends string>(sites: Sites<K>, key: K, to: string): number | undefined {
  const [portal, other] = [sites[PORTAL]?.[key], sites[to]?.[key]];
  return portal && other && portal.median / other.median;
}

function targets(report: Omit<Report, "targets">, shift: number): Target[] {
  const { sites, journeys, typed, signIn, secondVisit } = report;
  const all: Target[] = [];
  const times = (what: string, value: number | undefined, to: string, limit: number) => {
    if (value === undefined) return;
    const target = { what: `${what}, times that of ${to}`, limit: `≤ ${limit}` };
    all.push({ ...target, value: value.toFixed(2), met: value <= limit });
  };
  const below = (what: string, median: number | undefined, limit: number) => {
    if (median === undefined) return;
    all.push({ what, limit: `< ${limit} ms`, value: `${oneDecimal(median)} ms`, met: median < limit });
  };
  const first = VISIT.firstContentfulPaint.title;
  times(first, ratio(sites, "firstContentfulPaint", YARDSTICK), YARDSTICK, 1.3);
  times("usable", ratio(sites, "usable", "spice"), "spice", 0.18);
  // Targets against another build of the portal: the one with two programs (80dc573).
  for (const to of Object.keys(journeys.patient).filter((site) => site !== PORTAL)) {
    times("staff, painted", ratio(journeys.staff, "painted", to), to, 0.97);
    times("patient, painted", ratio(journeys.patient, "painted", to), to, 0.92);
    for (const audience of ["staff", "patient"] as const) {
      const typedRatio = ratio(typed[audience], "pressedToPainted", to);
      times(`${audience}, like a person: press to painted`, typedRatio, to, 0.95);
    }
    times("usable", ratio(sites, "usable", to), to, 1.65);
  }
  all.push({ what: "layout shift", limit: "0", value: shift.toFixed(3), met: shift === 0 });
  below("blocking time", sites[PORTAL]?.totalBlockingTime.median, 150);
  below(SIGN_IN.clickToRequest, signIn.clickToRequest.median, 20);
  below(SIGN_IN.responseToPainted, signIn.responseToPainted.median, 50);
  // Pages are `no-store`, because a page that held a person's data must not be restored from the cache;
  // everything else should come from it.
  const sentInFull = secondVisit
    .filter(({ source, url }) => source === "sent" && new URL(url).pathname !== "/")
    .map(({ url }) => url);
  all.push({
    what: "second visit, sent in full beside the page",
    limit: "nothing",
    value: sentInFull.join(" ") || "nothing",
    met: sentInFull.length === 0,
  });
  const memory = sites[PORTAL]?.memory.median ?? NaN;
  const limit = 1.5 * (sites[YARDSTICK]?.memory.median ?? NaN) + 4_000_000;
  const shown = { limit: `≤ ${megabytes(limit)} MB`, value: `${megabytes(memory)} MB` };
  all.push({ what: "memory", ...shown, met: memory <= limit });
  return all;
}

/** The report as Markdown. */
export function formatReport(report: Report): string {
  const names = Object.keys(report.sites);
  const portals = Object.keys(report.journeys.patient);
  const both = ["staff", "patient"] as const;
  return [
    "First visit: median (quartiles).",
    table(
      ["", ...names],
      keys(VISIT).map((key) => [
        VISIT[key].title,
        ...names.map((name) => cell(report.sites[name]?.[key], VISIT[key].shown)),
      ]),
    ),
    "From navigation to the painted record, typed in no time; and from the press, typed like a person. ms.",
    table(
      ["", ...portals],
      [
        ...both.map((audience) => [
          `${audience}: ${JOURNEY.painted}`,
          ...portals.map((name) => cell(report.journeys[audience][name]?.painted, integer)),
        ]),
        ...both.map((audience) => [
          `${audience}, like a person: ${JOURNEY.pressedToPainted}`,
          ...portals.map((name) => cell(report.typed[audience][name]?.pressedToPainted, integer)),
        ]),
      ],
    ),
    "Where the patient's time goes, typed in no time: ms since the navigation began.",
    table(
      ["", ...portals],
      keys(JOURNEY).map((key) => [
        JOURNEY[key],
        ...portals.map((name) => cell(report.journeys.patient[name]?.[key], integer)),
      ]),
    ),
    "Signing in on this machine's own speed, ms.",
    table(
      ["", PORTAL],
      keys(SIGN_IN).map((key) => [SIGN_IN[key], cell(report.signIn[key], oneDecimal)]),
    ),
    "The portal's second visit, on the wire.",
    table(
      ["", "", "bytes"],
      report.secondVisit.map(({ url, source, bytes }) => [
        new URL(url).pathname,
        source,
        integer(bytes),
      ]),
    ),
    "Targets.",
    table(
      ["", "target", "measured", ""],
      report.targets.map(({ what, limit, value, met }) => [
        what,
        limit,
        value,
        met ? "met" : "NOT MET",
      ]),
    ),
  ].join("\n\n");
}

function cell(summary: Summary | undefined, shown: (value: number) => string): string {
  if (!summary) return "";
  const { median, lowerQuartile, upperQuartile } = summary;
  return `${shown(median)} (${shown(lowerQuartile)}–${shown(upperQuartile)})`;
}

/** A Markdown table, its first column left-aligned, the others right-aligned. */
function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
