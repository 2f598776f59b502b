// A tour of every page and state of the portal, for checks that apply everywhere.

import { expect, type Page } from "@playwright/test";
import { OneTimeCodePage } from "./pages/one_time_code.ts";
import type { PatientSignIn } from "./pages/patient_sign_in.ts";
import type { RecordPage } from "./pages/record_page.ts";
import type { StaffSignIn } from "./pages/staff_sign_in.ts";
import { KAVYA, LULWA, MARIA, SAMIR } from "./people.ts";
import type { Sandbox } from "./sandbox.ts";
import { recordedPerson } from "./staff.ts";
import type { Messages } from "./messages.ts";

/** The fixtures that a tour needs. */
export interface Fixtures {
  page: Page;
  patientSignIn: PatientSignIn;
  record: RecordPage;
  sandbox: Sandbox;
  staffSignIn: StaffSignIn;
  messages: Messages;
}

/** Checks the current page; `state` names it in failures. */
export type CheckState = (state: string) => Promise<void>;

/** A configuration with every optional feature. */
const FULL_CONFIG = {
  brand: {
    name: "Al Noor Specialist Hospital",
    nameAr: "مستشفى النور التخصصي",
    helpPhone: "9200 00000",
    links: [
      { label: { en: "Privacy notice", ar: "إشعار الخصوصية" }, url: "/privacy" },
      { label: { en: "Accessibility statement", ar: "بيان سهولة الوصول" }, url: "https://hospital.example/accessibility" },
    ],
    notice: {
      kind: "maintenance",
      text: { en: "The portal is down tonight from 22:00 to 02:00.", ar: "تتوقف البوابة الليلة من 22:00 إلى 02:00." },
    },
  },
  patient: { otherWays: [{ label: { en: "National identity provider", ar: "النفاذ الوطني الموحد" }, url: "https://id.example/" }] },
  onward: [
    { for: "patient", label: { en: "Appointments", ar: "المواعيد" }, url: "/appointments/" },
    { for: "staff", label: { en: "SPICE for clinics", ar: "نظام العيادات" }, url: "https://clinic.example/" },
    { for: "staff", label: { en: "SPICE administration", ar: "إدارة SPICE" }, url: "https://admin.example/" },
  ],
  mapLink: "openstreetmap",
  staff: {
    forgotPasswordUrl: "https://clinic.example/forgot",
    entrances: [
      // Not a client of SPICE: the response lists all roles.
      { client: "logistration", label: { en: "Clinical staff", ar: "الطاقم الصحي" } },
      { client: "spice web", label: { en: "Administrators", ar: "إدارة النظام" } },
    ],
  },
};

/** SPICE 2.0's web client. */
const WEB = { staff: { entrances: [{ client: "web", label: "web", protocol: "2" }] } };

/** Visits the patient's pages. */
export async function visitPatientPages(fixtures: Fixtures, check: CheckState): Promise<void> {
  const { page, patientSignIn, record, sandbox, messages } = fixtures;
  sandbox.config(FULL_CONFIG);
  await page.clock.install();
  await patientSignIn.open("/");
  await check("patient sign in");
  await page.getByText(messages.signInHelp, { exact: true }).click();
  await check("patient sign in, help");
  await page.getByText(messages.signInHelp, { exact: true }).click();
  await patientSignIn.submitButton.click();
  await expect(patientSignIn.errorSummary).toBeFocused();
  await check("patient sign in, with errors");
  // A warning at each field, and the switch to the other identifier.
  await patientSignIn.fill({ phone: "٥٣٦٨٧٩٨٢٠٢", patientId: MARIA.nationalId });
  await patientSignIn.submitButton.focus();
  await expect(patientSignIn.button(messages.switchToNationalId)).toBeVisible();
  await check("patient sign in, with warnings");
  await sandbox.faults([
    {
      call: "login",
      times: 1,
      // Longer than the checks take.
      fault: { kind: "status", status: 429, body: "", headers: { "Retry-After": "600" } },
    },
  ]);
  // The phone is read back.
  await patientSignIn.signIn({ ...MARIA, phone: `+966${MARIA.phone}` });
  await expect(patientSignIn.errorSummary).toBeFocused();
  await expect(page.getByText(messages.readAs)).toBeVisible();
  await check("patient sign in, with a countdown");
  await page.clock.fastForward(601_000);
  await expect(page.getByText(messages.tryAgainIn).first()).toBeHidden();

  await patientSignIn.signIn(MARIA);
  await record.heading(messages.profile).waitFor();
  await check("profile");
  await record.revealAll();
  await check("profile, revealed");
  await record.openSupport();
  await check("profile, details for support");
  const dialog = await record.openFullScreen();
  await check("check-in card in full screen");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await record.goTo(messages.addresses);
  await check("addresses");
  await record.signOutButton.click();
  await patientSignIn.heading(messages.patientSignIn).waitFor();
  await expect(page.getByText(messages.signedOut, { exact: true })).toBeVisible();
  await check("patient sign in, after sign-out");
  sandbox.config({ ...FULL_CONFIG, patient: { oneTimeCode: true } });
  const codePage = new OneTimeCodePage(page, messages);
  await codePage.openWith(LULWA);
  await check("one-time code");
  await codePage.submit("9");
  await expect(codePage.errorSummary).toBeFocused();
  await check("one-time code, with an error");
}

/** Visits the staff's pages. */
export async function visitStaffPages(fixtures: Fixtures, check: CheckState): Promise<void> {
  const { record, sandbox, staffSignIn, messages } = fixtures;
  sandbox.config(FULL_CONFIG);
  await staffSignIn.open("/staff");
  await check("staff sign in");
  await staffSignIn.submitButton.click();
  await expect(staffSignIn.errorSummary).toBeFocused();
  await check("staff sign in, with errors");
  await staffSignIn.signIn({ username: KAVYA.username, password: "wrong" });
  await expect(staffSignIn.errorSummary).toContainText(messages.wrongCredentials);
  await check("staff sign in, wrong password");
  await staffSignIn.signIn(SAMIR);
  await record.heading(messages.roles).waitFor();
  await check("roles");
  await record.openSupport();
  await check("roles, details for support");
  await record.goTo(messages.profile);
  await check("staff profile");
}

/** Visits the warning, offline and error pages. */
export async function visitErrorPages(fixtures: Fixtures, check: CheckState): Promise<void> {
  const { page, patientSignIn, record, sandbox, staffSignIn, messages } = fixtures;
  sandbox.config({ session: { idleSeconds: 600, warnSeconds: 599 } });
  await page.clock.install();
  await patientSignIn.openAndSignIn(MARIA);
  await expect(page.getByRole("dialog", { name: messages.timeoutWarningTitle })).toBeVisible();
  await check("time-out warning dialog");
  await page.clock.fastForward(700_000);
  await expect(page.getByText(messages.endedByIdleTimeout)).toBeVisible();
  await check("signed out by the idle time-out");
  await page.context().setOffline(true);
  await expect(page.getByText(messages.offlineNotice)).toBeVisible();
  await check("offline");
  await page.context().setOffline(false);
  sandbox.config(FULL_CONFIG);
  // One link that is followed by itself, and terms that are not accepted. The time stands still.
  await page.clock.setFixedTime(new Date());
  sandbox.config({ ...FULL_CONFIG, ...WEB, onward: [{ for: "staff", label: { en: "SPICE for clinics", ar: "نظام العيادات" }, url: "/clinic/", automatic: true }] });
  await staffSignIn.open("/staff");
  await staffSignIn.signIn(recordedPerson("hfa"));
  await expect(page.getByRole("button", { name: messages.stayHere })).toBeVisible();
  await check("roles, with a countdown to an application");
  await record.signOutButton.click();
  await staffSignIn.heading(messages.staffSignIn).waitFor();
  sandbox.config(FULL_CONFIG);
  await patientSignIn.open("/nowhere");
  await patientSignIn.heading(messages.pageNotFound).waitFor();
  await check("page not found");
  sandbox.config({ mapLink: "elsewhere" });
  await patientSignIn.open("/");
  await expect(patientSignIn.heading(messages.configErrorTitle)).toBeVisible();
  await check("config error page");
}

/** Visits the pages that stand without the program: its failure page, and the one for a start without a network. */
export async function visitPagesWithoutProgram(fixtures: Fixtures, check: CheckState): Promise<void> {
  const { page, sandbox } = fixtures;
  sandbox.config(FULL_CONFIG);
  await page.goto("/offline.html");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await check("offline page");
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "The portal does not work right now" })).toBeVisible();
  await check("failure page");
}
