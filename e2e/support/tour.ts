// A walk through every page and state of the portal, for what has to hold everywhere.

import { expect, type Page } from "@playwright/test";
import type { PatientSignIn } from "./pages/patient_sign_in.ts";
import type { Record } from "./pages/record.ts";
import type { StaffSignIn } from "./pages/staff_sign_in.ts";
import { KAVYA, MARIA, SAMIR } from "./people.ts";
import type { Sandbox } from "./sandbox.ts";
import type { Words } from "./words.ts";

/** What a walk needs of a test. */
export interface Guide {
  page: Page;
  patientSignIn: PatientSignIn;
  record: Record;
  sandbox: Sandbox;
  staffSignIn: StaffSignIn;
  words: Words;
}

/** Looks at what is on the page now, which goes by this name. */
export type Look = (what: string) => Promise<void>;

/** Everything a deployment can switch on, so that all of it is seen. */
const FULL = {
  brand: { name: "Al Noor Specialist Hospital", nameAr: "مستشفى النور التخصصي", helpPhone: "9200 00000" },
  mapLink: "openstreetmap",
  staff: {
    entrances: [
      // No entrance of SPICE's: the answer lists all roles.
      { client: "logistration", label: { en: "Clinical staff", ar: "الطاقم الطبي" } },
      { client: "spice web", label: { en: "Administrators", ar: "الإداريون" } },
    ],
  },
};

/** A patient's pages, from the first look to the last. */
export async function asPatient(guide: Guide, look: Look): Promise<void> {
  const { page, patientSignIn, record, sandbox, words } = guide;
  sandbox.config(FULL);
  await page.clock.install();
  await patientSignIn.open("/");
  await look("patient sign in");
  await patientSignIn.submit.click();
  await expect(patientSignIn.summary).toBeFocused();
  await look("patient sign in, with errors");
  // How the number is read, a note at each field, and the other identifier.
  await patientSignIn.fill({ phone: "٥٣٦٨٧٩٨٢٠٢", patientId: MARIA.nationalId });
  await patientSignIn.submit.focus();
  await expect(patientSignIn.button(words.switchToNationalId)).toBeVisible();
  await look("patient sign in, with notes");
  await sandbox.faults([
    {
      call: "login",
      times: 1,
      // Longer than all that is looked at meanwhile takes.
      fault: { kind: "status", status: 429, body: "", headers: { "Retry-After": "600" } },
    },
  ]);
  await patientSignIn.signIn(MARIA);
  await expect(patientSignIn.summary).toBeFocused();
  await look("patient sign in, while one has to wait");
  await page.clock.fastForward(601_000);
  await expect(page.getByText(words.tryAgainIn).first()).toBeHidden();

  await patientSignIn.signIn(MARIA);
  await record.heading(words.profile).waitFor();
  await look("profile");
  await record.reveal();
  await look("profile, revealed");
  const dialog = await record.fullScreen();
  await look("check-in card over the whole screen");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await record.go(words.addresses);
  await look("addresses");
  await record.signOutButton.click();
  await patientSignIn.heading(words.patientSignIn).waitFor();
}

/** The staff's pages. */
export async function asStaff(guide: Guide, look: Look): Promise<void> {
  const { record, sandbox, staffSignIn, words } = guide;
  sandbox.config(FULL);
  await staffSignIn.open("/staff");
  await look("staff sign in");
  await staffSignIn.submit.click();
  await expect(staffSignIn.summary).toBeFocused();
  await look("staff sign in, with errors");
  await staffSignIn.signIn({ username: KAVYA.username, password: "wrong" });
  await expect(staffSignIn.summary).toContainText(words.wrongCredentials);
  await look("staff sign in, refused");
  await staffSignIn.signIn(SAMIR);
  await record.heading(words.roles).waitFor();
  await look("roles");
  await record.go(words.profile);
  await look("profile of staff");
}

/** What nobody hopes to see. */
export async function elsewhere(guide: Guide, look: Look): Promise<void> {
  const { page, patientSignIn, sandbox, words } = guide;
  sandbox.config({ session: { idleSeconds: 600, warnSeconds: 599 } });
  await page.clock.install();
  await patientSignIn.enter(MARIA);
  await expect(page.getByRole("dialog", { name: words.stillThere })).toBeVisible();
  await look("a warning before sign-out");
  await page.clock.fastForward(700_000);
  await expect(page.getByText(words.endedIdle)).toBeVisible();
  await look("signed out by the clock");
  await page.context().setOffline(true);
  await expect(page.getByText(words.offlineNotice)).toBeVisible();
  await look("offline");
  await page.context().setOffline(false);
  sandbox.config(FULL);
  await patientSignIn.open("/nowhere");
  await patientSignIn.heading(words.pageNotFound).waitFor();
  await look("page not found");
  sandbox.config({ mapLink: "elsewhere" });
  await patientSignIn.open("/");
  await expect(patientSignIn.heading(words.cannotStart)).toBeVisible();
  await look("a portal that cannot start");
}
