// The pages behind sign-in: cards of labelled values.

import { readFile } from "node:fs/promises";
import { expect, type Locator } from "@playwright/test";
import { PortalPage } from "./portal_page.ts";

/** Label and value. */
export type Row = [label: string, value: string];
/** A card's title, and its rows in order. */
export type Card = [title: string, rows: Row[]];

export class RecordPage extends PortalPage {
  /** Every value that is hidden has such a button. */
  get revealButtons(): Locator {
    return this.page.getByRole("main").getByRole("button", { name: new RegExp(`^${this.messages.show}`) });
  }

  /** Goes to another page by its link in the navigation. */
  async goTo(name: string): Promise<void> {
    await this.navigation.getByRole("link", { name, exact: true }).click();
    await this.heading(name).waitFor();
  }

  /** Shows everything that is hidden. */
  async revealAll(): Promise<void> {
    for (let left = await this.revealButtons.count(); left > 0; left -= 1) {
      await this.revealButtons.first().click();
      await expect(this.revealButtons).toHaveCount(left - 1);
    }
  }

  /** The button that copies what stands beside this label. */
  copyButton(label: string): Locator {
    return this.button(`${this.messages.copy}${label}`);
  }

  /** What was said last about what was done. */
  get toast(): Locator {
    return this.page.getByRole("main").getByRole("status");
  }

  /** Opens the check-in card over the whole screen. */
  async openFullScreen(): Promise<Locator> {
    await this.button(this.messages.fullScreen).click();
    return this.page.getByRole("dialog", { name: this.messages.patientId, exact: true });
  }

  /** Saves the page as a file, and reads it: its name, and its text. */
  async download(): Promise<[name: string, text: string]> {
    const begun = this.page.waitForEvent("download");
    await this.button(this.messages.download).click();
    const file = await begun;
    return [file.suggestedFilename(), await readFile(await file.path(), "utf8")];
  }

  /** All that the page says, card by card, without the words on buttons. */
  async cards(): Promise<Card[]> {
    const main = this.page.getByRole("main");
    const lines = await main
      .getByRole("heading", { level: 2 })
      .or(main.getByRole("term"))
      .or(main.getByRole("definition"))
      .evaluateAll((nodes) =>
        nodes.map((node) => ({
          kind: node.tagName,
          // A value may be several texts, such as the lines of an address.
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

  /** The values alone. */
  async values(): Promise<string[]> {
    return (await this.cards()).flatMap(([, rows]) => rows.map(([, value]) => value));
  }

  /** The value beside a label that stands once on the page. */
  async value(label: string): Promise<string | undefined> {
    const rows = (await this.cards()).flatMap(([, rows]) => rows);
    return rows.find(([name]) => name === label)?.[1];
  }
}
