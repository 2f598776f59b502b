// The record pages: cards with description lists.

import { readFile } from "node:fs/promises";
import { expect, type Locator } from "@playwright/test";
import { PortalPage } from "./portal_page.ts";

/** Label and value. */
export type Row = [label: string, value: string];
/** Title and rows of a card. */
export type Card = [title: string, rows: Row[]];

export class RecordPage extends PortalPage {
  /** The buttons that reveal masked values. */
  get revealButtons(): Locator {
    return this.page.getByRole("main").getByRole("button", { name: new RegExp(`^${this.messages.show}`) });
  }

  /** Goes to another page by its link in the navigation. */
  async goTo(name: string): Promise<void> {
    await this.navigation.getByRole("link", { name, exact: true }).click();
    await this.heading(name).waitFor();
  }

  /** Reveals all masked values. */
  async revealAll(): Promise<void> {
    for (let left = await this.revealButtons.count(); left > 0; left -= 1) {
      await this.revealButtons.first().click();
      await expect(this.revealButtons).toHaveCount(left - 1);
    }
  }

  /** The button that copies the value with this label. */
  copyButton(label: string): Locator {
    return this.button(`${this.messages.copy}${label}`);
  }

  /** The status message on a copy. */
  get toast(): Locator {
    return this.page.getByRole("main").getByRole("status");
  }

  /** Opens the check-in card in full screen. */
  async openFullScreen(): Promise<Locator> {
    await this.button(this.messages.fullScreen).click();
    return this.page.getByRole("dialog", { name: this.messages.patientId, exact: true });
  }

  /** "Details for support", which is closed at first. */
  get support(): Locator {
    return this.page.getByRole("main").locator("details").filter({ hasText: this.messages.support });
  }

  /** What opens and closes them. */
  get supportSummary(): Locator {
    return this.page.locator("summary").filter({ hasText: this.messages.support });
  }

  /** Opens the details for support. */
  async openSupport(): Promise<void> {
    if ((await this.support.getAttribute("open")) === null) await this.supportSummary.click();
    await expect(this.support).toHaveAttribute("open", "");
  }

  /** Saves the page as a file; returns its name and text. */
  async download(): Promise<[name: string, text: string]> {
    await this.openSupport();
    const begun = this.page.waitForEvent("download");
    await this.button(this.messages.download).click();
    const file = await begun;
    return [file.suggestedFilename(), await readFile(await file.path(), "utf8")];
  }

  /** The cards of the page, those of the details for support included, without the labels of buttons. */
  async cards(): Promise<Card[]> {
    await this.page.getByRole("main").waitFor();
    // Not by role: those of closed details have none.
    const lines = await this.page
      .getByRole("main")
      .locator("[data-card]")
      .locator("h2, dt, dd")
      .evaluateAll((nodes) =>
        nodes.map((node) => ({
          kind: node.tagName,
          // A value may have several texts, such as the lines of an address.
          text: (node.tagName === "DD" ? Array.from(node.querySelectorAll("[data-value]")) : [node])
            .map((text) => text.textContent?.trim() ?? "")
            .join(" · "),
        })),
      );
    const cards: Card[] = [];
    for (const { kind, text } of lines) {
      const rows = cards.at(-1)?.[1];
      if (kind === "H2") cards.push([text, []]);
      else if (kind === "DT") rows?.push([text, ""]);
      else if (rows?.at(-1)) rows.at(-1)![1] = text;
    }
    return cards;
  }

  /** All values of the page that have a label. */
  async values(): Promise<string[]> {
    return (await this.cards()).flatMap(([, rows]) => rows.filter(([label]) => label !== "").map(([, value]) => value));
  }

  /** The value of a label that occurs once on the page. */
  async value(label: string): Promise<string | undefined> {
    const rows = (await this.cards()).flatMap(([, rows]) => rows);
    return rows.find(([name]) => name === label)?.[1];
  }
}
