// Waits that a service asks for, and what stays on the form after a fault. The ids are those of the cases from the
// field (docs/security.md).

import { NIGHTLY } from "../support/fixtures.ts";
import { runDueTimers, stopClock } from "../support/clock.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { CODE_MESSAGES, OneTimeCodePage } from "../support/pages/one_time_code.ts";
import { ABDULLAH, KAVYA, LULWA, MARIA } from "../support/people.ts";
import type { Call, Fault } from "../support/sandbox.ts";

const PAST = "Sun, 06 Nov 1994 08:49:37 GMT";

const status = (code: number, retryAfter?: string, body = ""): Fault => ({
  kind: "status",
  status: code,
  body,
  ...(body ? { contentType: "application/json" } : {}),
  ...(retryAfter === undefined ? {} : { headers: { "Retry-After": retryAfter } }),
});

const LOCKED = JSON.stringify({ message: "Account locked due to multiple invalid login attempts." });

for (const retryAfter of ["0", "00", PAST, "Thu, 01 Jan 1970 00:00:00 GMT"]) {
  const details = retryAfter === "0" || retryAfter === PAST ? {} : NIGHTLY;
  for (const call of ["exists", "login"] as const) {
    test(`patient wait: 429 to ${call} with Retry-After ${retryAfter}: the sentence stays and the button works (F3)`, details, async ({
      messages,
      page,
      patientSignIn,
      record,
      sandbox,
    }) => {
      await stopClock(page);
      await patientSignIn.open("/");
      await sandbox.faults([{ call, times: 1, fault: status(429, retryAfter) }]);
      await patientSignIn.signIn(ABDULLAH);
      await expect(patientSignIn.errorSummary).toBeVisible();
      await page.clock.runFor(3_000);
      await patientSignIn.showsErrors(messages.tooManyAttempts, messages.patientSignIn);
      await expect(patientSignIn.submitButton).not.toHaveAttribute("aria-disabled");
      await patientSignIn.submitButton.click();
      await record.shows(messages.profile);
    });
  }

  for (const [name, fault] of [
    ["429", status(429, retryAfter)],
    ["401 locked", status(401, retryAfter, LOCKED)],
  ] as const) {
    test(`staff wait: ${name} with Retry-After ${retryAfter}: the sentence stays and the button works (F3)`, details, async ({
      messages,
      page,
      record,
      sandbox,
      staffSignIn,
    }) => {
      await stopClock(page);
      await staffSignIn.open("/staff");
      await sandbox.faults([{ call: "session", times: 1, fault }]);
      await staffSignIn.signIn(KAVYA);
      await expect(staffSignIn.errorSummary).toBeVisible();
      await page.clock.runFor(3_000);
      const sentence = name === "429" ? messages.tooManyAttempts : messages.locked;
      await staffSignIn.showsErrors(sentence, messages.staffSignIn);
      await expect(staffSignIn.submitButton).not.toHaveAttribute("aria-disabled");
      await staffSignIn.signIn(KAVYA);
      await record.shows(messages.roles);
    });
  }

  for (const call of ["verify", "resend"] as const) {
    test(`one-time code: 429 to ${call} with Retry-After ${retryAfter}: the sentence stays and the button works (F3)`, details, async ({
      messages,
      page,
      record,
      sandbox,
    }) => {
      sandbox.config({ patient: { oneTimeCode: true } });
      const codePage = new OneTimeCodePage(page, messages);
      await stopClock(page);
      await codePage.openWith({ phone: LULWA.phone, patientId: LULWA.patientId });
      await page.clock.runFor(61_000);
      await sandbox.faults([{ call, times: 1, fault: status(429, retryAfter) }]);
      if (call === "verify") await codePage.submit(LULWA.oneTimeCode);
      else await codePage.resendButton.click();
      await expect(codePage.errorSummary).toBeVisible();
      await page.clock.runFor(3_000);
      await codePage.showsErrors(messages.tooManyAttempts, CODE_MESSAGES.en.heading);
      await expect(codePage.resendButton).not.toHaveAttribute("aria-disabled");
      await codePage.submit(LULWA.oneTimeCode);
      await record.shows(messages.profile);
    });
  }
}

for (const minutes of [-60, 60, 24 * 60]) {
  test(`patient wait: a date in Retry-After holds on a device whose clock is off by ${minutes} minutes (F3)`, async ({
    messages,
    page,
    patientSignIn,
    record,
    sandbox,
  }) => {
    await stopClock(page, new Date(Date.now() + minutes * 60_000));
    await patientSignIn.open("/");
    const inTwoMinutes = new Date(Date.now() + 110_000).toUTCString();
    await sandbox.faults([{ call: "exists", times: 1, fault: status(429, inTwoMinutes) }]);
    await patientSignIn.signIn(ABDULLAH);
    await expect(patientSignIn.errorSummary).toBeVisible();
    await runDueTimers(page);
    await patientSignIn.showsErrors(messages.wait2Minutes, messages.patientSignIn);
    await expect(patientSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
    await page.clock.runFor(111_000);
    await patientSignIn.submitButton.click();
    await record.shows(messages.profile);
  });
}

for (const [call, retryAfter] of [
  ["exists", "120"],
  ["login", "120"],
  ["session", "120"],
] as [Call, string][]) {
  test(`503 to ${call} with Retry-After: is told and waited for, by everybody (F3)`, async ({
    messages,
    page,
    patientSignIn,
    record,
    sandbox,
    staffSignIn,
  }) => {
    await stopClock(page);
    const isStaff = call === "session";
    const form = isStaff ? staffSignIn : patientSignIn;
    await form.open(isStaff ? "/staff" : "/");
    await sandbox.faults([{ call, times: 1, fault: status(503, retryAfter) }]);
    if (isStaff) await staffSignIn.signIn(KAVYA);
    else await patientSignIn.signIn(ABDULLAH);
    await expect(form.errorSummary).toBeVisible();
    await runDueTimers(page);
    await form.showsErrors(
      "The service is not working right now. Wait 2 minutes and try again.",
      isStaff ? messages.staffSignIn : messages.patientSignIn,
    );
    await expect(form.submitButton).toHaveAttribute("aria-disabled", "true");
    if (isStaff) await staffSignIn.username.fill("another");
    else await patientSignIn.phone.fill(MARIA.phone);
    await expect(form.submitButton).toHaveAttribute("aria-disabled", "true");
    await page.clock.runFor(121_000);
    await expect(form.submitButton).not.toHaveAttribute("aria-disabled");
    if (isStaff) await staffSignIn.signIn(KAVYA);
    else await patientSignIn.signIn(ABDULLAH);
    await record.heading(isStaff ? messages.roles : messages.profile).waitFor();
  });
}

for (const [what, fault] of [
  ["429", status(429, "600")],
  ["401 locked", status(401, "600", LOCKED)],
  ["401 disabled", status(401, "600", JSON.stringify({ message: "Disabled Account" }))],
] as const) {
  test(`staff wait: ${what} for one user name does not hold another back (R7)`, async ({
    messages,
    page,
    record,
    sandbox,
    staffSignIn,
  }) => {
    await stopClock(page);
    await staffSignIn.open("/staff");
    await sandbox.faults([{ call: "session", times: 1, fault }]);
    await staffSignIn.signIn({ username: "Someone@example.org", password: "x" });
    await expect(staffSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
    // The same name, written otherwise.
    await staffSignIn.username.fill(" Someone@example.org ");
    await expect(staffSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
    await expect(staffSignIn.errorSummary).toBeVisible();
    await staffSignIn.username.fill(KAVYA.username);
    await expect(staffSignIn.submitButton).not.toHaveAttribute("aria-disabled");
    // The sentence names a wait that this person does not have.
    await expect(staffSignIn.errorSummary).toBeHidden();
    await expect(page.getByText(messages.tryAgainIn).first()).toBeHidden();
    // Back to the first: it still waits.
    await page.clock.runFor(60_000);
    await staffSignIn.username.fill("Someone@example.org");
    await expect(staffSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
    await expect(page.getByText(messages.tryAgainIn).first()).toHaveText(/ (9:00|8:59) min$/);
    await staffSignIn.signIn(KAVYA);
    await record.shows(messages.roles);
    expect((await sandbox.wire()).filter(({ call }) => call === "session")).toHaveLength(2);
  });
}

for (const call of ["exists", "login"] as const) {
  test(`patient wait: 429 to ${call} for one phone does not hold another back (R7)`, async ({
    messages,
    page,
    patientSignIn,
    record,
    sandbox,
  }) => {
    await stopClock(page);
    await patientSignIn.open("/");
    await sandbox.faults([{ call, times: 1, fault: status(429, "600") }]);
    await patientSignIn.signIn(ABDULLAH);
    await expect(patientSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
    await patientSignIn.phone.fill(`+966 ${ABDULLAH.phone}`);
    await expect(patientSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
    await patientSignIn.signIn(MARIA);
    await record.shows(messages.profile);
  });
}

test("staff wait: a phone number that is written otherwise is the same user name (R7)", async ({ page, sandbox, staffSignIn }) => {
  await stopClock(page);
  await staffSignIn.open("/staff");
  await sandbox.faults([{ call: "session", times: 1, fault: status(429, "600") }]);
  await staffSignIn.signIn({ username: "076123456", password: "x" });
  for (const same of ["(076) 123-456", "٠٧٦ ١٢٣ ٤٥٦", "076123456"]) {
    await staffSignIn.username.fill(same);
    await expect(staffSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
  }
  await staffSignIn.username.fill("076123457");
  await expect(staffSignIn.submitButton).not.toHaveAttribute("aria-disabled");
});

test("staff wait: a user name that is filled in without events is not held back (R7)", async ({
  messages,
  page,
  record,
  sandbox,
  staffSignIn,
}) => {
  await stopClock(page);
  await staffSignIn.open("/staff");
  await sandbox.faults([{ call: "session", times: 1, fault: status(429, "600") }]);
  await staffSignIn.signIn({ username: "someone", password: "x" });
  await expect(staffSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
  await page.evaluate(({ username, password }) => {
    document.querySelector<HTMLInputElement>("#username")!.value = username;
    document.querySelector<HTMLInputElement>("#password")!.value = password;
    document.querySelector("form")!.requestSubmit();
  }, KAVYA);
  await record.shows(messages.roles);
});

const FAULTS: [string, Fault, boolean][] = [
  ["503", status(503), true],
  ["a cut connection", { kind: "dropAfterHeaders" }, true],
  ["an HTML page", { kind: "status", status: 200, body: "<h1>hi</h1>", contentType: "text/html" }, true],
  ["429", status(429), true],
  ["a wrong password", status(401, undefined, JSON.stringify({ message: "Invalid credentials" })), false],
  ["401 locked", status(401, undefined, LOCKED), false],
];
for (const [what, fault, stays] of FAULTS) {
  test(`staff sign-in: ${what} ${stays ? "keeps" : "empties"} the password (R6)`, async ({ sandbox, staffSignIn }) => {
    await staffSignIn.open("/staff");
    await sandbox.faults([{ call: "session", times: 1, fault }]);
    await staffSignIn.signIn(KAVYA);
    await expect(staffSignIn.errorSummary).toBeVisible();
    await expect(staffSignIn.password).toHaveValue(stays ? KAVYA.password : "");
    await expect(staffSignIn.username).toHaveValue(KAVYA.username);
  });
}

test("staff sign-in: no network keeps the password, and the next attempt succeeds (R6)", async ({
  context,
  messages,
  record,
  staffSignIn,
}) => {
  await staffSignIn.open("/staff");
  await context.setOffline(true);
  await staffSignIn.signIn(KAVYA);
  await expect(staffSignIn.errorSummary).toBeVisible();
  await expect(staffSignIn.password).toHaveValue(KAVYA.password);
  await context.setOffline(false);
  await staffSignIn.submitButton.click();
  await record.shows(messages.roles);
});

for (const code of [302, 303, 307]) {
  test(`access proxy: a call that is redirected (${code}) is told, with a link that loads the page again (R15)`, async ({
    messages,
    page,
    patientSignIn,
    sandbox,
    staffSignIn,
  }) => {
    const fault: Fault = { kind: "status", status: code, headers: { Location: "https://access.example/login" } };
    for (const [form, path, calls] of [
      [patientSignIn, "/", ["exists", "login"]],
      [staffSignIn, "/staff", ["session"]],
    ] as const) {
      for (const call of calls) {
        await form.open(path);
        await sandbox.faults([{ call, times: null, fault }]);
        if (form === staffSignIn) await staffSignIn.signIn(KAVYA);
        else await patientSignIn.signIn(ABDULLAH);
        await form.showsErrors(
          "We cannot reach the service from this page. Reload the page and try again.",
          path === "/" ? messages.patientSignIn : messages.staffSignIn,
        );
        const loaded = page.waitForEvent("load");
        await form.errorSummary.getByRole("link", { name: "Reload the page" }).click();
        await loaded;
        await form.ready();
        await expect(form.errorSummary).toBeHidden();
        await sandbox.faults([]);
      }
    }
  });
}
