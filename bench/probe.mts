// What looks on from inside a page. It is written into every page before the page's own scripts,
// so it may use nothing from outside its own function.

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

/** What the probe saw. Times are milliseconds since the navigation began. */
export interface Seen {
  firstContentfulPaint: number | null;
  longTasks: LongTask[];
  shifts: Shift[];
  /** The linear memories of the WebAssembly instances the page made, all together, in bytes. */
  wasmMemory: number;
}

/** How a site tells that a person can use it. */
export type Sign =
  /** The page sets `<html data-app-ready>` once its submit handler is attached. */
  | "marker"
  /** A page not made for this: there is a submit button, and the load event is over. */
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

/** Puts `window.bench` into the page. */
export function probe(sign: Sign): void {
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

  // Nothing else tells how large a module's memory is without the page being isolated.
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
      sign === "marker"
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
