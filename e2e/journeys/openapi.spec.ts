// The portal's requests, checked against the OpenAPI documents of both services (docs/openapi) by
// crates/wire-check. `cargo xtask test` builds it; by hand: cargo build -p wire-check.

import { spawnSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DIRECT, NIGHTLY } from "../support/fixtures.ts";
import { ABDULLAH, ISATU, KAVYA, LULWA, MARIAMA, SAMPLE_PATIENT, SARA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { WireEntry, Sandbox } from "../support/sandbox.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The headers that the gateway adds: they are not the portal's. */
const OF_THE_GATEWAY = new Set(["x-forwarded-for", "x-forwarded-proto", "x-request-id"]);

/** Undocumented parts of these requests. */
function violations(requests: WireEntry[]): string[] {
  const wire = requests.map(({ headers, ...request }) => ({
    ...request,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_GATEWAY.has(name))),
  }));
  const program = process.env.LOGISTRATION_WIRE_CHECK ?? resolve(root, "target/debug/wire-check");
  const { error, status, stderr, stdout } = spawnSync(program, [resolve(root, "docs/openapi")], {
    input: JSON.stringify(wire),
    encoding: "utf8",
  });
  if (error) throw error;
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return stdout.split("\n").filter(Boolean);
}

const calls = (wire: WireEntry[]) =>
  wire.map(({ call }) => call).filter((call) => call !== "preflight");

for (const crossOrigin of [false, true]) {
  const where = `services at ${crossOrigin ? "another" : "the portal's"} origin`;
  // The sandbox serves the portal at 127.0.0.1; its other name is another origin.
  const baseUrlOf = (sandbox: Sandbox) => (crossOrigin ? sandbox.url.replace("127.0.0.1", "localhost") : "");
  // The requests are the same, but for what a browser adds.
  test.describe(where, crossOrigin ? { ...DIRECT.crossOrigin, tag: [DIRECT.crossOrigin.tag, NIGHTLY.tag] } : {}, () => {
    test.beforeEach(({ sandbox }) => {
      const baseUrl = baseUrlOf(sandbox);
      sandbox.config({ patient: { baseUrl }, staff: { baseUrl } });
    });

    test("OpenAPI: patient requests match the document", async ({ patientSignIn, record, sandbox }) => {
      for (const person of [
        SAMPLE_PATIENT,
        { phone: `+966 (0)${ABDULLAH.phone}`, nationalId: ABDULLAH.nationalId },
        { phone: SARA.phone, patientId: SARA.patientId },
      ]) {
        await patientSignIn.openAndSignIn(person);
        await record.signOutButton.click();
      }
      const wire = await sandbox.wire();
      expect(calls(wire)).toEqual(Array(3).fill(["exists", "login"]).flat());
      expect(violations(wire)).toEqual([]);
    });

    test("OpenAPI: the sign-out from an application in front matches the document", async ({ patientSignIn, record, sandbox }) => {
      sandbox.config({ patient: { baseUrl: baseUrlOf(sandbox), cookies: true } });
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.signOutButton.click();
      await expect.poll(async () => calls(await sandbox.wire())).toEqual(["exists", "login", "patientLogout"]);
      expect(violations(await sandbox.wire())).toEqual([]);
    });

    test("OpenAPI: patient requests with a one-time code match the document", async ({
      page,
      patientSignIn,
      record,
      sandbox,
    }) => {
      const baseUrl = baseUrlOf(sandbox);
      sandbox.config({ patient: { baseUrl, oneTimeCode: true, resendSeconds: 1 } });
      await patientSignIn.open("/");
      await patientSignIn.signIn(LULWA);
      await page.getByRole("button", { name: "Send a new code" }).click();
      await expect(page.getByText("We sent a new code")).toBeVisible();
      await page.getByRole("textbox", { name: "Code" }).fill(LULWA.oneTimeCode);
      await patientSignIn.submitButton.click();
      await record.shows("Profile");
      const wire = await sandbox.wire();
      expect(calls(wire)).toEqual(["exists", "login", "resend", "verify"]);
      expect(violations(wire)).toEqual([]);
    });

    for (const [client, person] of [
      ["web", ISATU],
      ["mob", MARIAMA],
    ] as const) {
      // Browsers block cookies of other sites; spice2.spec.ts tests that.
      if (client === "web" && crossOrigin) continue;
      test(`OpenAPI: SPICE 2.0 requests of the client ${client} match the document`, async ({
        record,
        sandbox,
        staffSignIn,
      }) => {
        const baseUrl = baseUrlOf(sandbox);
        const entrances = [{ client, label: "Staff", protocol: "2" }];
        sandbox.config({ staff: { baseUrl, entrances } });
        await staffSignIn.openAndSignIn(person);
        await record.signOutButton.click();
        await expect
          .poll(async () => calls(await sandbox.wire()))
          // The cookie's owner is asked before it is taken back.
          .toEqual(["session", "profile", ...(client === "web" ? ["profile"] : []), "logout"]);
        expect(violations(await sandbox.wire())).toEqual([]);
      });
    }

    for (const logoutMethod of ["GET", "POST"]) {
      test(`OpenAPI: SPICE 1.x requests with ${logoutMethod} logout match the document`, async ({
        record,
        sandbox,
        staffSignIn,
      }) => {
        const baseUrl = baseUrlOf(sandbox);
        sandbox.config({ staff: { baseUrl, logoutMethod } });
        await staffSignIn.openAndSignIn(KAVYA);
        await record.signOutButton.click();
        await expect.poll(async () => calls(await sandbox.wire())).toEqual(["session", "validate", "logout"]);
        expect(violations(await sandbox.wire())).toEqual([]);
      });
    }
  });
}

test("OpenAPI: wire-check reports an undocumented request", async ({ patientSignIn, sandbox }) => {
  await patientSignIn.openAndSignIn(SAMPLE_PATIENT);
  const wire = await sandbox.wire();
  const changed = wire.map((entry) => ({ ...entry, body: entry.body.replace('"5', '"05') }));
  expect(violations(changed)).toHaveLength(2);
});
