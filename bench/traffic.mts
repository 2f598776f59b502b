// The requests and responses of a page, counted as on the wire.

import type { CDPSession } from "playwright";

/** Where a response came from. */
export type Source =
  /** The server sent it. */
  | "sent"
  /** The server confirmed the cached copy (304). */
  | "revalidated"
  /** The cache alone, without a request. */
  | "cache";

/** The response to one request. */
export interface WireResponse {
  url: string;
  source: Source;
  /** On the wire, headers included. */
  bytes: number;
}

interface Entry extends WireResponse {
  ended: boolean;
}

/** All requests of a page since it was opened. */
export class Traffic {
  private readonly entries = new Map<string, Entry>();
  /** Ids of requests with status 304, which may be known before the request itself. */
  private readonly unchanged = new Set<string>();

  private constructor() {}

  static async of(cdp: CDPSession): Promise<Traffic> {
    const traffic = new Traffic();
    const entry = (id: string) => traffic.entries.get(id);
    cdp.on("Network.requestWillBeSent", ({ requestId, request, redirectResponse }) => {
      if (!request.url.startsWith("http")) return;
      const before = entry(requestId);
      if (before && redirectResponse) {
        // A redirect continues under the same id.
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
      // Revalidated on the wire, even if reported as cached.
      if (traffic.unchanged.has(requestId)) it.source = "revalidated";
    });
    await cdp.send("Network.enable");
    return traffic;
  }

  /** Complete responses from the wire; not those of the cache alone. */
  responses(): WireResponse[] {
    return [...this.entries.values()].filter(({ ended, source }) => ended && source !== "cache");
  }
}
