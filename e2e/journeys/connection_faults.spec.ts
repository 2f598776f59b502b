// Every fault of the table × every call: the right message, focused, the input kept, no panic, and a next
// attempt that succeeds. One fault for each message in English; at night all faults, and one for each message in
// Arabic. The fixtures check console and storage. faults.reporter.ts reports at the end of the run how many faults were survived.

import type { Request } from "@playwright/test";
import { FAULT_CASES, type FaultCase, referenceOf } from "../support/faults.ts";
import { advanceUntil } from "../support/clock.ts";
import { DIRECT, NIGHTLY } from "../support/fixtures.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import type { PortalPage } from "../support/pages/portal_page.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { Call, Sandbox } from "../support/sandbox.ts";
import { type Language, LANGUAGES } from "../support/messages.ts";

/** Short if the timeout ends the call; otherwise the portal's default, so that a slow machine is in time. */
const timeoutOf = (row: FaultCase) => (row.exists === "timedOut" ? 2 : 15);

// The step names the fault; a trace of hundreds of sign-ins costs more than they do.
test.use({ trace: "off", allowedConsole: [/blocked by CORS policy/] });

interface FaultGroup {
  faults: FaultCase[];
  label: string;
  direct?: typeof DIRECT.configFile;
  nightly?: boolean;
}

/** The faults that pass through a gateway, and those that it replaces. */
const BEHIND_GATEWAY: FaultGroup = { faults: FAULT_CASES.filter(({ hiddenByGateway }) => !hiddenByGateway), label: "every fault" };
const DIRECT_ONLY: FaultGroup = { faults: FAULT_CASES.filter(({ hiddenByGateway }) => hiddenByGateway), label: "every fault that a gateway replaces", direct: DIRECT.gatewayAnswers };
/** For config.json, which a gateway reads from disk. */
const ALL_DIRECT: FaultGroup = { faults: FAULT_CASES, label: "every fault", direct: DIRECT.configFile };

/** The faults of a call: the first of each outcome, in Arabic at night, and in English all of them at night. */
function groupsFor(language: Language, call: Call & keyof FaultCase, wholes: FaultGroup[] = [BEHIND_GATEWAY, DIRECT_ONLY]): FaultGroup[] {
  const all = wholes.flatMap(({ faults }) => faults);
  const outcome = (row: FaultCase) => row[call];
  const isFirst = (row: FaultCase) => all.find((other) => outcome(other) === outcome(row)) === row;
  const firsts = wholes.map((part) => ({
    ...part,
    faults: part.faults.filter(isFirst),
    label: part.label.replace("every fault", "one fault of each outcome"),
    nightly: language !== "en",
  }));
  const every = language === "en" ? wholes.map((part) => ({ ...part, nightly: true })) : [];
  return [...firsts, ...every].filter(({ faults }) => faults.length > 0);
}

/** Annotations of a test: the number of its faults, and whether it bypasses the gateway. */
const details = ({ faults, direct, nightly }: FaultGroup) => ({
  tag: [direct?.tag, nightly ? NIGHTLY.tag : undefined].filter((tag) => tag !== undefined),
  annotation: [{ type: "faults", description: `${faults.length}` }, ...(direct ? [direct.annotation] : [])],
});

/** Runs every fault, continues after a failure, and reports the failures. */
async function runFaults(
  { page, sandbox }: { page: PortalPage["page"]; sandbox: Sandbox },
  call: Call,
  rows: FaultCase[],
  start: (config: object) => Promise<void>,
  run: (row: FaultCase) => Promise<void>,
): Promise<void> {
  test.setTimeout(60_000 + rows.length * 15_000);
  const config = {
    // The clock is advanced in some cases.
    session: { idleSeconds: 86_400, absoluteSeconds: 86_400 },
  };
  const crossOrigin = { baseUrl: sandbox.url.replace("127.0.0.1", "localhost") };
  const failures: string[] = [];
  // Ids of the fake clock's timers exceed 32 bits, so the program cannot clear them; the clock is installed
  // only when needed, and the faults that need it come last.
  let clock = false;
  const needsClock = (row: FaultCase) => row.waitSeconds !== undefined || call === "validate" || call === "config";
  for (const crossOriginTurn of [false, true]) {
    const where = crossOriginTurn ? { patient: crossOrigin, staff: crossOrigin } : {};
    // The timeout that the page was started with; `undefined` if it must be started again.
    let startedWith: number | undefined;
    for (const row of rows.filter((row) => Boolean(row.crossOriginOnly) === crossOriginTurn)) {
      await test.step(row.name, async () => {
        try {
          if (!clock && needsClock(row)) await page.clock.install();
          clock ||= needsClock(row);
          const timeoutSeconds = timeoutOf(row);
          if (startedWith !== timeoutSeconds) await start({ ...config, ...where, request: { timeoutSeconds } });
          startedWith = timeoutSeconds;
          await sandbox.clearWire();
          // Dates in headers are by the server's clock.
          await sandbox.faults([{ call, times: row.times ?? null, fault: row.fault(Date.now()) }]);
          await run(row);
          await expect(page.locator("html[data-app-failed]")).toHaveCount(0);
        } catch (error) {
          failures.push(`${row.name}: ${error}`);
          startedWith = undefined;
        }
        await sandbox.faults([]);
      });
    }
  }
  test.info().annotations.push({ type: "survived", description: `${rows.length - failures.length}` });
  expect(failures).toEqual([]);
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    for (const call of ["exists", "login"] as const) {
      for (const part of groupsFor(language, call)) {
        test(`${part.label} at ${call}: error shown, input kept, next attempt succeeds`, details(part), async ({ page, patientSignIn, record, sandbox, messages }) => {
          const details = { phone: ABDULLAH.phone, nationalId: ABDULLAH.nationalId };
          const begin = async (config: object) => {
            sandbox.config(config);
            await patientSignIn.open("/");
          };
          await runFaults({ page, sandbox }, call, part.faults, begin, async (row) => {
            await patientSignIn.signIn(details);
            if (row[call] !== "fine") {
              await patientSignIn.showsErrors(messages[row[call]], messages.patientSignIn);
              await patientSignIn.showsReference(referenceOf(row, call));
              await expect(patientSignIn.phone).toHaveValue(details.phone);
              await expect(patientSignIn.nationalId).toHaveValue(details.nationalId);
              await sandbox.faults([]);
              if (row.waitSeconds) await page.clock.fastForward(row.waitSeconds * 1_000);
              await expect(patientSignIn.submitButton).toBeEnabled();
              // With the kept input.
              await patientSignIn.submitButton.click();
            }
            await record.shows(messages.profile);
            await record.signOutButton.click();
            await patientSignIn.shows(messages.patientSignIn);
          });
        });
      }
    }

    for (const part of groupsFor(language, "session")) {
      test(`${part.label} at session: error shown, user name kept, next attempt succeeds`, details(part), async ({ page, record, sandbox, staffSignIn, messages }) => {
        const begin = async (config: object) => {
          sandbox.config(config);
          await staffSignIn.open("/staff");
        };
        await runFaults({ page, sandbox }, "session", part.faults, begin, async (row) => {
          await staffSignIn.signIn(KAVYA);
          if (row.session !== "fine") {
            await staffSignIn.showsErrors(messages[row.session], messages.staffSignIn);
            await staffSignIn.showsReference(referenceOf(row, "session"));
            await staffSignIn.keeps(KAVYA, row.session);
            await sandbox.faults([]);
            if (row.waitSeconds) await page.clock.fastForward(row.waitSeconds * 1_000);
            await expect(staffSignIn.submitButton).toBeEnabled();
            await staffSignIn.submitButton.click();
          }
          await record.shows(messages.roles);
          await record.signOutButton.click();
          await staffSignIn.shows(messages.staffSignIn);
        });
      });
    }

    for (const part of groupsFor(language, "logout")) {
      test(`${part.label} at logout: the sign-in page is shown at once`, details(part), async ({ page, record, sandbox, staffSignIn, messages }) => {
        const begin = async (config: object) => {
          sandbox.config(config);
          await staffSignIn.open("/staff");
        };
        await runFaults({ page, sandbox }, "logout", part.faults, begin, async (row) => {
          await staffSignIn.signIn(KAVYA);
          await record.shows(messages.roles);
          await record.signOutButton.click();
          // Independent of the server: at once, without a message.
          await expect(staffSignIn.heading(messages.staffSignIn)).toBeVisible({ timeout: 1_000 });
          await staffSignIn.shows(messages.staffSignIn);
          await expect(staffSignIn.heading(messages.staffSignIn)).toBeFocused();
          await expect(page.getByRole("alert")).toHaveCount(0);
          const logouts = async () => (await sandbox.wire()).filter(({ call }) => call === "logout").length;
          await expect.poll(logouts).toBe(row.logout);
        });
      });
    }

    for (const part of groupsFor(language, "validate")) {
      test(`${part.label} at validate: the session ends only on 401`, details(part), async ({ page, record, sandbox, staffSignIn, messages }) => {
        // The session's first check; it may come after the page is shown, and is no check of the next fault.
        const firstCheckSucceeds = () => expect.poll(async () => (await sandbox.wire()).at(-1)).toMatchObject({ call: "validate", status: 200 });
        const begin = async (config: object) => {
          sandbox.config(config);
          await staffSignIn.openAndSignIn(KAVYA);
          await firstCheckSucceeds();
          await record.goTo(messages.profile);
        };
        await runFaults({ page, sandbox }, "validate", part.faults, begin, async (row) => {
          // By its start: the end of the session's first check may be heard as late as now.
          const started = page.waitForRequest((request) => request.url().endsWith("/validate"));
          const over = new Promise<void>((resolve) => {
            const heard = (request: Request) => void started.then((own) => request === own && resolve());
            page.on("requestfinished", heard);
            page.on("requestfailed", heard);
          });
          // The tab gets the focus after a while.
          await page.clock.fastForward(61_000);
          await page.evaluate(() => dispatchEvent(new Event("focus")));
          await over;
          const validations = async () => (await sandbox.wire()).filter(({ call }) => call === "validate").length;
          expect(await validations()).toBe(1);
          if (row.validate === "ends") {
            // Refused twice more within 40 seconds, since a service that restarts refuses valid sessions.
            for (const count of [2, 3]) {
              await expect(record.heading(messages.profile)).toBeVisible();
              await advanceUntil(page, async () => (await validations()) === count);
            }
            await staffSignIn.shows(messages.staffSignIn);
            await expect(page.getByText(messages.endedByServer)).toBeVisible();
            await expect(page).toHaveURL("/staff?next=/profile");
            await sandbox.faults([]);
            await staffSignIn.signIn(KAVYA);
            await firstCheckSucceeds();
          }
          await record.shows(messages.profile);
        });
      });
    }

    for (const configGroup of groupsFor(language, "config", [ALL_DIRECT])) test(`${configGroup.label} at config.json: defaults or config error page, and a reload recovers`, details(configGroup), async ({ page, patientSignIn, sandbox, messages }) => {
      const begin = async () => void (await page.goto("/icon.svg"));
      let turn = 0;
      await runFaults({ page, sandbox }, "config", configGroup.faults, begin, async (row) => {
        // A different file each time, or the browser may revalidate a cached one.
        const another = () => sandbox.config({ request: { timeoutSeconds: (turn += 1) } });
        another();
        await page.goto("/", { waitUntil: "commit" });
        const heading = row.config === "fine" ? messages.patientSignIn : messages.configErrorTitle;
        await expect(async () => {
          // The timeout for the configuration is fixed.
          if (["delay", "drip"].includes(row.fault(0).kind)) await page.clock.fastForward(16_000);
          await expect(patientSignIn.heading(heading)).toBeVisible({ timeout: 2_000 });
          await expect(page.locator("html[data-app-ready]")).toHaveCount(1);
        }).toPass({ timeout: 10_000 });
        if (row.config === "configError") {
          await expect(page.getByRole("alert")).toContainText(messages.configErrorTitle);
          await expect(page.getByRole("textbox")).toHaveCount(0);
        }
        await sandbox.faults([]);
        another();
        await page.reload();
        await patientSignIn.ready();
        await patientSignIn.shows(messages.patientSignIn);
      });
    });
  });
}
