// What a person sees of a page's language, frame by frame, over reloads: so that a test can say that the first
// paint was right and that nothing changed after it.

import type { BrowserContext, Page } from "@playwright/test";

/** What a browser brings: choices it has stored, and its languages, of which Accept-Language has the first. */
export interface Visitor {
  stored?: Record<string, string>;
  languages: string[];
}

/** Playwright's options for a browser with these languages. */
export const sends = ({ languages }: Visitor) => ({ locale: languages[0] });

/**
 * Gives pages of the context the visitor's choices, and records each language and heading that a frame shows.
 */
export async function shown(context: BrowserContext, { stored = {}, languages }: Visitor): Promise<string[]> {
  const seen: string[] = [];
  await context.exposeBinding("saw", (_, what: string) => {
    if (seen.at(-1) !== what) seen.push(what);
  });
  await context.addInitScript(
    ({ stored, languages }) => {
      Object.defineProperty(navigator, "languages", { value: Object.freeze(languages) });
      // Once: what the portal stores later stays.
      if (location.protocol.startsWith("http") && !localStorage.length) Object.assign(localStorage, stored);
      const look = () => {
        const { lang, hidden } = document.documentElement ?? { hidden: true };
        const heading = document.querySelector("#portal h1")?.textContent;
        // An animation frame is before its paint, so that the first paint is looked at, too.
        if (!hidden && heading) (window as unknown as { saw(what: string): void }).saw(`${lang} ${heading}`);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    { stored, languages },
  );
  return seen;
}

/** Keeps the program from starting. */
export const holdProgram = (page: Page) => page.route("**/*.wasm", () => {});
