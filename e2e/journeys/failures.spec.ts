// Every way a sign-in can fail: the right sentence in the page's language, the focus on it, what was
// typed still there, and a next try that works. What goes wrong on the way is in faults.spec.ts; here is
// what the services say, and what only one of them can.

import { DIRECT } from "../support/fixtures.ts";
import {
  ABDULLAH,
  AMAL,
  HUDA,
  KAVYA,
  LAYLA,
  passwordHash,
  type StaffPerson,
} from "../support/people.ts";
import type { PatientDetails } from "../support/pages/patient_sign_in.ts";
import { expect, test } from "../support/portal.ts";
import { Relay } from "../support/relay.ts";
import type { Fault, Planned, Sandbox } from "../support/sandbox.ts";
import { LANGUAGES, type Words } from "../support/words.ts";

const status = (code: number, body = "", more: object = {}): Fault => ({
  kind: "status",
  status: code,
  body,
  ...more,
});
const one = (call: Planned["call"], fault: Fault): Planned[] => [{ call, times: 1, fault }];

interface Case<Details> {
  name: string;
  says: keyof Words;
  /** What goes wrong; nothing where the details are enough. */
  faults?: Planned[];
  /** What is typed, where it is not right. */
  typed?: Details;
  config?: unknown;
  /** For how many seconds the server wants no further try. */
  holds?: number;
  /** Done before, on the server. */
  before?: (sandbox: Sandbox) => Promise<void>;
}

/**
 * A server in front answers for one that hangs up, and says when to try again where that says nothing:
 * servers.front.ts looks at both.
 */
const where = (faults: Planned[] = []) =>
  faults.some(({ fault }) => fault.kind === "dropBefore" || (fault.kind === "status" && fault.status === 429 && !fault.headers))
    ? DIRECT.answersItself
    : {};

const BY_NATIONAL_ID = { phone: ABDULLAH.phone, nationalId: ABDULLAH.nationalId };

const PATIENT: Case<PatientDetails & { nationalId: string }>[] = [
  {
    name: "an unknown phone",
    says: "notFound",
    typed: { phone: "500000001", nationalId: ABDULLAH.nationalId },
  },
  {
    // The same words as for an unknown phone: nobody can find out who is a patient.
    name: "another patient's identifier",
    says: "notFound",
    typed: { phone: ABDULLAH.phone, nationalId: "2345678904" },
  },
  { name: "a body of null", says: "notFound", faults: one("login", status(200, "null")) },
  { name: "an empty JSON string", says: "notFound", faults: one("login", status(200, '""')) },
  { name: "an empty body", says: "notFound", faults: one("login", status(200)) },
  {
    name: "an error envelope with status 200",
    says: "notFound",
    faults: one("login", status(200, '{"status":"fail","errors":[]}')),
  },
  { name: "a look-up without a boolean", says: "badAnswer", faults: one("exists", status(200, "null")) },
  {
    name: "a 429 to the look-up",
    says: "wait15Minutes",
    faults: one("exists", status(429, "", { headers: { "Retry-After": "900" } })),
    holds: 900,
  },
];

const STAFF: Case<StaffPerson>[] = [
  {
    name: "a wrong password",
    says: "wrongCredentials",
    typed: { username: KAVYA.username, password: "Spice@124" },
  },
  {
    name: "the fifth wrong password",
    says: "locked",
    typed: { username: KAVYA.username, password: "Spice@124" },
    before: (sandbox) => tryWrongly(sandbox, KAVYA.username, 4),
  },
  { name: "a blocked account", says: "locked", typed: HUDA },
  { name: "a role that the staff client does not admit", says: "noPermission", typed: LAYLA },
  {
    name: "the service's message for blank credentials",
    says: "blankCredentials",
    faults: one("session", status(401, '{"message":"No Username and / or Password Provided"}')),
  },
  {
    name: "a 200 with an error in the body",
    says: "notASignIn",
    faults: one("session", status(200, '{ "error": "Invalid User"}')),
  },
  { name: "a 200 without a body", says: "notASignIn", faults: one("session", status(200)) },
  {
    name: "a 429 with Retry-After in seconds",
    says: "wait1Minute",
    faults: one("session", status(429, "", { headers: { "Retry-After": "30" } })),
    holds: 30,
  },
];

/** Wrong passwords, past the portal. */
async function tryWrongly(sandbox: Sandbox, username: string, times: number): Promise<void> {
  const body = new URLSearchParams({ username, password: passwordHash("pässwörd") });
  for (let left = times; left > 0; left -= 1) {
    const answer = await fetch(`${sandbox.url}/auth-service/session`, {
      method: "POST",
      headers: { client: "spice mobile" },
      body,
    });
    expect(answer.status).toBe(401);
  }
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    for (const { name, says, faults, typed, config, holds, before } of PATIENT) {
      test(`patient sign-in: ${name} shows an error, and the next attempt succeeds`, where(faults), async ({ page, patientSignIn, record, sandbox, words }) => {
        if (holds) await page.clock.install();
        if (config) sandbox.config(config);
        await before?.(sandbox);
        await patientSignIn.open("/");
        await sandbox.faults(faults ?? []);
        const details = typed ?? BY_NATIONAL_ID;
        await patientSignIn.signIn(details);

        await patientSignIn.complains(words[says], words.patientSignIn);
        await expect(patientSignIn.phone).toHaveValue(details.phone);
        await expect(patientSignIn.nationalId).toHaveValue(details.nationalId);
        if (holds) await page.clock.fastForward(holds * 1_000);
        await expect(patientSignIn.submit).toBeEnabled();

        await patientSignIn.signIn(BY_NATIONAL_ID);
        await record.shows(words.profile);
      });
    }

    for (const { name, says, faults, typed, config, holds, before } of STAFF) {
      test(`staff sign-in: ${name} shows an error, and the next attempt succeeds`, where(faults), async ({ page, record, sandbox, staffSignIn, words }) => {
        if (holds) await page.clock.install();
        if (config) sandbox.config(config);
        await before?.(sandbox);
        await staffSignIn.open("/staff");
        await sandbox.faults(faults ?? []);
        const details = typed ?? KAVYA;
        await staffSignIn.signIn(details);

        await staffSignIn.complains(words[says], words.staffSignIn);
        await expect(staffSignIn.username).toHaveValue(details.username);
        await expect(staffSignIn.password).toHaveValue("");
        if (holds) await page.clock.fastForward(holds * 1_000);
        await expect(staffSignIn.submit).toBeEnabled();

        // A locked account stays locked: then it is a colleague who signs in.
        await staffSignIn.signIn(says === "locked" ? AMAL : KAVYA);
        await record.shows(words.roles);
      });
    }

    test("patient sign-in: an offline device shows an error, and works when online again", async ({
      context,
      patientSignIn,
      record,
      words,
    }) => {
      await patientSignIn.open("/");
      await context.setOffline(true);
      await patientSignIn.signIn(BY_NATIONAL_ID);
      await patientSignIn.complains(words.offline, words.patientSignIn);
      await context.setOffline(false);
      await patientSignIn.submit.click();
      await record.shows(words.profile);
    });

    test("patient sign-in: an unreachable service shows an error, and works when it is back", DIRECT.otherOrigin, async ({
      patientSignIn,
      record,
      sandbox,
      words,
    }) => {
      const relay = await Relay.to(sandbox.url);
      sandbox.config({ patient: { baseUrl: relay.url } });
      await patientSignIn.open("/");
      await patientSignIn.signIn(BY_NATIONAL_ID);
      await patientSignIn.complains(words.unreachable, words.patientSignIn);

      await relay.open();
      await patientSignIn.submit.click();
      await record.shows(words.profile);
      await relay.close();
    });
  });
}

test("staff sign-in: the service's own error text is never shown", async ({ page, sandbox, staffSignIn, words }) => {
  const message = "<img src=x onerror=alert(1)>ORA-00942 at 10.0.0.7";
  await staffSignIn.open("/staff");
  await sandbox.faults(one("session", status(401, JSON.stringify({ message }))));
  await staffSignIn.signIn(KAVYA);
  await staffSignIn.complains(words.badAnswer, words.staffSignIn);
  await expect(page.getByText("ORA-00942")).toHaveCount(0);
});

test("error summary: is removed from page and title while the next attempt is pending", async ({
  page,
  patientSignIn,
  sandbox,
  words,
}) => {
  await patientSignIn.open("/");
  await sandbox.faults([
    { call: "login", times: 1, fault: { kind: "status", status: 502 } },
    { call: "login", times: 1, fault: { kind: "delay", ms: 1000 } },
  ]);
  await patientSignIn.signIn(BY_NATIONAL_ID);
  await patientSignIn.complains(words.serviceDown, words.patientSignIn);
  await patientSignIn.submit.click();
  await expect(patientSignIn.button(words.signingIn)).toBeVisible();
  await expect(patientSignIn.summary).toHaveCount(0);
  await expect(page).toHaveTitle("Patient sign in – Logistration");
});

test("error summary: takes the focus again when the same error repeats", async ({ patientSignIn, sandbox, words }) => {
  await patientSignIn.open("/");
  await sandbox.faults([{ call: "login", times: 2, fault: { kind: "status", status: 502 } }]);
  await patientSignIn.signIn(BY_NATIONAL_ID);
  await patientSignIn.complains(words.serviceDown, words.patientSignIn);
  await patientSignIn.submit.click();
  await expect.poll(async () => (await sandbox.wire()).length).toBe(4);
  await patientSignIn.complains(words.serviceDown, words.patientSignIn);
});
