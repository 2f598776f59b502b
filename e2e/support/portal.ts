// The fixtures with the portal's pages on top. `language` is the one the browser asks for:
// `test.use({ language: "ar" })` makes it Arabic, and `words` and the pages go along.

import { test as base } from "./fixtures.ts";
import { PatientSignIn } from "./pages/patient_sign_in.ts";
import { Record } from "./pages/record.ts";
import { StaffSignIn } from "./pages/staff_sign_in.ts";
import { type Language, WORDS, type Words } from "./words.ts";

export { expect } from "./fixtures.ts";

interface Portal {
  language: Language;
  words: Words;
  patientSignIn: PatientSignIn;
  staffSignIn: StaffSignIn;
  record: Record;
}

export const test = base.extend<Portal>({
  language: ["en", { option: true }],
  words: async ({ language }, use) => use(WORDS[language]),
  locale: async ({ words }, use) => use(words.locale),
  patientSignIn: async ({ page, words }, use) => use(new PatientSignIn(page, words)),
  staffSignIn: async ({ page, words }, use) => use(new StaffSignIn(page, words)),
  record: async ({ page, words }, use) => use(new Record(page, words)),
});
