// What a page's live regions tell a screen reader.

import type { Page } from "@playwright/test";

/** Collects the texts of live regions that change from now on, one after the other; returns a function that reads them. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest<HTMLElement>("[aria-live]:not([aria-live=off]),[role=status],[role=alert],[role=timer]");
        // As it is shown: a part that is hidden is not read out.
        const text = region?.checkVisibility() ? region.innerText.replace(/\s+/g, " ").trim() : "";
        if (text && said.at(-1) !== text) said.push(text);
      }
    }).observe(document, { childList: true, subtree: true, characterData: true, attributeFilter: ["hidden", "data-offline", "data-shown"] });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}
