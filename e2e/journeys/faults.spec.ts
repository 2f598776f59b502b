// Every fault of the table × every call: the right sentence, the focus on it, what was typed still
// there, no panic, and a next try that works. All of it in English, and in Arabic each sentence once.
// Console and storage are looked at by the fixtures. How many faults were survived is said at the end
// of the run (faults.reporter.ts).

import type { Request } from "@playwright/test";
import { ROWS, type Row } from "../support/faults.ts";
import { DIRECT } from "../support/fixtures.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import type { Frame } from "../support/pages/frame.ts";
import { expect, test } from "../support/portal.ts";
import type { Call, Sandbox } from "../support/sandbox.ts";
import { type Language, LANGUAGES } from "../support/words.ts";

/** Short where it is what ends the call; else the portal's own, so that a slow machine's answer is in time. */
const deadline = (row: Row) => (row.exists === "timedOut" ? 2 : 15);

// What went wrong is said by its row; a recording of hundreds of sign-ins costs more than they do.
test.use({ trace: "off", allowedConsole: [/blocked by CORS policy|preloaded using link preload but not used/] });

interface Part {
  rows: Row[];
  which: string;
  how?: typeof DIRECT.ownFile;
}

/** The faults as they come through a gateway; and those that none lets through. */
const THROUGH: Part = { rows: ROWS.filter(({ past }) => !past), which: "every fault" };
const PAST: Part = { rows: ROWS.filter(({ past }) => past), which: "every fault that a gateway replaces", how: DIRECT.answersItself };
/** Of a file that a gateway reads by itself. */
const ALL: Part = { rows: ROWS, which: "every fault", how: DIRECT.ownFile };

/** What a call meets: all rows in English, and in Arabic the first row of each outcome. */
function parts(language: Language, call: Call & keyof Row, wholes: Part[] = [THROUGH, PAST]): Part[] {
  if (language === "en") return wholes;
  const all = wholes.flatMap(({ rows }) => rows);
  const outcome = (row: Row) => row[call];
  const isFirst = (row: Row) => all.find((other) => outcome(other) === outcome(row)) === row;
  return wholes
    .map((part) => ({
      ...part,
      rows: part.rows.filter(isFirst),
      which: part.which.replace("every fault", "one fault of each outcome"),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** What is said of a test before it runs: how many faults it will meet, and whether past a gateway. */
const told = ({ rows, how }: Part) => ({
  ...how,
  annotation: [{ type: "faults", description: `${rows.length}` }, ...(how ? [how.annotation] : [])],
});

/** Meets every fault, goes on after one that was too much, and says which were. */
async function meetAll(
  { page, sandbox }: { page: Frame["page"]; sandbox: Sandbox },
  call: Call,
  rows: Row[],
  begin: (config: object) => Promise<void>,
  meet: (row: Row) => Promise<void>,
): Promise<void> {
  test.setTimeout(60_000 + rows.length * 15_000);
  const config = {
    // The clock is put forward here and there.
    session: { idleSeconds: 86_400, absoluteSeconds: 86_400 },
  };
  const elsewhere = { baseUrl: sandbox.url.replace("127.0.0.1", "localhost") };
  const defeats: string[] = [];
  // The clock's timers cannot be taken back by a program that counts them in 32 bits; so it is not
  // there before it is needed, and the rows that need it come last.
  let clock = false;
  const needsClock = (row: Row) => row.holds !== undefined || call === "validate" || call === "config";
  for (const far of [false, true]) {
    const where = far ? { patient: elsewhere, staff: elsewhere } : {};
    // What the page at hand was started with; none where it has to be started anew.
    let started: number | undefined;
    for (const row of rows.filter((row) => Boolean(row.elsewhere) === far)) {
      await test.step(row.name, async () => {
        try {
          if (!clock && needsClock(row)) await page.clock.install();
          clock ||= needsClock(row);
          const timeoutSeconds = deadline(row);
          if (started !== timeoutSeconds) await begin({ ...config, ...where, request: { timeoutSeconds } });
          started = timeoutSeconds;
          const now = await page.evaluate(() => Date.now());
          await sandbox.clearWire();
          await sandbox.faults([{ call, times: row.times ?? null, fault: row.fault(now) }]);
          await meet(row);
          await expect(page.locator("html[data-app-failed]")).toHaveCount(0);
        } catch (error) {
          defeats.push(`${row.name}: ${error}`);
          started = undefined;
        }
        await sandbox.faults([]);
      });
    }
  }
  test.info().annotations.push({ type: "survived", description: `${rows.length - defeats.length}` });
  expect(defeats).toEqual([]);
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    for (const call of ["exists", "login"] as const) {
      for (const part of parts(language, call)) {
        test(`${part.which} at ${call}: error shown, input kept, next attempt succeeds`, told(part), async ({ page, patientSignIn, record, sandbox, words }) => {
          const details = { phone: ABDULLAH.phone, nationalId: ABDULLAH.nationalId };
          const begin = async (config: object) => {
            sandbox.config(config);
            await patientSignIn.open("/");
          };
          await meetAll({ page, sandbox }, call, part.rows, begin, async (row) => {
            await patientSignIn.signIn(details);
            if (row[call] !== "fine") {
              await patientSignIn.complains(words[row[call]], words.patientSignIn);
              await expect(patientSignIn.phone).toHaveValue(details.phone);
              await expect(patientSignIn.nationalId).toHaveValue(details.nationalId);
              await sandbox.faults([]);
              if (row.holds) await page.clock.fastForward(row.holds * 1_000);
              await expect(patientSignIn.submit).toBeEnabled();
              // With what is still there.
              await patientSignIn.submit.click();
            }
            await record.shows(words.profile);
            await record.signOutButton.click();
            await patientSignIn.shows(words.patientSignIn);
          });
        });
      }
    }

    for (const part of parts(language, "session")) {
      test(`${part.which} at session: error shown, user name kept, next attempt succeeds`, told(part), async ({ page, record, sandbox, staffSignIn, words }) => {
        const begin = async (config: object) => {
          sandbox.config(config);
          await staffSignIn.open("/staff");
        };
        await meetAll({ page, sandbox }, "session", part.rows, begin, async (row) => {
          await staffSignIn.signIn(KAVYA);
          if (row.session !== "fine") {
            await staffSignIn.complains(words[row.session], words.staffSignIn);
            await expect(staffSignIn.username).toHaveValue(KAVYA.username);
            // The one thing that is not kept.
            await expect(staffSignIn.password).toHaveValue("");
            await sandbox.faults([]);
            if (row.holds) await page.clock.fastForward(row.holds * 1_000);
            await expect(staffSignIn.submit).toBeEnabled();
            await staffSignIn.password.fill(KAVYA.password);
            await staffSignIn.submit.click();
          }
          await record.shows(words.roles);
          await record.signOutButton.click();
          await staffSignIn.shows(words.staffSignIn);
        });
      });
    }

    for (const part of parts(language, "logout")) {
      test(`${part.which} at logout: the sign-in page is shown at once`, told(part), async ({ page, record, sandbox, staffSignIn, words }) => {
        const begin = async (config: object) => {
          sandbox.config(config);
          await staffSignIn.open("/staff");
        };
        await meetAll({ page, sandbox }, "logout", part.rows, begin, async (row) => {
          await staffSignIn.signIn(KAVYA);
          await record.shows(words.roles);
          await record.signOutButton.click();
          // Whatever the server does: at once, without a word.
          await expect(staffSignIn.heading(words.staffSignIn)).toBeVisible({ timeout: 1_000 });
          await staffSignIn.shows(words.staffSignIn);
          await expect(staffSignIn.heading(words.staffSignIn)).toBeFocused();
          await expect(page.getByRole("alert")).toHaveCount(0);
          const tries = async () => (await sandbox.wire()).filter(({ call }) => call === "logout").length;
          await expect.poll(tries).toBe(row.logout);
        });
      });
    }

    for (const part of parts(language, "validate")) {
      test(`${part.which} at validate: the session ends only on 401`, told(part), async ({ page, record, sandbox, staffSignIn, words }) => {
        const begin = async (config: object) => {
          sandbox.config(config);
          await staffSignIn.enter(KAVYA);
          await record.go(words.profile);
        };
        await meetAll({ page, sandbox }, "validate", part.rows, begin, async (row) => {
          const over = new Promise<void>((resolve) => {
            const heard = (request: Request) => request.url().endsWith("/validate") && resolve();
            page.on("requestfinished", heard);
            page.on("requestfailed", heard);
          });
          // Somebody comes back to the tab after a while.
          await page.clock.fastForward(61_000);
          await page.evaluate(() => dispatchEvent(new Event("focus")));
          await over;
          const asked = async () => (await sandbox.wire()).filter(({ call }) => call === "validate").length;
          expect(await asked()).toBe(1);
          if (row.validate === "ends") {
            await staffSignIn.shows(words.staffSignIn);
            await expect(page.getByText(words.sessionOver)).toBeVisible();
            await expect(page).toHaveURL("/staff?next=/profile");
            await sandbox.faults([]);
            await staffSignIn.signIn(KAVYA);
          }
          await record.shows(words.profile);
        });
      });
    }

    const [ofConfig = ALL] = parts(language, "config", [ALL]);
    test(`${ofConfig.which} at config.json: defaults or config error page, and a reload recovers`, told(ofConfig), async ({ page, patientSignIn, sandbox, words }) => {
      const begin = async () => void (await page.goto("/icon.svg"));
      let turn = 0;
      await meetAll({ page, sandbox }, "config", ofConfig.rows, begin, async (row) => {
        // Another one each time, or the browser has the last one still and hears that it is good.
        const another = () => sandbox.config({ request: { timeoutSeconds: (turn += 1) } });
        another();
        await page.goto("/", { waitUntil: "commit" });
        const heading = row.config === "fine" ? words.patientSignIn : words.cannotStart;
        await expect(async () => {
          // The deadline of the configuration is not configured.
          if (["delay", "drip"].includes(row.fault(0).kind)) await page.clock.fastForward(16_000);
          await expect(patientSignIn.heading(heading)).toBeVisible({ timeout: 2_000 });
          await expect(page.locator("html[data-app-ready]")).toHaveCount(1);
        }).toPass({ timeout: 10_000 });
        if (row.config === "cannotStart") {
          await expect(page.getByRole("alert")).toContainText(words.cannotStart);
          await expect(page.getByRole("textbox")).toHaveCount(0);
        }
        await sandbox.faults([]);
        another();
        await page.reload();
        await patientSignIn.ready();
        await patientSignIn.shows(words.patientSignIn);
      });
    });
  });
}
