// What stands around every page, and what all pages have: one heading, a title, perhaps a problem.

import { expect, type Locator, type Page } from "@playwright/test";
import { type Language, WORDS, type Words } from "../words.ts";

export class Frame {
  readonly navigation: Locator;

  constructor(
    readonly page: Page,
    readonly words: Words,
  ) {
    this.navigation = page.getByRole("navigation");
  }

  /** The same page, read in another language. */
  in(language: Language): this {
    const Same = this.constructor as new (page: Page, words: Words) => this;
    return new Same(this.page, WORDS[language]);
  }

  /** Goes to an address, and waits until the portal answers. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  /** The marker for this is part of the portal's contract. */
  async ready(timeout?: number): Promise<void> {
    await this.page.locator("html[data-app-ready]").waitFor({ state: "attached", timeout });
  }

  heading(name: string): Locator {
    return this.page.getByRole("heading", { level: 1, name, exact: true });
  }

  link(name: string): Locator {
    return this.page.getByRole("link", { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  get languageButton(): Locator {
    return this.button(this.words.otherLanguage);
  }

  get signOutButton(): Locator {
    return this.button(this.words.signOut);
  }

  /** The page is there, under its one heading and its title. */
  async shows(heading: string, brand = "Logistration"): Promise<void> {
    await expect(this.heading(heading)).toBeVisible();
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(this.page).toHaveTitle(`${heading} – ${brand}`);
  }

  /** The box that says what is wrong. */
  get summary(): Locator {
    return this.page.getByRole("group", { name: this.words.problem });
  }

  /** The box is there, has the focus, says this and nothing else, and the title tells of it. */
  async complains(sentences: string | string[], heading: string): Promise<void> {
    const alert = this.page.getByRole("alert");
    const said = [this.words.problem, ...[sentences].flat()].join(" ");
    await expect(alert).toHaveText(said, { useInnerText: true });
    await expect(this.summary).toBeFocused();
    await expect(this.summary).toBeInViewport();
    await expect(this.page).toHaveTitle(`${this.words.errorPrefix}${heading} – Logistration`);
  }
}
