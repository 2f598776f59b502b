// The staff sign-in page, `/staff`.

import { type Locator, expect } from "@playwright/test";
import type { Messages } from "../messages.ts";
import type { StaffPerson } from "../people.ts";
import { PortalPage } from "./portal_page.ts";

/** Messages of a refusal; the others are of a fault. */
const REFUSALS: (keyof Messages)[] = [
  "wrongCredentials",
  "locked",
  "lockedFor7Minutes",
  "noPermission",
  "noPermissionOtherClient",
  "blankCredentials",
];

export class StaffSignIn extends PortalPage {
  get username(): Locator {
    return this.page.getByRole("textbox", { name: this.messages.username, exact: true });
  }

  /** A password field has no role, so it is found by its label. */
  get password(): Locator {
    return this.page.getByLabel(this.messages.password, { exact: true });
  }

  get submitButton(): Locator {
    return this.button(this.messages.signIn);
  }

  staffClient(label: string): Locator {
    return this.page.getByRole("radio", { name: label, exact: true });
  }

  /** Fills the form in and submits it, without waiting for the outcome. */
  async signIn({ username, password }: StaffPerson): Promise<void> {
    await this.username.fill(username);
    await this.password.fill(password);
    await this.submitButton.click();
  }

  /** Expects what was typed to have stayed after an error; a refusal empties the password. */
  async keeps({ username, password }: StaffPerson, error: keyof Messages): Promise<void> {
    await expect(this.username).toHaveValue(username);
    await expect(this.password).toHaveValue(REFUSALS.includes(error) ? "" : password);
  }

  /** Opens the staff sign-in page, signs in, and waits for the roles. */
  async openAndSignIn(person: StaffPerson): Promise<void> {
    await this.open("/staff");
    await this.signIn(person);
    await this.heading(this.messages.roles).waitFor();
  }
}
