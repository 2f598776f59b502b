// `/`: a patient says who they are.

import type { Locator } from "@playwright/test";
import { Frame } from "./frame.ts";

/** What a patient signs in with: the phone and one of the two numbers. */
export type PatientDetails = { phone: string } & (
  | { nationalId: string }
  | { patientId: string }
);

export class PatientSignIn extends Frame {
  get phone(): Locator {
    return this.textbox(this.words.mobileNumber);
  }

  get nationalId(): Locator {
    return this.textbox(this.words.nationalIdNumber);
  }

  get patientId(): Locator {
    return this.textbox(this.words.patientIdNumber);
  }

  get choice(): Locator {
    return this.page.getByRole("radiogroup", { name: this.words.signInWith, exact: true });
  }

  get byNationalId(): Locator {
    return this.choice.getByRole("radio", { name: this.words.nationalId, exact: true });
  }

  get byPatientId(): Locator {
    return this.choice.getByRole("radio", { name: this.words.patientId, exact: true });
  }

  get submit(): Locator {
    return this.button(this.words.signIn);
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

  /** Fills the form in and sends it; says nothing of what comes of it. */
  async signIn(details: PatientDetails): Promise<void> {
    await this.fill(details);
    await this.submit.click();
  }

  /** Signs in from the start page, and waits for the profile. */
  async enter(details: PatientDetails): Promise<void> {
    await this.open("/");
    await this.signIn(details);
    await this.heading(this.words.profile).waitFor();
  }

  private textbox(name: string): Locator {
    return this.page.getByRole("textbox", { name, exact: true });
  }
}
