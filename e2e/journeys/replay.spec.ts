// A recording that the doctor makes of a service shows, replayed, the same pages: the same headings, cards and
// labels, with a value wherever there was one.

import type { Browser, Page } from "@playwright/test";
import { NIGHTLY } from "../support/fixtures.ts";
import { ABDULLAH, NOURA, OMAR, SARA, type StaffPerson } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { Messages } from "../support/messages.ts";
import { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import { type Card, RecordPage } from "../support/pages/record_page.ts";
import { StaffSignIn } from "../support/pages/staff_sign_in.ts";
import { publishedRecording, Recording, shape } from "../support/recordings.ts";
import { Sandbox } from "../support/sandbox.ts";
import { recordedPerson } from "../support/staff.ts";

const NOW = "2026-11-28T12:00:00+03:00";

/** The h1 and the cards of the pages that a link of the navigation leads to, all values revealed. */
async function pages(page: Page, messages: Messages): Promise<[string, Card[]][]> {
  const record = new RecordPage(page, messages);
  const links = await record.navigation.getByRole("link").allTextContents();
  const found: [string, Card[]][] = [];
  for (const link of links) {
    await record.navigation.getByRole("link", { name: link, exact: true }).click();
    await record.heading(link).waitFor();
    await record.revealAll();
    found.push([link, shape(await record.cards())]);
  }
  return found;
}

/** The pages of a person who signs in at a sandbox, in a browser context of its own, and signs out. */
async function pagesAt(
  browser: Browser,
  sandbox: Sandbox,
  messages: Messages,
  signIn: (page: Page) => Promise<void>,
): Promise<[string, Card[]][]> {
  const context = await browser.newContext({ baseURL: sandbox.portal, locale: messages.locale, timezoneId: "Asia/Riyadh" });
  try {
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    await signIn(page);
    const found = await pages(page, messages);
    await page.getByRole("button", { name: messages.signOut, exact: true }).click();
    await page.getByRole("button", { name: messages.signIn, exact: true }).waitFor();
    return found;
  } finally {
    await context.close();
  }
}

/** The texts of the cards' values. */
const count = (pages: [string, Card[]][]) => pages.flatMap(([, cards]) => cards.flatMap(([, rows]) => rows)).length;

for (const [person, details] of [[ABDULLAH, {}], [SARA, NIGHTLY], [NOURA, {}], [OMAR, NIGHTLY]] as const) {
  test(`recording: the pages of ${person.name} are the same when it is replayed`, details, async ({ browser, sandbox, messages }) => {
    const recording = await Recording.of(sandbox, person);
    for (const detail of [person.phone, person.nationalId, person.patientId, ...person.name.split(" ")]) {
      expect(recording.text).not.toContain(detail);
    }
    const replayed = await recording.replay({});
    try {
      const signIn = (details: { phone: string; nationalId: string }) => (page: Page) =>
        new PatientSignIn(page, messages).openAndSignIn(details);
      const original = await pagesAt(browser, sandbox, messages, signIn(person));
      expect(count(original)).toBeGreaterThan(5);
      expect(await pagesAt(browser, replayed, messages, signIn(recording.patient))).toEqual(original);
      // Another time, as at the first.
      expect(await pagesAt(browser, replayed, messages, signIn(recording.patient))).toEqual(original);
    } finally {
      await replayed.stop();
      recording.remove();
    }
  });
}

for (const { client, name } of [
  { client: "spice mobile", name: "nurse" },
  { client: "spice web", name: "region" },
  { client: "cfr web", name: "role-emr-site-admin" },
  { client: "web", name: "hfa" },
  { client: "mob", name: "chw" },
]) {
  test(`recording: the pages of ${name} by ${client} are the same when it is replayed`, async ({
    browser,
    sandbox,
    messages,
  }) => {
    const person = recordedPerson(name);
    const recording = await Recording.of(sandbox, person, client);
    expect(recording.text).not.toContain(person.username);
    const protocol = ["web", "mob"].includes(client) ? "2" : "1";
    const config = { staff: { entrances: [{ client, label: client, protocol }] } };
    sandbox.config(config);
    const replayed = await recording.replay(config);
    try {
      const signIn = (someone: StaffPerson) => (page: Page) => new StaffSignIn(page, messages).openAndSignIn(someone);
      const original = await pagesAt(browser, sandbox, messages, signIn(person));
      expect(count(original)).toBeGreaterThan(5);
      const other = { username: recording.username, password: "Any-1" };
      expect(await pagesAt(browser, replayed, messages, signIn(other))).toEqual(original);
      expect(await pagesAt(browser, replayed, messages, signIn(other))).toEqual(original);
    } finally {
      await replayed.stop();
      recording.remove();
    }
  });
}

// The recordings of the published servers, with what each of these people is there.
for (const { file, client, name, role, signOut } of [
  { file: "spice-1", client: "spice mobile", name: "nurse", role: "NURSE", signOut: 200 },
  // Of 1.x only the sign-out by `spice mobile` was recorded.
  { file: "spice-1", client: "spice web", name: "region", role: "REGION_ADMIN", signOut: 501 },
  { file: "spice-2", client: "web", name: "hfa", role: "HEALTH_FACILITY_ADMIN", signOut: 200 },
  { file: "spice-2", client: "mob", name: "chw", role: "CHW", signOut: 200 },
]) {
  test(`recording ${file}: ${name} signs in by ${client}, sees the role and signs out`, async ({ browser, messages }) => {
    const replayed = await Sandbox.start({ direct: true, replay: publishedRecording(file) });
    const protocol = ["web", "mob"].includes(client) ? "2" : "1";
    replayed.config({ staff: { entrances: [{ client, label: client, protocol }] } });
    try {
      const signIn = async (page: Page) => {
        await new StaffSignIn(page, messages).openAndSignIn(recordedPerson(name));
        await expect(page.getByRole("main")).toContainText(role);
      };
      expect(count(await pagesAt(browser, replayed, messages, signIn))).toBeGreaterThan(5);
      const wire = await replayed.wire();
      const statuses = (isSignOut: boolean) =>
        new Set(wire.filter(({ call }) => (call === "logout") === isSignOut).map(({ status }) => status));
      expect(statuses(false)).toEqual(new Set([200]));
      expect(statuses(true)).toEqual(new Set([signOut]));
    } finally {
      await replayed.stop();
    }
  });
}
