// The fixtures with the portal's page objects. `language` is the browser's language:
// `test.use({ language: "ar" })` makes it Arabic, with `messages` and the page objects.

import { test as base } from "./fixtures.ts";
import { PatientSignIn } from "./pages/patient_sign_in.ts";
import { RecordPage } from "./pages/record_page.ts";
import { StaffSignIn } from "./pages/staff_sign_in.ts";
import { type Language, MESSAGES, type Messages } from "./messages.ts";

export { expect } from "./fixtures.ts";

interface PageFixtures {
  language: Language;
  messages: Messages;
  patientSignIn: PatientSignIn;
  staffSignIn: StaffSignIn;
  record: RecordPage;
}

export const test = base.extend<PageFixtures>({
  language: ["en", { option: true }],
  messages: async ({ language }, use) => use(MESSAGES[language]),
  locale: async ({ messages }, use) => use(messages.locale),
  patientSignIn: async ({ page, messages }, use) => use(new PatientSignIn(page, messages)),
  staffSignIn: async ({ page, messages }, use) => use(new StaffSignIn(page, messages)),
  record: async ({ page, messages }, use) => use(new RecordPage(page, messages)),
});
