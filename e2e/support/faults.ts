// Everything that can go wrong with an answer, and what comes of it for each call: the table behind
// faults.spec.ts. A fault that is added to the sandbox belongs in here.

import type { Fault } from "./sandbox.ts";
import type { Words } from "./words.ts";

/** What a person reads; "fine" where the call succeeds all the same. */
export type Said = keyof Words | "fine";

export interface Row {
  name: string;
  /** `now` is the page's clock, in milliseconds. */
  fault: (now: number) => Fault;
  /** How many calls meet it; all of them if it does not say. */
  times?: number;
  /** For how many seconds the form is held back. */
  holds?: number;
  /** Whether it can be seen from another origin only. */
  elsewhere?: boolean;
  /** Whether no gateway lets it through as it is: nginx answers 502, or says itself when to try again. */
  past?: boolean;
  exists: Said;
  login: Said;
  session: Said;
  /** Nobody hears of it; how often it is sent in all. */
  logout: 1 | 2;
  /** Whether the session ends. */
  validate: "stays" | "ends";
  config: "fine" | "cannotStart";
}

const HTML = "<!doctype html><h1>Welcome to nginx!</h1>";

const status =
  (code: number, body = "", contentType?: string): Row["fault"] =>
  () => ({ kind: "status", status: code, body, ...(contentType ? { contentType } : {}) });

const all = (said: Said) => ({ exists: said, login: said, session: said });

/** What goes wrong on the way is the same for all calls. */
const broken = { ...all("unreachable"), logout: 2, validate: "stays", config: "cannotStart" } as const;
const late = { ...broken, ...all("timedOut") };
const odd = { ...broken, ...all("badAnswer") };
const down = { ...broken, ...all("serviceDown") };
const harmless = { ...all("fine"), logout: 1, validate: "stays", config: "fine" } as const;

const tooMany = (name: string, retryAfter?: (now: number) => string): Row => ({
  ...broken,
  ...all(retryAfter ? "wait2Minutes" : "tooManyTries"),
  name,
  fault: (now) => ({
    kind: "status",
    status: 429,
    ...(retryAfter ? { headers: { "Retry-After": retryAfter(now) } } : {}),
  }),
  ...(retryAfter ? { holds: 90 } : {}),
});

export const ROWS: Row[] = [
  { name: "no answer before the deadline", fault: () => ({ kind: "delay", ms: 20_000 }), ...late },
  {
    name: "an answer that trickles",
    fault: () => ({ kind: "drip", bytesPerSecond: 1 }),
    ...late,
    // Nothing in it to trickle.
    logout: 1,
  },
  { name: "a dropped connection", fault: () => ({ kind: "dropBefore" }), ...broken, past: true },
  { name: "a reset", fault: () => ({ kind: "reset" }), ...broken, past: true },
  { name: "a head and no more", fault: () => ({ kind: "dropAfterHeaders" }), ...broken },
  { name: "less than was promised", fault: () => ({ kind: "shortBody" }), ...broken },
  {
    name: "half a body",
    fault: () => ({ kind: "truncate", bytes: 1 }),
    ...odd,
    logout: 1,
  },
  {
    name: "a body of the wrong type",
    fault: () => ({ kind: "headers", set: { "Content-Type": "image/png" } }),
    ...harmless,
  },
  { name: "a page in place of an answer", fault: status(200, HTML, "text/html"), ...odd, logout: 1 },
  { name: "a bare 400", fault: status(400), ...odd, login: "notFound" },
  {
    name: "a bare 401",
    fault: status(401),
    ...odd,
    login: "notFound",
    session: "serviceDown",
    logout: 1,
    validate: "ends",
  },
  { name: "a bare 403", fault: status(403), ...odd, login: "notFound" },
  { name: "a bare 404", fault: status(404), ...odd, login: "notFound", config: "fine" },
  { name: "a 500", fault: status(500, '{"message":"ORA-00942"}', "application/json"), ...down },
  { name: "a gateway's 502", fault: status(502, HTML, "text/html"), ...down },
  { name: "a 503", fault: status(503), ...down },
  {
    // The look-up is asked again by itself.
    name: "a 503, and then all is well",
    fault: status(503),
    times: 1,
    ...down,
    exists: "fine",
  },
  { name: "a body without an end", fault: () => ({ kind: "endless" }), ...odd },
  { name: "a body that unfolds to 64 MiB", fault: () => ({ kind: "gzipBomb" }), ...odd },
  { name: "a redirect that goes round", fault: () => ({ kind: "redirectLoop" }), ...broken },
  { name: "each header twice", fault: () => ({ kind: "duplicateHeaders" }), ...harmless },
  {
    name: "no Authorization header",
    fault: () => ({ kind: "noAuthorization" }),
    ...harmless,
    session: "notASignIn",
  },
  tooMany("a 429 with seconds", () => "90"),
  tooMany("a 429 with a date", (now) => new Date(now + 90_000).toUTCString()),
  { ...tooMany("a 429 without a word"), past: true },
  {
    name: "no permission for the portal's origin",
    fault: () => ({ kind: "noCors" }),
    elsewhere: true,
    past: true,
    ...broken,
    config: "fine",
  },
];
