// A tour of the demo hospital's pages, for the tests that compare each with what was kept of it.

import { expect, type Page } from "@playwright/test";
import { runDueTimers, stopClock } from "./clock.ts";
import type { Messages } from "./messages.ts";
import { OneTimeCodePage } from "./pages/one_time_code.ts";
import type { PatientSignIn } from "./pages/patient_sign_in.ts";
import type { RecordPage } from "./pages/record_page.ts";
import type { StaffSignIn } from "./pages/staff_sign_in.ts";
import { ABDULLAH, KAVYA, LULWA, MARIA } from "./people.ts";
import { DEMO_HOSPITAL, type Sandbox } from "./sandbox.ts";

/** Ages are shown. */
export const TODAY = "2026-11-22T12:00:00+03:00";

interface Fixtures {
  page: Page;
  patientSignIn: PatientSignIn;
  staffSignIn: StaffSignIn;
  record: RecordPage;
  sandbox: Sandbox;
  messages: Messages;
}

type Compare = (page: Page, name: string) => Promise<void>;

export async function comparePatientPages(
  { page, patientSignIn, record, messages }: Omit<Fixtures, "staffSignIn" | "sandbox">,
  compare: Compare,
): Promise<void> {
  await page.clock.setFixedTime(TODAY);
  await patientSignIn.open("/");
  await patientSignIn.heading(messages.patientSignIn).waitFor();
  await compare(page, "patient-sign-in");
  await patientSignIn.signIn({ phone: "0512345678", nationalId: "" });
  await expect(patientSignIn.errorSummary).toBeFocused();
  await compare(page, "patient-sign-in-error");
  await patientSignIn.signIn(ABDULLAH);
  await record.heading(messages.profile).waitFor();
  await compare(page, "profile");
  await record.signOutButton.click();
  await patientSignIn.heading(messages.patientSignIn).waitFor();
  await patientSignIn.signIn(MARIA);
  await record.heading(messages.profile).waitFor();
  await record.goTo(messages.addresses);
  await record.heading(messages.addresses).waitFor();
  await compare(page, "addresses");
}

export async function compareCodePage(
  { page, patientSignIn, sandbox, messages }: Omit<Fixtures, "staffSignIn" | "record">,
  compare: Compare,
): Promise<void> {
  sandbox.config({ ...sandbox.hospital(DEMO_HOSPITAL), patient: { oneTimeCode: true } });
  await stopClock(page, TODAY);
  await patientSignIn.open("/");
  await patientSignIn.signIn(LULWA);
  const code = new OneTimeCodePage(page, messages);
  await code.heading(code.codeMessages.heading).waitFor();
  await runDueTimers(page);
  await compare(page, "one-time-code");
}

export async function compareStaffPages(
  { page, staffSignIn, record, messages }: Omit<Fixtures, "patientSignIn" | "sandbox">,
  compare: Compare,
): Promise<void> {
  await page.clock.setFixedTime(TODAY);
  await staffSignIn.open("/staff");
  await staffSignIn.heading(messages.staffSignIn).waitFor();
  await compare(page, "staff-sign-in");
  await staffSignIn.signIn(KAVYA);
  await record.heading(messages.roles).waitFor();
  await compare(page, "roles");
}
