// Common to all pages: the layout, one heading, a title, perhaps an error summary.

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

  /** The same page object for another language. */
  in(language: Language): this {
    const Same = this.constructor as new (page: Page, messages: Messages) => this;
    return new Same(this.page, MESSAGES[language]);
  }

  /** Goes to a URL and waits until the portal is ready. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  /** Waits for `data-app-ready`, which is part of the portal's contract. */
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

  /** Expects the page with this heading as its only h1, and the title. */
  async shows(heading: string, brand = "Logistration"): Promise<void> {
    await expect(this.heading(heading)).toBeVisible();
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(this.page).toHaveTitle(`${heading} – ${brand}`);
  }

  /** The error summary. */
  get errorSummary(): Locator {
    return this.page.getByRole("group", { name: this.messages.errorSummaryTitle });
  }

  /** Expects the error summary with exactly these messages, focused, and the error prefix in the title. */
  async showsErrors(sentences: string | string[], heading: string): Promise<void> {
    const alert = this.page.getByRole("alert");
    const expected = [this.messages.errorSummaryTitle, ...[sentences].flat()].join(" ");
    await expect(alert).toHaveText(expected, { useInnerText: true });
    await expect(this.errorSummary).toBeFocused();
    await expect(this.errorSummary).toBeInViewport();
    await expect(this.page).toHaveTitle(`${this.messages.errorPrefix}${heading} – Logistration`);
  }

  /** The reference under an error, with the ID of the request where the gateway gives one. */
  get reference(): Locator {
    return this.errorSummary.getByRole("paragraph").locator("bdi[translate=no]");
  }

  /** Expects a reference such as `P2-SHAPE`, or none. */
  async showsReference(reference: string | null): Promise<void> {
    if (reference === null) await expect(this.reference).toBeHidden();
    else await expect(this.reference).toHaveText(new RegExp(`^${reference}(?: [0-9a-f-]{32,36})?$`));
  }
}
