// `/staff`: a member of staff signs in.

import type { Locator } from "@playwright/test";
import type { StaffPerson } from "../people.ts";
import { PortalPage } from "./portal_page.ts";

export class StaffSignIn extends PortalPage {
  get username(): Locator {
    return this.page.getByRole("textbox", { name: this.messages.username, exact: true });
  }

  /** A password field has no role; its label is its name. */
  get password(): Locator {
    return this.page.getByLabel(this.messages.password, { exact: true });
  }

  get submitButton(): Locator {
    return this.button(this.messages.signIn);
  }

  staffClient(label: string): Locator {
    return this.page.getByRole("radio", { name: label, exact: true });
  }

  /** Fills the form in and sends it; says nothing of what comes of it. */
  async signIn({ username, password }: StaffPerson): Promise<void> {
    await this.username.fill(username);
    await this.password.fill(password);
    await this.submitButton.click();
  }

  /** Signs in from the staff's page, and waits for the roles. */
  async openAndSignIn(person: StaffPerson): Promise<void> {
    await this.open("/staff");
    await this.signIn(person);
    await this.heading(this.messages.roles).waitFor();
  }
}
