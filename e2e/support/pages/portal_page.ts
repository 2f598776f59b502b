// What stands around every page, and what all pages have: one heading, a title, perhaps a problem.

import { expect, type Locator, type Page } from "@playwright/test";
import { type Language, MESSAGES, type Messages } from "../messages.ts";

export class PortalPage {
  readonly navigation: Locator;

  constructor(
    readonly page: Page,
    readonly messages: Messages,
  ) {
    this.navigation = page.getByRole("navigation");
  }

  /** The same page, read in another language. */
  in(language: Language): this {
    const Same = this.constructor as new (page: Page, messages: Messages) => this;
    return new Same(this.page, MESSAGES[language]);
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
    return this.button(this.messages.otherLanguage);
  }

  get signOutButton(): Locator {
    return this.button(this.messages.signOut);
  }

  /** The page is there, under its one heading and its title. */
  async shows(heading: string, brand = "Logistration"): Promise<void> {
    await expect(this.heading(heading)).toBeVisible();
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(this.page).toHaveTitle(`${heading} – ${brand}`);
  }

  /** The box that says what is wrong. */
  get errorSummary(): Locator {
    return this.page.getByRole("group", { name: this.messages.errorSummaryTitle });
  }

  /** The box is there, has the focus, says this and nothing else, and the title tells of it. */
  async showsErrors(sentences: string | string[], heading: string): Promise<void> {
    const alert = this.page.getByRole("alert");
    const expected = [this.messages.errorSummaryTitle, ...[sentences].flat()].join(" ");
    await expect(alert).toHaveText(expected, { useInnerText: true });
    await expect(this.errorSummary).toBeFocused();
    await expect(this.errorSummary).toBeInViewport();
    await expect(this.page).toHaveTitle(`${this.messages.errorPrefix}${heading} – Logistration`);
  }
}
