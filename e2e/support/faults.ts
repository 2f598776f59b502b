// Everything that can go wrong with an answer, and what comes of it for each call: the table behind
// faults.spec.ts. A fault that is added to the sandbox belongs in here.

import type { Fault } from "./sandbox.ts";
import type { Messages } from "./messages.ts";

/** What a person reads; "fine" where the call succeeds all the same. */
export type Outcome = keyof Messages | "fine";

export interface FaultCase {
  name: string;
  /** `now` is the page's clock, in milliseconds. */
  fault: (now: number) => Fault;
  /** How many calls meet it; all of them if it does not say. */
  times?: number;
  /** For how many seconds the form is held back. */
  waitSeconds?: number;
  /** Whether it can be seen from another origin only. */
  crossOriginOnly?: boolean;
  /** Whether no gateway lets it through as it is: nginx answers 502, or says itself when to try again. */
  hiddenByGateway?: boolean;
  exists: Outcome;
  login: Outcome;
  session: Outcome;
  /** Nobody hears of it; how often it is sent in all. */
  logout: 1 | 2;
  /** Whether the session ends. */
  validate: "stays" | "ends";
  config: "fine" | "cannotStart";
}

const HTML = "<!doctype html><h1>Welcome to nginx!</h1>";

const status =
  (code: number, body = "", contentType?: string): FaultCase["fault"] =>
  () => ({ kind: "status", status: code, body, ...(contentType ? { contentType } : {}) });

const patientAndStaff = (outcome: Outcome) => ({ exists: outcome, login: outcome, session: outcome });

/** What goes wrong on the way is the same for all calls. */
const unreachable = { ...patientAndStaff("unreachable"), logout: 2, validate: "stays", config: "cannotStart" } as const;
const timedOut = { ...unreachable, ...patientAndStaff("timedOut") };
const invalidResponse = { ...unreachable, ...patientAndStaff("invalidResponse") };
const serviceDown = { ...unreachable, ...patientAndStaff("serviceDown") };
const harmless = { ...patientAndStaff("fine"), logout: 1, validate: "stays", config: "fine" } as const;

const tooManyRequests = (name: string, retryAfter?: (now: number) => string): FaultCase => ({
  ...unreachable,
  ...patientAndStaff(retryAfter ? "wait2Minutes" : "tooManyAttempts"),
  name,
  fault: (now) => ({
    kind: "status",
    status: 429,
    ...(retryAfter ? { headers: { "Retry-After": retryAfter(now) } } : {}),
  }),
  ...(retryAfter ? { waitSeconds: 90 } : {}),
});

export const FAULT_CASES: FaultCase[] = [
  { name: "no answer before the deadline", fault: () => ({ kind: "delay", ms: 20_000 }), ...timedOut },
  {
    name: "an answer that trickles",
    fault: () => ({ kind: "drip", bytesPerSecond: 1 }),
    ...timedOut,
    // Nothing in it to trickle.
    logout: 1,
  },
  { name: "a dropped connection", fault: () => ({ kind: "dropBefore" }), ...unreachable, hiddenByGateway: true },
  { name: "a reset", fault: () => ({ kind: "reset" }), ...unreachable, hiddenByGateway: true },
  { name: "a head and no more", fault: () => ({ kind: "dropAfterHeaders" }), ...unreachable },
  { name: "less than was promised", fault: () => ({ kind: "shortBody" }), ...unreachable },
  {
    name: "half a body",
    fault: () => ({ kind: "truncate", bytes: 1 }),
    ...invalidResponse,
    logout: 1,
  },
  {
    name: "a body of the wrong type",
    fault: () => ({ kind: "headers", set: { "Content-Type": "image/png" } }),
    ...harmless,
  },
  { name: "a page in place of an answer", fault: status(200, HTML, "text/html"), ...invalidResponse, logout: 1 },
  { name: "a bare 400", fault: status(400), ...invalidResponse, login: "notFound" },
  {
    name: "a bare 401",
    fault: status(401),
    ...invalidResponse,
    login: "notFound",
    session: "serviceDown",
    logout: 1,
    validate: "ends",
  },
  { name: "a bare 403", fault: status(403), ...invalidResponse, login: "notFound" },
  { name: "a bare 404", fault: status(404), ...invalidResponse, login: "notFound", config: "fine" },
  { name: "a 500", fault: status(500, '{"message":"ORA-00942"}', "application/json"), ...serviceDown },
  { name: "a gateway's 502", fault: status(502, HTML, "text/html"), ...serviceDown },
  { name: "a 503", fault: status(503), ...serviceDown },
  {
    // The look-up is asked again by itself.
    name: "a 503, and then all is well",
    fault: status(503),
    times: 1,
    ...serviceDown,
    exists: "fine",
  },
  { name: "a body without an end", fault: () => ({ kind: "endless" }), ...invalidResponse },
  { name: "a body that unfolds to 64 MiB", fault: () => ({ kind: "gzipBomb" }), ...invalidResponse },
  { name: "a redirect that goes round", fault: () => ({ kind: "redirectLoop" }), ...unreachable },
  { name: "each header twice", fault: () => ({ kind: "duplicateHeaders" }), ...harmless },
  {
    name: "no Authorization header",
    fault: () => ({ kind: "noAuthorization" }),
    ...harmless,
    session: "signInIncomplete",
  },
  tooManyRequests("a 429 with seconds", () => "90"),
  tooManyRequests("a 429 with a date", (now) => new Date(now + 90_000).toUTCString()),
  { ...tooManyRequests("a 429 without a word"), hiddenByGateway: true },
  {
    name: "no permission for the portal's origin",
    fault: () => ({ kind: "noCors" }),
    crossOriginOnly: true,
    hiddenByGateway: true,
    ...unreachable,
    config: "fine",
  },
];
