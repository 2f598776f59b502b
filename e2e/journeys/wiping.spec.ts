// After sign-out the program's memory contains no personal data. A page cannot read that memory, but a
// crash report, a debugger or an exploit can.

import type { Page } from "@playwright/test";
import { runDueTimers, stopClock } from "../support/clock.ts";
import { MESSAGES } from "../support/messages.ts";
import { OneTimeCodePage } from "../support/pages/one_time_code.ts";
import { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import { ABDULLAH, KAVYA, LULWA, MARIA, passwordHash } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

/** Exposes the program's memory to the test. */
async function exposeMemory(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const original = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...args) => {
      const made = await original(...args);
      const { memory } = made.instance.exports;
      if (memory instanceof WebAssembly.Memory) Object.assign(window, { programMemory: memory });
      return made;
    };
  });
}

/** How often each text occurs in the program's memory, in UTF-8 or UTF-16. */
async function findInMemory(page: Page, texts: string[]): Promise<Record<string, number>> {
  return page.evaluate((texts) => {
    const { buffer } = (window as unknown as { programMemory: WebAssembly.Memory }).programMemory;
    // One character for each byte, so that the browser's fast string search can be used.
    const bytes = new Uint8Array(buffer);
    let whole = "";
    for (let at = 0; at < bytes.length; at += 32_768)
      whole += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    const asBytes = (of: Uint8Array) => String.fromCharCode(...of);
    const found: Record<string, number> = {};
    for (const text of texts) {
      const utf16 = new Uint8Array(Uint16Array.from(text, (unit) => unit.charCodeAt(0)).buffer);
      for (const needle of [asBytes(new TextEncoder().encode(text)), asBytes(utf16)]) {
        const times = whole.split(needle).length - 1;
        if (times) found[text] = (found[text] ?? 0) + times;
      }
    }
    return found;
  }, texts);
}

test("patient sign-out: no personal data stays in WebAssembly memory", async ({
  page,
  patientSignIn,
  record,
}) => {
  const own = [
    ABDULLAH.phone,
    ABDULLAH.nationalId,
    ABDULLAH.patientId,
    "Abdullah",
    "Al-Harbi",
    "عبدالله",
    "abdullah.harbi@example.com",
    "Prince Turki",
  ];
  await exposeMemory(page);
  await patientSignIn.open("/");
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
  // The search finds data while signed in.
  expect(Object.keys(await findInMemory(page, own))).toEqual(own);
  await record.revealAll();
  await record.copyButton("National ID or Iqama").click();
  await record.languageButton.click();
  await record.in("ar").languageButton.click();
  await record.goTo("Addresses");
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");
  expect(await findInMemory(page, own)).toEqual({});
});

test("staff sign-out: no personal data, token or password stays in WebAssembly memory", async ({
  page,
  record,
  sandbox,
  staffSignIn,
}) => {
  await exposeMemory(page);
  let token = "";
  page.on("response", (response) => {
    if (response.url().endsWith("/auth-service/session"))
      token = response.headers().authorization ?? "";
  });
  await staffSignIn.open("/staff");
  await staffSignIn.signIn(KAVYA);
  await record.shows("Roles");
  token = token.replace("Bearer ", "");
  const own = [KAVYA.username, "Kavya", "887XXX7565", token];
  expect(token.length).toBeGreaterThan(10);
  expect(Object.keys(await findInMemory(page, own)).sort()).toEqual([...own].sort());
  await record.goTo("Profile");
  await record.revealAll();
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expect.poll(async () => (await sandbox.wire()).at(-1)).toMatchObject({ call: "logout", status: 200 });
  expect(
    await findInMemory(page, [...own, KAVYA.password, passwordHash(KAVYA.password)]),
  ).toEqual({});
});

/** A patient's data that the portal shows. */
const OF_ABDULLAH = [ABDULLAH.phone, ABDULLAH.nationalId, ABDULLAH.patientId, "Al-Harbi", "عبدالله", "Prince Turki"];

const MINUTE = 60_000;

/** Ends of a session other than sign-out on the page. */
const ENDS: Record<string, (page: Page) => Promise<void>> = {
  "an idle time-out": (page) => page.clock.runFor(15.1 * MINUTE),
  "the absolute time-out": async (page) => {
    // In use for all of the time.
    for (let minutes = 0; minutes < 61; minutes += 5) {
      await page.mouse.move(minutes, minutes);
      await page.clock.runFor(5 * MINUTE);
    }
  },
  "a sign-out in another tab": async (page) => {
    const other = await page.context().newPage();
    await other.goto("/");
    const there = new PatientSignIn(other, MESSAGES.en);
    await there.openAndSignIn(MARIA);
    await there.button(MESSAGES.en.signOut).click();
    await there.heading(MESSAGES.en.patientSignIn).waitFor();
    await page.clock.runFor(1_000);
  },
  // As a browser does that keeps the page for Back.
  "leaving the page": (page) =>
    page.evaluate(() => void dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }))),
};

for (const [end, happens] of Object.entries(ENDS)) {
  test(`patient session, ended by ${end}: no personal data stays in WebAssembly memory`, async ({ page, patientSignIn, record }) => {
    await exposeMemory(page);
    await stopClock(page);
    await patientSignIn.openAndSignIn(ABDULLAH);
    await record.signOutButton.waitFor();
    await runDueTimers(page);
    await record.revealAll();
    expect(Object.keys(await findInMemory(page, OF_ABDULLAH))).toEqual(OF_ABDULLAH);
    await happens(page);
    await runDueTimers(page);
    await patientSignIn.heading(MESSAGES.en.patientSignIn).waitFor();
    expect(await findInMemory(page, OF_ABDULLAH)).toEqual({});
  });
}

test("one-time code page: the code does not stay in WebAssembly memory, and nothing else does after the record", async ({
  page,
  record,
  sandbox,
  messages,
}) => {
  sandbox.config({ patient: { oneTimeCode: true } });
  await exposeMemory(page);
  const code = new OneTimeCodePage(page, messages);
  await code.openWith(LULWA);
  // What was typed is kept for "Go back": in memory that is wiped when the page is left.
  expect(Object.keys(await findInMemory(page, [LULWA.nationalId]))).toEqual([LULWA.nationalId]);
  await code.submit("918273");
  await code.errorSummary.waitFor();
  expect(await findInMemory(page, ["918273"])).toEqual({});
  await code.submit(LULWA.oneTimeCode);
  await record.heading(messages.profile).waitFor();
  expect(await findInMemory(page, [LULWA.oneTimeCode])).toEqual({});
  await record.signOutButton.click();
  await record.heading(messages.patientSignIn).waitFor();
  expect(await findInMemory(page, [LULWA.nationalId, LULWA.phone, LULWA.oneTimeCode])).toEqual({});
});

test("one-time code page: what was typed goes back to its fields and does not stay in WebAssembly memory", async ({ page, sandbox, messages, patientSignIn }) => {
  sandbox.config({ patient: { oneTimeCode: true } });
  await exposeMemory(page);
  const code = new OneTimeCodePage(page, messages);
  await code.openWith(LULWA);
  await code.backButton.click();
  await expect(patientSignIn.nationalId).toHaveValue(LULWA.nationalId);
  expect(await findInMemory(page, [LULWA.nationalId])).toEqual({});
});

/** What is found in memory at the moment of the next call of the sign-in, by the page's own `fetch`. */
async function searchAtSend(page: Page, texts: string[]): Promise<() => Promise<string[]>> {
  await page.addInitScript((texts) => {
    const original = window.fetch;
    window.fetch = (...args) => {
      const url = args[0] instanceof Request ? args[0].url : String(args[0]);
      const { programMemory } = window as unknown as { programMemory?: WebAssembly.Memory };
      if (url.endsWith("/auth-service/session") && programMemory) {
        const memory = new TextDecoder("latin1").decode(new Uint8Array(programMemory.buffer));
        Object.assign(window, { atSend: texts.filter((text) => memory.includes(text)) });
      }
      return original(...args);
    };
  }, texts);
  return () => page.evaluate(() => (window as unknown as { atSend?: string[] }).atSend ?? []);
}

test("staff sign-in: password and hash are in memory when the hash is sent, and not after a refusal", async ({ page, staffSignIn, messages }) => {
  const [password, hash] = [KAVYA.password, passwordHash(KAVYA.password)];
  await exposeMemory(page);
  const atSend = await searchAtSend(page, [password, hash]);
  await staffSignIn.open("/staff");
  await staffSignIn.signIn({ username: "unknown@spice.mdt", password });
  await expect(staffSignIn.errorSummary).toBeFocused();
  await expect(staffSignIn.errorSummary).toContainText(messages.wrongCredentials);
  expect(await atSend()).toEqual([password, hash]);
  expect(await findInMemory(page, [password, hash, "unknown@spice.mdt"])).toEqual({});
});
