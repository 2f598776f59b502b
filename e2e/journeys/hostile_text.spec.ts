// Every value of a record or the configuration is text. The Big List of Naughty Strings (corpus/blns.json,
// MIT) and some of our own go through every field of both responses: nothing runs, nothing is loaded, no
// element is created, and no text direction leaks out of its value.

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { NIGHTLY } from "../support/fixtures.ts";
import { ABDULLAH, KAVYA, SAMPLE_PATIENT, sample } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

const here = dirname(fileURLToPath(import.meta.url));
const OWN_STRINGS = [
  '<img src=x onerror="window.ran=1">',
  "<svg/onload=window.ran=1>",
  '"><script>window.ran=1</script>',
  "'-window.ran=1-'",
  "javascript:window.ran=1",
  "{{constructor.constructor('window.ran=1')()}}",
  "</style><style>*{display:none}</style>",
  "\u202egnikrow\u202c left",
  "\u2067\u202e unclosed",
  "\u200f\u061c",
  "a\u0000b",
  "𐀀".repeat(200),
];
const NAUGHTY_STRINGS = [
  ...OWN_STRINGS,
  ...(JSON.parse(readFileSync(resolve(here, "../support/corpus/blns.json"), "utf8")) as string[]),
];

/** The same JSON with the next string in every place of a text. */
function withStrings(value: unknown, next: () => string): unknown {
  if (Array.isArray(value)) return value.map((inner) => withStrings(inner, next));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, withStrings(inner, next)]),
    );
  }
  return typeof value === "string" ? next() : value;
}

/** The kinds of elements on the page, the number of those that could load or run something, and `window.ran`. */
async function structure(page: Page): Promise<{ odd: number; kinds: string[]; ran: unknown }> {
  return page.evaluate(() => {
    const root = document.getElementById("portal")!;
    const kinds = new Set(Array.from(root.querySelectorAll("*"), (node) => node.localName));
    const odd = root.querySelectorAll(
      "script, iframe, object, embed, style, link, base, form[action], [onerror], [onload], [onclick]," +
        " a[href^='javascript' i], a[href^='data' i], [style]," +
        // The portal's own are the only ones.
        " details:not(.support, .sign-in__help), summary:not(details > :first-child), [ontoggle]",
    ).length;
    return { odd, kinds: [...kinds].sort(), ran: (window as { ran?: unknown }).ran };
  });
}

/** The elements that the portal renders. */
const ALLOWED_ELEMENTS = new Set(
  ("a article aside bdi button circle dd details dialog div dl dt fieldset footer form g h1 h2 h3 header img input label legend" +
    " li main nav p path rect section span summary svg ul").split(" "),
);

async function expectOnlyText(page: Page): Promise<void> {
  const { odd, kinds, ran } = await structure(page);
  expect(ran).toBeUndefined();
  expect(odd).toBe(0);
  expect(kinds.filter((kind) => !ALLOWED_ELEMENTS.has(kind))).toEqual([]);
}

test("patient record: hostile text in every field are shown as text", async ({
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  test.slow();
  page.on("dialog", (dialog) => {
    throw new Error(`a dialog: ${dialog.message()}`);
  });
  const requested: string[] = [];
  page.on("request", (request) => requested.push(new URL(request.url()).origin));
  let at = 0;
  await patientSignIn.open("/");
  while (at < NAUGHTY_STRINGS.length) {
    const next = () => NAUGHTY_STRINGS[at++ % NAUGHTY_STRINGS.length] ?? "";
    const fields = withStrings(sample("fixtures/patient-login.json"), next) as object;
    // The person's own, since the record of another identifier is not shown; whose_record.spec.ts.
    const body = JSON.stringify({ ...fields, nationalID: SAMPLE_PATIENT.nationalId });
    await sandbox.faults([{ call: "login", times: 1, fault: { kind: "status", status: 200, body } }]);
    await patientSignIn.signIn(SAMPLE_PATIENT);
    await patientSignIn.heading("Profile").waitFor();
    await expectOnlyText(page);
    await record.goTo("Addresses");
    await expectOnlyText(page);
    // The page's own texts are unchanged: no text direction leaks out of a value.
    await expect(record.navigation.getByRole("link").first()).toHaveText("Profile");
    await expect(page).toHaveTitle("Addresses – Logistration");
    await record.signOutButton.click();
    await patientSignIn.heading("Patient sign in").waitFor();
  }
  expect(new Set(requested)).toEqual(new Set([sandbox.portal]));
});

test("staff record: hostile text in every field are shown as text", NIGHTLY, async ({
  page,
  sandbox,
  staffSignIn,
  record,
}) => {
  test.slow();
  page.on("dialog", (dialog) => {
    throw new Error(`a dialog: ${dialog.message()}`);
  });
  let at = 0;
  await staffSignIn.open("/staff");
  while (at < NAUGHTY_STRINGS.length) {
    const next = () => NAUGHTY_STRINGS[at++ % NAUGHTY_STRINGS.length] ?? "";
    const body = JSON.stringify(withStrings(sample("fixtures/staff-session.json"), next));
    const headers = { Authorization: "Bearer naughty", "Access-Control-Expose-Headers": "Authorization" };
    await sandbox.faults([
      { call: "session", times: 1, fault: { kind: "status", status: 200, body, headers } },
    ]);
    await staffSignIn.signIn(KAVYA);
    await staffSignIn.heading("Roles").waitFor();
    await expectOnlyText(page);
    await record.goTo("Profile");
    await expectOnlyText(page);
    await record.signOutButton.click();
    await staffSignIn.heading("Staff sign in").waitFor();
  }
});

test("config.json: hostile text in brand and labels are shown as text", NIGHTLY, async ({ page, patientSignIn, sandbox }) => {
  test.slow();
  const texts = NAUGHTY_STRINGS.filter((text) => text.trim() && /[<>&"'`\u2000-\u206f]/.test(text));
  for (let at = 0; at < texts.length; at += 4) {
    const [name, helpPhone = name, label = name, other = name] = texts.slice(at, at + 4);
    sandbox.config({
      brand: { name, helpPhone },
      staff: { entrances: [{ client: "spice mobile", label }, { client: "spice web", label: other }] },
    });
    await patientSignIn.open("/staff");
    await expectOnlyText(page);
  }
});

/** A lone surrogate once made the whole response invalid. `JSON.stringify` writes it as an escape. */
test("patient record: a lone surrogate becomes U+FFFD in its field, and the patient signs in", async ({
  patientSignIn,
  record,
  sandbox,
}) => {
  const body = JSON.stringify({ fileNo: "777", occupation: "Nur\ud83dse", nationality: "Saudi" });
  expect(body).toContain("\\ud83d");
  await sandbox.faults([{ call: "login", times: 1, fault: { kind: "status", status: 200, body } }]);
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.shows("Profile");
  expect(await record.value("Occupation")).toBe("Nur\ufffdse");
  expect(await record.value("Nationality")).toBe("Saudi");
});
