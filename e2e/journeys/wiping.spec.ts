// After sign-out the program's memory contains no personal data. A page cannot read that memory, but a
// crash report, a debugger or an exploit can.

import type { Page } from "@playwright/test";
import { ABDULLAH, KAVYA, passwordHash } from "../support/people.ts";
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
