// Requests on the wire, byte for byte: the documented ones and no others.

import { DIRECT } from "../support/fixtures.ts";
import { ABDULLAH, KAVYA, MARIAMA, passwordHash, SAMPLE_PATIENT, sample, SARA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

test("patient requests: the documented samples are sent byte for byte", async ({
  patientSignIn,
  sandbox,
}) => {
  await patientSignIn.openAndSignIn(SAMPLE_PATIENT);
  const wire = await sandbox.wire();
  expect(wire).toMatchObject([
    {
      method: "POST",
      path: "/api/customer/is_patient_exists",
      query: null,
      body: '{"phoneNo":"5368798202"}',
      status: 200,
    },
    {
      method: "POST",
      path: "/api/customer/login",
      query: null,
      body: '{"type":"nationalId","value":"16898166021","phone":"5368798202"}',
      status: 200,
    },
  ]);
  expect(JSON.parse(wire[0]?.body ?? "")).toEqual(sample("fixtures/patient-exists-request.json"));
  for (const { headers } of wire) {
    expect(headers["content-type"]).toBe("application/json");
    expect(headers.accept).toBe("application/json");
    for (const name of ["authorization", "client", "cookie", "referer", "language"]) {
      expect(headers).not.toHaveProperty(name);
    }
  }
});

test("staff requests: the documented sample is sent as documented", async ({
  sandbox,
  staffSignIn,
}) => {
  await staffSignIn.openAndSignIn(KAVYA);
  await expect.poll(async () => (await sandbox.wire()).length).toBe(2);
  const wire = await sandbox.wire();
  expect(wire).toMatchObject([
    { method: "POST", path: "/auth-service/session", query: null, status: 200 },
    // The check of the session, for this role of 1.x.
    { method: "GET", path: "/user-service/user/validate", query: null, status: 200 },
  ]);
  const [session, validate] = wire;
  expect(validate?.headers).toMatchObject({ client: "spice mobile", tenantid: "4" });
  expect(validate?.headers.authorization).toMatch(/^Bearer \S+$/);
  expect(validate?.headers).not.toHaveProperty("cookie");
  expect(session?.form).toEqual({
    username: KAVYA.username,
    password: passwordHash(KAVYA.password),
  });
  expect(session?.headers.client).toBe("spice mobile");
  expect(session?.headers["content-type"]).toMatch(/^multipart\/form-data; ?boundary=/);
  // Not anywhere in the body.
  expect(session?.body).not.toContain(KAVYA.password);
  for (const name of ["authorization", "cookie", "referer"]) {
    expect(session?.headers).not.toHaveProperty(name);
  }
});

test("config staff.passwordKey: keys the password hash, and may be empty", async ({
  sandbox,
  staffSignIn,
  messages,
}) => {
  sandbox.config({ staff: { passwordKey: "" } });
  await staffSignIn.open("/staff");
  await staffSignIn.signIn(KAVYA);
  // This sandbox has the documented key, so the password is wrong for it.
  await staffSignIn.showsErrors(messages.wrongCredentials, messages.staffSignIn);
  const [session] = await sandbox.wire();
  expect(session?.form?.password).toBe(passwordHash(KAVYA.password, ""));
});

test("patient requests: the identifier is not sent for an unknown phone", async ({
  patientSignIn,
  sandbox,
  messages,
}) => {
  await patientSignIn.open("/");
  await patientSignIn.signIn({ phone: "500000001", nationalId: ABDULLAH.nationalId });
  await patientSignIn.showsErrors(messages.notFound, messages.patientSignIn);
  const wire = await sandbox.wire();
  expect(wire.map(({ call }) => call)).toEqual(["exists"]);
  expect(JSON.stringify(wire)).not.toContain(ABDULLAH.nationalId);
});

test("config patient.checkExists: false leaves one call", async ({ patientSignIn, sandbox }) => {
  sandbox.config({ patient: { checkExists: false } });
  await patientSignIn.openAndSignIn(ABDULLAH);
  expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["login"]);
});

test("patient requests: a Patient ID is sent with type patientId, unchanged but trimmed", async ({
  patientSignIn,
  sandbox,
}) => {
  await patientSignIn.openAndSignIn({ phone: `0${SARA.phone}`, patientId: ` ${SARA.patientId} ` });
  expect((await sandbox.wire())[1]?.body).toBe(
    '{"type":"patientId","value":"A-10/77","phone":"541112223"}',
  );
});

test("config patient.patientIdType: is sent as the identifier's type", async ({ patientSignIn, sandbox, messages }) => {
  sandbox.config({ patient: { patientIdType: "fileNo" } });
  await patientSignIn.open("/");
  await patientSignIn.signIn({ phone: ABDULLAH.phone, patientId: ABDULLAH.patientId });
  await expect
    .poll(async () => (await sandbox.wire())[1]?.body)
    .toBe('{"type":"fileNo","value":"0012345","phone":"501234567"}');
  await expect(patientSignIn.heading(messages.profile).or(patientSignIn.errorSummary)).toBeVisible();
});

for (const end of ["", "/"]) {
  test(`config baseUrl: an end of "${end}" gives paths with one slash`, DIRECT.crossOrigin, async ({
    patientSignIn,
    record,
    sandbox,
    staffSignIn,
  }) => {
    // Under another name the sandbox is another origin, with preflights and exposed headers.
    const crossOrigin = sandbox.url.replace("127.0.0.1", "localhost") + end;
    sandbox.config({ patient: { baseUrl: crossOrigin }, staff: { baseUrl: crossOrigin } });
    await patientSignIn.openAndSignIn(ABDULLAH);
    await record.signOutButton.click();
    await staffSignIn.link("Work here? Staff sign in").click();
    await staffSignIn.signIn(KAVYA);
    await record.shows("Roles");
    const sent = async () => (await sandbox.wire()).filter(({ call }) => call !== "preflight");
    await expect.poll(async () => (await sent()).map(({ path, status }) => [path, status])).toEqual([
      ["/api/customer/is_patient_exists", 200],
      ["/api/customer/login", 200],
      ["/auth-service/session", 200],
      ["/user-service/user/validate", 200],
    ]);
    const calls = await sent();
    expect(calls.every(({ headers }) => headers.host?.startsWith("localhost"))).toBe(true);
  });
}

test("requests: cookies of the origin are sent to a cookie session only", DIRECT.cookies, async ({
  context,
  patientSignIn,
  record,
  sandbox,
  staffSignIn,
}) => {
  await context.addCookies([{ name: "other", value: "application", url: sandbox.url }]);
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.signOutButton.click();
  await staffSignIn.openAndSignIn(KAVYA);
  await record.signOutButton.click();
  await expect.poll(async () => (await sandbox.wire()).at(-1)?.call).toBe("logout");
  for (const { call, headers } of await sandbox.wire()) {
    expect(headers, call).not.toHaveProperty("cookie");
  }
  await context.clearCookies();
});

test("requests: all go to the portal's origin", async ({ page, patientSignIn, sandbox }) => {
  const called: string[] = [];
  page.on("request", (request) => called.push(request.url()));
  await patientSignIn.openAndSignIn(ABDULLAH);
  expect(called.filter((url) => !url.startsWith(`${sandbox.portal}/`))).toEqual([]);
});

test("patient sign-in: leaving the page during the request cancels it (K13)", async ({
  page,
  patientSignIn,
  sandbox,
  staffSignIn,
}) => {
  await sandbox.faults([
    { call: "exists", times: 1, fault: { kind: "delay", ms: 700 } },
    { call: "session", times: 1, fault: { kind: "delay", ms: 1500 } },
  ]);
  await patientSignIn.open("/");
  await patientSignIn.signIn(ABDULLAH);
  await patientSignIn.button("Signing in…").waitFor();
  await patientSignIn.link("Work here? Staff sign in").click();
  await staffSignIn.shows("Staff sign in");
  await staffSignIn.signIn(KAVYA);
  await staffSignIn.heading("Roles").waitFor();
  // The staff response took longer than the cancelled one: a login would have been sent by now. The
  // server also saw the client disconnect.
  const wire = await sandbox.wire();
  expect(wire.map(({ call }) => call).slice(0, 2)).toEqual(["exists", "session"]);
  expect(wire.map(({ call }) => call)).not.toContain("login");
  expect(wire[0]?.status).toBeNull();
  await expect(page).toHaveURL("/roles");
});

test("patient sign-in: input and submits during the request have no effect", async ({
  patientSignIn,
  sandbox,
}) => {
  await sandbox.faults([{ call: "login", times: 1, fault: { kind: "delay", ms: 900 } }]);
  await patientSignIn.open("/");
  await patientSignIn.signIn(ABDULLAH);
  await patientSignIn.button("Signing in…").waitFor();
  await patientSignIn.phone.fill("");
  await patientSignIn.phone.press("Enter");
  await patientSignIn.phone.press("Enter");
  await expect(patientSignIn.page.getByRole("alert")).toBeHidden();
  await patientSignIn.heading("Profile").waitFor();
  expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
});

test("staff sign-in: leaving the page during the request shows no record, and leaves no usable session (K13)", async ({
  patientSignIn,
  sandbox,
  staffSignIn,
}) => {
  await sandbox.faults([{ call: "session", times: 1, fault: { kind: "delay", ms: 700 } }]);
  await staffSignIn.open("/staff");
  await staffSignIn.signIn(KAVYA);
  await staffSignIn.button("Signing in…").waitFor();
  await staffSignIn.link("Patient sign in").click();
  await patientSignIn.shows("Patient sign in");
  await patientSignIn.page.waitForTimeout(1_500);
  await patientSignIn.shows("Patient sign in");
  // Cancelled before the service answered, or answered and signed out.
  const wire = await sandbox.wire();
  expect(wire.map(({ call, status }) => `${call} ${status}`)).toEqual(
    wire[0]?.status === null ? ["session null"] : ["session 200", "logout 200"],
  );
});

for (const fault of [{ kind: "endless" }, { kind: "shortBody" }] as const) {
  test(`staff session: the token is revoked when the sign-in response cannot be read: ${fault.kind}`, async ({
    page,
    sandbox,
    staffSignIn,
  }) => {
    await sandbox.faults([{ call: "session", times: 1, fault }]);
    await staffSignIn.open("/staff");
    await staffSignIn.signIn(KAVYA);
    await expect(page.getByRole("alert")).toBeVisible();
    const calls = async () => (await sandbox.wire()).map(({ call }) => call);
    await expect.poll(calls).toEqual(["session", "logout"]);
  });
}

test("patient look-up: is retried twice with pauses when the service cannot be reached", async ({
  patientSignIn,
  sandbox,
  messages,
}) => {
  const calls = async () => (await sandbox.wire()).map(({ call }) => call);
  await patientSignIn.open("/");
  await sandbox.faults([
    { call: "exists", times: 1, fault: { kind: "status", status: 503 } },
    { call: "exists", times: 1, fault: { kind: "shortBody" } },
  ]);
  await patientSignIn.signIn(ABDULLAH);
  await patientSignIn.heading(messages.profile).waitFor();
  expect(await calls()).toEqual(["exists", "exists", "exists", "login"]);
  const at = (await sandbox.wire()).map(({ atMs }) => atMs);
  // 0.5 to 1.5 times 300 and 900 milliseconds; a busy machine adds to it.
  expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(145);
  expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(445);

  await patientSignIn.signOutButton.click();
  await sandbox.clearWire();
  await sandbox.faults([{ call: "exists", times: null, fault: { kind: "status", status: 502 } }]);
  await patientSignIn.signIn(ABDULLAH);
  await patientSignIn.showsErrors(messages.serviceDown, messages.patientSignIn);
  expect(await calls()).toEqual(["exists", "exists", "exists"]);
});

for (const [name, fault] of [
  ["a 400", { kind: "status", status: 400 }],
  ["a 429", { kind: "status", status: 429 }],
  ["a 500", { kind: "status", status: 500 }],
  ["a body of null", { kind: "status", status: 200, body: "null" }],
] as const) {
  test(`patient look-up: is not retried after ${name}`, async ({ patientSignIn, sandbox }) => {
    await patientSignIn.open("/");
    await sandbox.faults([{ call: "exists", times: null, fault }]);
    await patientSignIn.signIn(ABDULLAH);
    await expect(patientSignIn.errorSummary).toBeFocused();
    expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists"]);
  });
}

for (const fault of [{ kind: "status", status: 503 }, { kind: "dropBefore" }, { kind: "shortBody" }] as const) {
  test(`sign-in: is never retried by itself: ${fault.kind}`, async ({
    patientSignIn,
    sandbox,
    staffSignIn,
  }) => {
    const count = async (wanted: string) =>
      (await sandbox.wire()).filter(({ call }) => call === wanted).length;
    await patientSignIn.open("/");
    await sandbox.faults([
      { call: "login", times: null, fault },
      { call: "session", times: null, fault },
    ]);
    await patientSignIn.signIn(ABDULLAH);
    await expect(patientSignIn.errorSummary).toBeFocused();
    await staffSignIn.link("Work here? Staff sign in").click();
    await staffSignIn.signIn(KAVYA);
    await expect(staffSignIn.errorSummary).toBeFocused();
    // The absence of a retry needs a wait, longer than the pauses of the look-up.
    await staffSignIn.page.waitForTimeout(2_000);
    expect([await count("login"), await count("session")]).toEqual([1, 1]);
  });
}

/** The server's race of two people who sign in at the same moment, in its own words. */
const ERROR_500 = {
  kind: "status",
  status: 500,
  contentType: "application/json",
  body: JSON.stringify({ timestamp: "2026-11-26T09:00:00", status: 500, error: "Internal Server Error", path: "/session" }),
} as const;

for (const [times, outcome] of [[1, "signs in"], [2, "is an error"]] as const) {
  test(`SPICE 1.x sign-in: ${times} × 500 is repeated once and ${outcome}`, async ({ record, sandbox, staffSignIn }) => {
    await staffSignIn.open("/staff");
    await sandbox.faults([{ call: "session", times, fault: ERROR_500 }]);
    await staffSignIn.signIn(KAVYA);
    if (times === 1) await record.shows("Roles");
    else await expect(staffSignIn.errorSummary).toBeFocused();
    const sessions = (await sandbox.wire()).filter(({ call }) => call === "session");
    expect(sessions.map(({ status }) => status)).toEqual([500, times === 1 ? 200 : 500]);
    expect(sessions[1]!.form).toEqual(sessions[0]!.form);
  });
}

test("SPICE 1.x sign-in: a 500 of another kind is not repeated", async ({ sandbox, staffSignIn, messages }) => {
  await staffSignIn.open("/staff");
  for (const [body, outcome] of [
    ["", messages.signInIncomplete],
    ["0", messages.signInIncomplete],
    [JSON.stringify({ requestId: "1-2", path: "/auth-service/session" }), messages.serviceDown],
  ] as const) {
    await sandbox.clearWire();
    await sandbox.faults([{ call: "session", times: null, fault: { kind: "status", status: 500, body } }]);
    await staffSignIn.signIn(KAVYA);
    await staffSignIn.showsErrors(outcome, "Staff sign in");
    await staffSignIn.page.waitForTimeout(2_000);
    expect((await sandbox.wire()).filter(({ call }) => call === "session")).toHaveLength(1);
  }
});

test("SPICE 2.0 sign-in: 500 is not repeated", async ({ sandbox, staffSignIn }) => {
  sandbox.config({ staff: { entrances: [{ client: "mob", label: "Staff", protocol: "2" }] } });
  await staffSignIn.open("/staff");
  await sandbox.faults([{ call: "session", times: null, fault: ERROR_500 }]);
  await staffSignIn.signIn(MARIAMA);
  await expect(staffSignIn.errorSummary).toBeFocused();
  await staffSignIn.page.waitForTimeout(2_000);
  expect((await sandbox.wire()).filter(({ call }) => call === "session")).toHaveLength(1);
});

test("staff session: the token is revoked when the portal is left", async ({
  page,
  sandbox,
  staffSignIn,
}) => {
  await staffSignIn.openAndSignIn(KAVYA);
  await sandbox.clearWire();
  await sandbox.faults([{ call: "logout", times: 1, fault: { kind: "delay", ms: 500 } }]);
  await page.goto("about:blank");
  await expect
    .poll(async () =>
      (await sandbox.wire()).filter(({ call }) => call === "logout").map(({ call, status }) => [call, status]),
    )
    .toEqual([["logout", 200]]);
});

test("preconnect: a service at another origin is connected to when the form takes the focus", DIRECT.crossOrigin, async ({
  page,
  patientSignIn,
  sandbox,
  staffSignIn,
}) => {
  const patient = "https://patients.example";
  sandbox.config({ patient: { baseUrl: `${patient}/middleware` } });
  const connections = () =>
    page.locator("link[rel=preconnect]").evaluateAll((links) => (links as HTMLLinkElement[]).map((link) => link.href));
  await patientSignIn.open("/");
  expect(await connections()).toEqual([]);
  await patientSignIn.phone.focus();
  await patientSignIn.nationalId.focus();
  expect(await connections()).toEqual([`${patient}/`]);
  // The staff service is at the portal's own origin.
  await staffSignIn.open("/staff");
  await staffSignIn.username.focus();
  expect(await connections()).toEqual([]);
});
