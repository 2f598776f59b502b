// Every failure of a sign-in that the services report: the message in the page's language, focused, the input
// kept, and a next attempt that succeeds. Faults of the connection are in connection_faults.spec.ts.

import { alikeIn, DIRECT } from "../support/fixtures.ts";
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
import { expect, test } from "../support/page_fixtures.ts";
import { Relay } from "../support/relay.ts";
import type { Fault, PlannedFault, Sandbox } from "../support/sandbox.ts";
import { LANGUAGES, type Messages } from "../support/messages.ts";

const status = (code: number, body = "", more: object = {}): Fault => ({
  kind: "status",
  status: code,
  body,
  ...more,
});
const once = (call: PlannedFault["call"], fault: Fault): PlannedFault[] => [{ call, times: 1, fault }];

interface Case<Details> {
  name: string;
  message: keyof Messages;
  /** The services' faults; none where the input alone fails. */
  faults?: PlannedFault[];
  /** The input, if not the right one. */
  typed?: Details;
  config?: unknown;
  /** Seconds of the server's Retry-After. */
  waitSeconds?: number;
  /** Preparation on the server. */
  setUp?: (sandbox: Sandbox) => Promise<void>;
}

/**
 * nginx replaces the response of a server that hangs up, and adds a missing Retry-After:
 * nginx_and_caddy.server.ts tests both.
 */
const directIfNeeded = (faults: PlannedFault[] = []) =>
  faults.some(({ fault }) => fault.kind === "dropBefore" || (fault.kind === "status" && fault.status === 429 && !fault.headers))
    ? DIRECT.gatewayAnswers
    : {};

const BY_NATIONAL_ID = { phone: ABDULLAH.phone, nationalId: ABDULLAH.nationalId };

const PATIENT: Case<PatientDetails & { nationalId: string }>[] = [
  {
    name: "an unknown phone",
    message: "notFound",
    typed: { phone: "500000001", nationalId: ABDULLAH.nationalId },
  },
  {
    // The same message as for an unknown phone, so that patients cannot be enumerated.
    name: "another patient's identifier",
    message: "notFound",
    typed: { phone: ABDULLAH.phone, nationalId: "2345678904" },
  },
  { name: "a body of null", message: "notFound", faults: once("login", status(200, "null")) },
  { name: "an empty JSON string", message: "notFound", faults: once("login", status(200, '""')) },
  { name: "an empty body", message: "notFound", faults: once("login", status(200)) },
  {
    name: "an error envelope with status 200",
    message: "notFound",
    faults: once("login", status(200, '{"status":"fail","errors":[]}')),
  },
  { name: "a look-up without a boolean", message: "invalidResponse", faults: once("exists", status(200, "null")) },
  {
    name: "a 429 to the look-up",
    message: "wait15Minutes",
    faults: once("exists", status(429, "", { headers: { "Retry-After": "900" } })),
    waitSeconds: 900,
  },
];

const STAFF: Case<StaffPerson>[] = [
  {
    name: "a wrong password",
    message: "wrongCredentials",
    typed: { username: KAVYA.username, password: "Spice@124" },
  },
  {
    name: "the fifth wrong password",
    message: "locked",
    typed: { username: KAVYA.username, password: "Spice@124" },
    setUp: (sandbox) => tryWrongPasswords(sandbox, KAVYA.username, 4),
  },
  { name: "a blocked account", message: "locked", typed: HUDA },
  { name: "a role that the staff client does not admit", message: "noPermission", typed: LAYLA },
  {
    name: "the service's message for blank credentials",
    message: "blankCredentials",
    faults: once("session", status(401, '{"message":"No Username and / or Password Provided"}')),
  },
  {
    name: "a 200 with an error in the body",
    message: "signInIncomplete",
    faults: once("session", status(200, '{ "error": "Invalid User"}')),
  },
  { name: "a 200 without a body", message: "signInIncomplete", faults: once("session", status(200)) },
  {
    name: "a 429 with Retry-After in seconds",
    message: "wait1Minute",
    faults: once("session", status(429, "", { headers: { "Retry-After": "30" } })),
    waitSeconds: 30,
  },
];

/** Sends wrong passwords, bypassing the portal. */
async function tryWrongPasswords(sandbox: Sandbox, username: string, times: number): Promise<void> {
  const body = new URLSearchParams({ username, password: passwordHash("pässwörd") });
  for (let left = times; left > 0; left -= 1) {
    const response = await fetch(`${sandbox.url}/auth-service/session`, {
      method: "POST",
      headers: { client: "spice mobile" },
      body,
    });
    expect(response.status).toBe(401);
  }
}

for (const language of LANGUAGES) {
  // In Arabic each message is looked at in Firefox and WebKit, too.
  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });

    for (const { name, message, faults, typed, config, waitSeconds, setUp } of PATIENT) {
      test(`patient sign-in: ${name} shows an error, and the next attempt succeeds`, directIfNeeded(faults), async ({ page, patientSignIn, record, sandbox, messages }) => {
        if (waitSeconds) await page.clock.install();
        if (config) sandbox.config(config);
        await setUp?.(sandbox);
        await patientSignIn.open("/");
        await sandbox.faults(faults ?? []);
        const details = typed ?? BY_NATIONAL_ID;
        await patientSignIn.signIn(details);

        await patientSignIn.showsErrors(messages[message], messages.patientSignIn);
        await expect(patientSignIn.phone).toHaveValue(details.phone);
        await expect(patientSignIn.nationalId).toHaveValue(details.nationalId);
        if (waitSeconds) await page.clock.fastForward(waitSeconds * 1_000);
        await expect(patientSignIn.submitButton).toBeEnabled();

        await patientSignIn.signIn(BY_NATIONAL_ID);
        await record.shows(messages.profile);
      });
    }

    for (const { name, message, faults, typed, config, waitSeconds, setUp } of STAFF) {
      test(`staff sign-in: ${name} shows an error, and the next attempt succeeds`, directIfNeeded(faults), async ({ page, record, sandbox, staffSignIn, messages }) => {
        if (waitSeconds) await page.clock.install();
        if (config) sandbox.config(config);
        await setUp?.(sandbox);
        await staffSignIn.open("/staff");
        await sandbox.faults(faults ?? []);
        const details = typed ?? KAVYA;
        await staffSignIn.signIn(details);

        await staffSignIn.showsErrors(messages[message], messages.staffSignIn);
        await staffSignIn.keeps(details, message);
        if (waitSeconds) await page.clock.fastForward(waitSeconds * 1_000);
        await expect(staffSignIn.submitButton).toBeEnabled();

        // A locked account stays locked: then a colleague signs in.
        await staffSignIn.signIn(message === "locked" ? AMAL : KAVYA);
        await record.shows(messages.roles);
      });
    }

    test("patient sign-in: an offline device shows an error, and works when online again", async ({
      context,
      patientSignIn,
      record,
      messages,
    }) => {
      await patientSignIn.open("/");
      await context.setOffline(true);
      await patientSignIn.signIn(BY_NATIONAL_ID);
      await patientSignIn.showsErrors(messages.offline, messages.patientSignIn);
      await context.setOffline(false);
      await patientSignIn.submitButton.click();
      await record.shows(messages.profile);
    });

    test("patient sign-in: an unreachable service shows an error, and works when it is back", DIRECT.crossOrigin, async ({
      patientSignIn,
      record,
      sandbox,
      messages,
    }) => {
      const relay = await Relay.to(sandbox.url);
      sandbox.config({ patient: { baseUrl: relay.url } });
      await patientSignIn.open("/");
      await patientSignIn.signIn(BY_NATIONAL_ID);
      await patientSignIn.showsErrors(messages.unreachable, messages.patientSignIn);

      await relay.open();
      await patientSignIn.submitButton.click();
      await record.shows(messages.profile);
      await relay.close();
    });
  });
}

test("staff sign-in: the service's own error text is never shown", async ({ page, sandbox, staffSignIn, messages }) => {
  const message = "<img src=x onerror=alert(1)>ORA-00942 at 10.0.0.7";
  await staffSignIn.open("/staff");
  await sandbox.faults(once("session", status(401, JSON.stringify({ message }))));
  await staffSignIn.signIn(KAVYA);
  await staffSignIn.showsErrors(messages.invalidResponse, messages.staffSignIn);
  await expect(page.getByText("ORA-00942")).toHaveCount(0);
});

test("error summary: is removed from page and title while the next attempt is pending", async ({
  page,
  patientSignIn,
  sandbox,
  messages,
}) => {
  await patientSignIn.open("/");
  await sandbox.faults([
    { call: "login", times: 1, fault: { kind: "status", status: 502 } },
    { call: "login", times: 1, fault: { kind: "delay", ms: 1000 } },
  ]);
  await patientSignIn.signIn(BY_NATIONAL_ID);
  await patientSignIn.showsErrors(messages.serviceDown, messages.patientSignIn);
  await patientSignIn.submitButton.click();
  await expect(patientSignIn.button(messages.signingIn)).toBeVisible();
  await expect(patientSignIn.errorSummary).toHaveCount(0);
  await expect(page).toHaveTitle("Patient sign in – Logistration");
});

test("error summary: takes the focus again when the same error repeats", async ({ patientSignIn, sandbox, messages }) => {
  await patientSignIn.open("/");
  await sandbox.faults([{ call: "login", times: 2, fault: { kind: "status", status: 502 } }]);
  await patientSignIn.signIn(BY_NATIONAL_ID);
  await patientSignIn.showsErrors(messages.serviceDown, messages.patientSignIn);
  await patientSignIn.submitButton.click();
  await expect.poll(async () => (await sandbox.wire()).length).toBe(4);
  await patientSignIn.showsErrors(messages.serviceDown, messages.patientSignIn);
});
