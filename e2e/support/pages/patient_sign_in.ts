// The patient sign-in page, `/`.

import type { Locator } from "@playwright/test";
import { PortalPage } from "./portal_page.ts";

/** The phone and one of the two identifiers. */
export type PatientDetails = { phone: string } & (
  | { nationalId: string }
  | { patientId: string }
);

export class PatientSignIn extends PortalPage {
  get phone(): Locator {
    return this.textbox(this.messages.mobileNumber);
  }

  get nationalId(): Locator {
    return this.textbox(this.messages.nationalIdNumber);
  }

  get patientId(): Locator {
    return this.textbox(this.messages.patientIdNumber);
  }

  get identifierChoice(): Locator {
    return this.page.getByRole("radiogroup", { name: this.messages.signInWith, exact: true });
  }

  get byNationalId(): Locator {
    return this.identifierChoice.getByRole("radio", { name: this.messages.nationalId, exact: true });
  }

  get byPatientId(): Locator {
    return this.identifierChoice.getByRole("radio", { name: this.messages.patientId, exact: true });
  }

  get submitButton(): Locator {
    return this.button(this.messages.signIn);
  }

  async fill(details: PatientDetails): Promise<void> {
    await this.phone.fill(details.phone);
    if ("nationalId" in details) {
      await this.byNationalId.check();
      await this.nationalId.fill(details.nationalId);
    } else {
      await this.byPatientId.check();
      await this.patientId.fill(details.patientId);
    }
  }

  /** Fills the form in and submits it, without waiting for the outcome. */
  async signIn(details: PatientDetails): Promise<void> {
    await this.fill(details);
    await this.submitButton.click();
  }

  /** Opens the start page, signs in, and waits for the profile. */
  async openAndSignIn(details: PatientDetails): Promise<void> {
    await this.open("/");
    await this.signIn(details);
    await this.heading(this.messages.profile).waitFor();
  }

  private textbox(name: string): Locator {
    return this.page.getByRole("textbox", { name, exact: true });
  }
}
