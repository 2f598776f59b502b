// What a page asks for and what comes back, counted as it is on the wire.

import type { CDPSession } from "playwright";

/** Where an answer came from. */
export type Source =
  /** The server sent it. */
  | "sent"
  /** The server said that what is in the cache is still right (304). */
  | "revalidated"
  /** The server was not asked. */
  | "cache";

/** The answer to one request. */
export interface Answer {
  url: string;
  source: Source;
  /** On the wire, headers included. */
  bytes: number;
}

interface Entry extends Answer {
  ended: boolean;
}

/** All requests of a page since it was made. */
export class Traffic {
  private readonly entries = new Map<string, Entry>();
  /** Requests answered with 304. It may be known before it is known what was asked. */
  private readonly unchanged = new Set<string>();

  private constructor() {}

  static async of(cdp: CDPSession): Promise<Traffic> {
    const traffic = new Traffic();
    const entry = (id: string) => traffic.entries.get(id);
    cdp.on("Network.requestWillBeSent", ({ requestId, request, redirectResponse }) => {
      if (!request.url.startsWith("http")) return;
      const before = entry(requestId);
      if (before && redirectResponse) {
        // A redirect goes on under the same name.
        before.ended = true;
        before.bytes = redirectResponse.encodedDataLength;
        traffic.entries.set(`${requestId} ${before.url}`, before);
      }
      traffic.entries.set(requestId, { url: request.url, source: "sent", bytes: 0, ended: false });
    });
    cdp.on("Network.requestServedFromCache", ({ requestId }) => {
      const it = entry(requestId);
      if (it) it.source = "cache";
    });
    cdp.on("Network.responseReceived", ({ requestId, response }) => {
      const it = entry(requestId);
      if (it && response.fromDiskCache) it.source = "cache";
    });
    cdp.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => {
      if (statusCode === 304) traffic.unchanged.add(requestId);
    });
    cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const it = entry(requestId);
      if (!it) return;
      Object.assign(it, { bytes: encodedDataLength, ended: true });
      // It came from the wire, whatever else was said of it.
      if (traffic.unchanged.has(requestId)) it.source = "revalidated";
    });
    await cdp.send("Network.enable");
    return traffic;
  }

  /** The answers that have arrived whole; what the cache alone answered is not on the wire. */
  answers(): Answer[] {
    return [...this.entries.values()].filter(({ ended, source }) => ended && source !== "cache");
  }
}
