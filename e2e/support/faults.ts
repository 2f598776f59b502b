// Every fault of a response, and its outcome for each call: the table for connection_faults.spec.ts. A fault that is
// added to the sandbox is added here.

import type { Fault } from "./sandbox.ts";
import type { Messages } from "./messages.ts";

/** The message that the person reads; "fine" where the call succeeds. */
export type Outcome = keyof Messages | "fine";

export interface FaultCase {
  name: string;
  /** `now` is the page's clock, in milliseconds. */
  fault: (now: number) => Fault;
  /** Number of calls with the fault; all if absent. */
  times?: number;
  /** The second part of the reference, where the outcome does not tell it. */
  kind?: string;
  /** The same for a staff sign-in, where it differs. */
  staffKind?: string;
  /** Seconds for which submit is disabled. */
  waitSeconds?: number;
  /** Whether the fault exists only for another origin. */
  crossOriginOnly?: boolean;
  /** Whether a gateway replaces it: nginx responds 502, or adds its own Retry-After. */
  hiddenByGateway?: boolean;
  exists: Outcome;
  login: Outcome;
  session: Outcome;
  /** Number of logout requests. The person sees no message. */
  logout: 1 | 2;
  /** Whether the session ends. */
  validate: "stays" | "ends";
  config: "fine" | "configError";
}

const CALL_CODES = { exists: "P1", login: "P2", verify: "P3", resend: "P4", session: "S1" } as const;

/** The second part of the reference of each message. */
export const KINDS: Partial<Record<Outcome, string>> = {
  unreachable: "NETWORK",
  redirected: "NETWORK",
  timedOut: "TIMEOUT",
  serviceDown: "DOWN",
  signInIncomplete: "TOKEN",
  notSetUp: "ORIGIN",
  tooManyAttempts: "LIMIT",
  wait2Minutes: "LIMIT",
};

/** The reference of a fault; `null` where the service is not at fault. */
export function referenceOf(row: FaultCase, call: keyof typeof CALL_CODES): string | null {
  const outcome = call === "verify" || call === "resend" ? row.login : row[call];
  const own = call === "session" ? (row.staffKind ?? row.kind) : row.kind;
  const kind = outcome === "invalidResponse" ? own : KINDS[outcome];
  if (outcome === "invalidResponse" && !kind) throw new Error(`${row.name}: no kind`);
  return kind ? `${CALL_CODES[call]}-${kind}` : null;
}

const HTML = "<!doctype html><h1>Welcome to nginx!</h1>";

const status =
  (code: number, body = "", contentType?: string): FaultCase["fault"] =>
  () => ({ kind: "status", status: code, body, ...(contentType ? { contentType } : {}) });

const patientAndStaff = (outcome: Outcome) => ({ exists: outcome, login: outcome, session: outcome });

/** Faults of the connection, the same for all calls. */
const unreachable = { ...patientAndStaff("unreachable"), logout: 2, validate: "stays", config: "configError" } as const;
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
  { name: "no response before the timeout", fault: () => ({ kind: "delay", ms: 20_000 }), ...timedOut },
  {
    name: "a response that trickles",
    fault: () => ({ kind: "drip", bytesPerSecond: 1 }),
    ...timedOut,
    // A logout has no body to delay.
    logout: 1,
  },
  { name: "a dropped connection", fault: () => ({ kind: "dropBefore" }), ...unreachable, hiddenByGateway: true },
  { name: "a connection reset", fault: () => ({ kind: "reset" }), ...unreachable, hiddenByGateway: true },
  { name: "headers and no body", fault: () => ({ kind: "dropAfterHeaders" }), ...unreachable },
  { name: "a body shorter than Content-Length", fault: () => ({ kind: "shortBody" }), ...unreachable },
  {
    name: "a truncated body",
    kind: "JSON",
    fault: () => ({ kind: "truncate", bytes: 1 }),
    ...invalidResponse,
    logout: 1,
  },
  {
    name: "a body of the wrong type",
    fault: () => ({ kind: "headers", set: { "Content-Type": "image/png" } }),
    ...harmless,
  },
  {
    name: "an HTML page in place of JSON",
    kind: "JSON",
    fault: status(200, HTML, "text/html"),
    ...invalidResponse,
    session: "signInIncomplete",
    logout: 1,
  },
  { name: "a bare 400", kind: "STATUS", fault: status(400), ...invalidResponse, login: "notFound" },
  { name: "a firewall's 403", kind: "FIREWALL", fault: status(403, HTML, "text/html"), ...invalidResponse },
  { name: "a firewall's 406", kind: "FIREWALL", fault: status(406, HTML, "text/html; charset=utf-8"), ...invalidResponse },
  // No end of a session either.
  { name: "a firewall's 401", kind: "FIREWALL", fault: status(401, HTML, "text/html"), ...invalidResponse },
  {
    name: "a bare 401",
    kind: "STATUS",
    fault: status(401),
    ...invalidResponse,
    login: "notFound",
    session: "serviceDown",
    logout: 1,
    validate: "ends",
  },
  { name: "a bare 403", kind: "STATUS", fault: status(403), ...invalidResponse, login: "notFound" },
  {
    name: "a 403 for the origin",
    kind: "STATUS",
    fault: status(403, "Invalid CORS request", "text/plain"),
    ...invalidResponse,
    login: "notFound",
    session: "notSetUp",
  },
  { name: "a web server's 404", kind: "STATUS", fault: status(404, HTML, "text/html"), ...invalidResponse, login: "notFound", config: "fine" },
  {
    name: "a 401 with an unknown message",
    kind: "STATUS",
    staffKind: "MESSAGE",
    fault: status(401, '{"message":"The moon is full"}', "application/json"),
    ...invalidResponse,
    login: "notFound",
    logout: 1,
    validate: "ends",
  },
  { name: "a bare 404", kind: "STATUS", fault: status(404), ...invalidResponse, login: "notFound", config: "fine" },
  { name: "a 500", fault: status(500, '{"message":"ORA-00942"}', "application/json"), ...serviceDown },
  { name: "a bare 500", fault: status(500), ...serviceDown, session: "signInIncomplete" },
  { name: "a gateway's 502", fault: status(502, HTML, "text/html"), ...serviceDown },
  { name: "a 503", fault: status(503), ...serviceDown },
  {
    // The look-up is retried.
    name: "one 503, then success",
    fault: status(503),
    times: 1,
    ...serviceDown,
    exists: "fine",
  },
  { name: "an endless body", kind: "SIZE", fault: () => ({ kind: "endless" }), ...invalidResponse },
  { name: "a body that decompresses to 64 MiB", kind: "SIZE", fault: () => ({ kind: "gzipBomb" }), ...invalidResponse },
  { name: "a redirect loop", fault: () => ({ kind: "redirectLoop" }), ...unreachable, ...patientAndStaff("redirected") },
  { name: "each header twice", fault: () => ({ kind: "duplicateHeaders" }), ...harmless },
  {
    name: "no Authorization header",
    fault: () => ({ kind: "noAuthorization" }),
    ...harmless,
    session: "signInIncomplete",
  },
  tooManyRequests("a 429 with Retry-After in seconds", () => "90"),
  tooManyRequests("a 429 with Retry-After as a date", (now) => new Date(now + 90_000).toUTCString()),
  { ...tooManyRequests("a 429 without Retry-After"), hiddenByGateway: true },
  {
    name: "no CORS for the portal's origin",
    fault: () => ({ kind: "noCors" }),
    crossOriginOnly: true,
    hiddenByGateway: true,
    ...unreachable,
    config: "fine",
  },
];
