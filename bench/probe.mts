// Measurement inside a page. The function is serialised and runs before the page's own scripts, so it
// may use nothing from outside itself.

/** A task of the main thread that took longer than 50 ms. */
export interface LongTask {
  start: number;
  duration: number;
}

/** A layout shift that no input caused. */
export interface Shift {
  at: number;
  value: number;
}

/** The probe's measurements. Times are milliseconds since the navigation began. */
export interface Seen {
  firstContentfulPaint: number | null;
  longTasks: LongTask[];
  shifts: Shift[];
  /** Total size of the linear memories of the page's WebAssembly instances, in bytes. */
  wasmMemory: number;
}

/** How to tell that a site is usable. */
export type ReadySignal =
  /** The page sets `<html data-app-ready>` once its submit handler is attached. */
  | "marker"
  /** A page without the marker: a submit button exists, and the load event has fired. */
  | "button";

declare global {
  interface Window {
    bench: {
      /** When the page became usable. */
      usable: Promise<number>;
      seen(): Seen;
    };
  }
}

/** Defines `window.bench` in the page. */
export function probe(signal: ReadySignal): void {
  const longTasks: LongTask[] = [];
  const shifts: Shift[] = [];
  const memories = new Set<WebAssembly.Memory>();

  const observe = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
    });
  observe("longtask", ({ startTime, duration }) => longTasks.push({ start: startTime, duration }));
  observe("layout-shift", (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    };
    if (!hadRecentInput) shifts.push({ at: entry.startTime, value });
  });

  // `performance.measureUserAgentSpecificMemory` needs a cross-origin isolated page.
  const noting =
    <Args extends unknown[]>(make: (...args: Args) => Promise<unknown>) =>
    async (...args: Args) => {
      const made = await make(...args);
      const instance =
        made instanceof WebAssembly.Instance
          ? made
          : (made as WebAssembly.WebAssemblyInstantiatedSource).instance;
      for (const value of Object.values(instance.exports)) {
        if (value instanceof WebAssembly.Memory) memories.add(value);
      }
      return made;
    };
  const { instantiate, instantiateStreaming } = WebAssembly;
  Object.assign(WebAssembly, {
    instantiate: noting(instantiate as (...args: unknown[]) => Promise<unknown>),
    instantiateStreaming: noting(instantiateStreaming),
  });

  const marked = () => document.documentElement?.hasAttribute("data-app-ready");
  const button = "button[type=submit], input[type=submit], form button:not([type])";
  const there = () => document.querySelector(button) !== null;
  const appears = (what: () => boolean) =>
    new Promise<number>((resolve) => {
      const look = () => {
        if (!what()) return;
        observer.disconnect();
        resolve(performance.now());
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, attributes: true });
      look();
    });
  const loaded = new Promise<number>((resolve) =>
    addEventListener("load", () => resolve(performance.now()), { once: true }),
  );

  window.bench = {
    usable:
      signal === "marker"
        ? appears(marked)
        : Promise.all([appears(there), loaded]).then((times) => Math.max(...times)),
    seen: () => ({
      firstContentfulPaint:
        performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
      longTasks,
      shifts,
      wasmMemory: [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    }),
  };
}
