// A one-time code between a patient's sign-in and record; off by default.

import { AxeBuilder } from "@axe-core/playwright";
import { runDueTimers, stopClock } from "../support/clock.ts";
import { alikeIn, DIRECT } from "../support/fixtures.ts";
import { OneTimeCodePage, CODE_MESSAGES } from "../support/pages/one_time_code.ts";
import { ABDULLAH, LULWA } from "../support/people.ts";
import { expect, test as base } from "../support/page_fixtures.ts";
import type { Call, Fault } from "../support/sandbox.ts";
import { LANGUAGES, MESSAGES } from "../support/messages.ts";

const test = base.extend<{ codePage: OneTimeCodePage; expectCode: void }>({
  codePage: async ({ page, messages }, use) => use(new OneTimeCodePage(page, messages)),
  expectCode: [
    async ({ sandbox, cleanState }, use) => {
      void cleanState; // After the reset.
      sandbox.config({ patient: { oneTimeCode: true } });
      await use();
    },
    { auto: true },
  ],
});

const BY_PATIENT_ID = { phone: LULWA.phone, patientId: LULWA.patientId };
const WRONG = "111111";

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });
    const messages = MESSAGES[language];
    const codeMessages = CODE_MESSAGES[language];

    test("one-time code: the record is shown after the code, and the code page keeps the sign-in address", async ({
      codePage,
      page,
      patientSignIn,
      record,
      sandbox,
    }) => {
      await codePage.openWith(LULWA);
      await codePage.shows(codeMessages.heading);
      await expect(codePage.heading(codeMessages.heading)).toBeFocused();
      await expect(page).toHaveURL("/");
      await expect(codePage.code).toHaveAttribute("autocomplete", "one-time-code");
      await expect(codePage.code).toHaveAttribute("inputmode", "numeric");
      await expect(codePage.code).not.toHaveAttribute("maxlength");
      expect(await page.content()).not.toContain("88123");
      await codePage.submit(LULWA.oneTimeCode);
      await record.shows(messages.profile);
      await expect(record.heading(messages.profile)).toBeFocused();
      const wire = await sandbox.wire();
      expect(wire.map(({ call }) => call)).toEqual(["exists", "login", "verify"]);
      const { otp_id, otp_code, ...rest } = JSON.parse(wire[2]!.body);
      expect([typeof otp_id, otp_code, rest]).toEqual(["string", LULWA.oneTimeCode, {}]);
      await record.signOutButton.click();
      await patientSignIn.shows(messages.patientSignIn);
    });

    test("one-time code: an invalid code is named and stays typed", async ({ codePage, record }) => {
      await codePage.openWith(LULWA);
      for (const [typed, sentence] of [
        ["", codeMessages.empty],
        ["123x", codeMessages.characters],
        ["654321 or 123456", codeMessages.characters],
        ["123", codeMessages.length],
        ["12345678901", codeMessages.length],
        [WRONG, codeMessages.wrong],
      ] as const) {
        await codePage.submit(typed);
        await codePage.showsErrors(sentence, codeMessages.heading);
        await expect(codePage.code).toHaveValue(typed);
        await expect(codePage.code).toHaveAccessibleDescription(new RegExp(sentence));
        await expect(codePage.code).toHaveAttribute("aria-invalid", "true");
        await codePage.link(sentence).click();
        await expect(codePage.code).toBeFocused();
      }
      await codePage.submit(LULWA.oneTimeCode);
      await record.shows(messages.profile);
    });

    test("one-time code: the page says to which phone, and a pasted message is read (R18)", async ({ codePage, page, record }) => {
      await codePage.openWith(LULWA);
      await expect(page.getByText(codeMessages.intro("44"), { exact: true })).toBeVisible();
      const code = LULWA.oneTimeCode;
      await codePage.submit(language === "en" ? `G-${code} is your code. It ends in 5 minutes.` : `رمزك ${code} صالح لمدة ٥ دقائق`);
      await record.shows(messages.profile);
    });

    test("one-time code: the page ends when it is not used, and keeps nothing that was typed (S7)", async ({ codePage, page, patientSignIn, sandbox }) => {
      sandbox.config({ patient: { oneTimeCode: true }, session: { idleSeconds: 300, warnSeconds: 60 } });
      await stopClock(page);
      await patientSignIn.open("/");
      await patientSignIn.signIn(BY_PATIENT_ID);
      await runDueTimers(page);
      await codePage.heading(codeMessages.heading).waitFor();
      // A key keeps the page.
      await page.clock.runFor(290_000);
      await codePage.code.press("0");
      await page.clock.runFor(290_000);
      await expect(codePage.heading(codeMessages.heading)).toBeVisible();
      // A device that was asleep: the press comes before any timer.
      await page.clock.setSystemTime(await page.evaluate(() => Date.now() + 3_600_000));
      await codePage.code.press("1");
      await expect(page.getByText(codeMessages.idle, { exact: true })).toBeVisible();
      await runDueTimers(page);
      await patientSignIn.shows(messages.patientSignIn);
      await expect(patientSignIn.phone).toHaveValue("");
      await expect(patientSignIn.byPatientId).not.toBeChecked();
      // Nor does Back bring it back.
      await page.goBack();
      await patientSignIn.ready();
      await expect(patientSignIn.phone).toHaveValue("");
      expect(await page.content()).not.toContain(LULWA.patientId);
    });

    test("one-time code: a page that the device dropped says what happened, and starts at sign-in (F13)", async ({ codePage, page, patientSignIn, record }) => {
      await codePage.openWith(LULWA);
      expect(await page.evaluate(() => JSON.stringify(history.state))).toBe('"code"');
      await page.reload();
      await patientSignIn.ready();
      await patientSignIn.shows(messages.patientSignIn);
      await expect(page.getByText(codeMessages.lost, { exact: true })).toBeVisible();
      await expect(patientSignIn.phone).toHaveValue("");
      // Said once.
      await page.reload();
      await patientSignIn.ready();
      await expect(page.getByText(codeMessages.lost)).toHaveCount(0);
      await patientSignIn.signIn(LULWA);
      await codePage.submit(LULWA.oneTimeCode);
      await record.shows(messages.profile);
      expect(await page.evaluate(() => history.state)).toBeNull();
    });

    test("one-time code: a new code can be requested when the countdown has ended", async ({
      codePage,
      page,
      record,
      sandbox,
    }) => {
      await stopClock(page);
      await codePage.openWith(LULWA);
      const countdown = page.getByText(codeMessages.againIn).first();
      await expect(countdown).toHaveText(`${codeMessages.againIn} ${codeMessages.minute}`);
      await expect(codePage.countdownStatus).toHaveText(codeMessages.againAfter60);
      await expect(codePage.resendButton).toHaveAttribute("aria-disabled", "true");
      await codePage.code.fill("999");
      await codePage.resendButton.click({ force: true });
      await page.clock.runFor(45_000);
      await expect(countdown).toHaveText(`${codeMessages.againIn} ${codeMessages.quarter}`);
      await expect(codePage.countdownStatus).toHaveText(codeMessages.againAfter20);
      expect((await sandbox.wire()).filter(({ call }) => call === "resend")).toEqual([]);

      await page.clock.runFor(16_000);
      await expect(countdown).toBeHidden();
      await expect(codePage.countdownStatus).toHaveText(codeMessages.againNow);
      await codePage.resendButton.click();
      await expect(page.getByText(codeMessages.sentAgain)).toBeVisible();
      await expect(codePage.code).toHaveValue("");
      await expect(codePage.code).toBeFocused();
      await expect(countdown).toHaveText(`${codeMessages.againIn} ${codeMessages.minute}`);
      await codePage.submit(LULWA.oneTimeCode);
      await record.shows(messages.profile);
      const sent = (await sandbox.wire()).filter(({ call }) => ["resend", "verify"].includes(call));
      const [first, second] = sent.map(({ body }) => JSON.parse(body).otp_id as string);
      expect(first).not.toBe(second);
    });

    test("one-time code: Back by button or browser shows the sign-in form as it was left", async ({
      codePage,
      page,
      patientSignIn,
      record,
    }) => {
      await patientSignIn.open("/");
      const back = [() => codePage.backButton.click(), () => page.goBack()];
      await patientSignIn.fill(BY_PATIENT_ID);
      for (const go of back) {
        await patientSignIn.submitButton.click();
        await codePage.heading(codeMessages.heading).waitFor();
        await codePage.code.fill("0246");
        await go();
        await patientSignIn.shows(messages.patientSignIn);
        await expect(patientSignIn.heading(messages.patientSignIn)).toBeFocused();
        await expect(patientSignIn.phone).toHaveValue(LULWA.phone);
        await expect(patientSignIn.byPatientId).toBeChecked();
        await expect(patientSignIn.patientId).toHaveValue(LULWA.patientId);
        expect(await page.content()).not.toContain(codeMessages.heading);
      }
      await patientSignIn.submitButton.click();
      await expect(codePage.code).toHaveValue("");
      await codePage.submit(LULWA.oneTimeCode);
      await record.shows(messages.profile);
    });

    test("one-time code: axe finds no violation, and the page fits its width", async ({ codePage, page }) => {
      const check = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect.soft(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(width).toBeLessThanOrEqual(page.viewportSize()!.width);
      };
      for (const [colorScheme, width] of [["light", 320], ["dark", 1280]] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await codePage.openWith(LULWA);
        await check();
        await codePage.submit("12x");
        await expect(codePage.errorSummary).toBeFocused();
        await check();
      }
    });
  });
}

test("one-time code: digits of any script, grouped or pasted, are sent as ASCII digits (K7, K8)", async ({
  codePage,
  context,
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  for (const text of ["٠٢٤٦٨١", "024 681", "۰۲۴-۶۸۱", "\u200f024681\n"]) {
    await codePage.openWith(LULWA);
    await codePage.code.focus();
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.keyboard.press("ControlOrMeta+V");
    await page.keyboard.press("Enter");
    await record.shows("Profile");
    const verify = (await sandbox.wire()).findLast(({ call }) => call === "verify");
    expect(JSON.parse(verify!.body).otp_code).toBe("024681");
    await record.signOutButton.click();
    await patientSignIn.shows("Patient sign in");
  }
});

const status = (status: number, body = "", headers = {}): Fault => ({
  kind: "status",
  status,
  body,
  headers,
});

for (const [what, fault, sentence, reference] of [
  ["status 410", status(410), CODE_MESSAGES.en.over],
  ["a 400 with 'OTP expired'", status(400, '{"message":"OTP expired"}'), CODE_MESSAGES.en.over],
  ["a body of false", status(200, "false"), CODE_MESSAGES.en.wrong],
  ["status 429", status(429), MESSAGES.en.tooManyAttempts, "P3-LIMIT"],
  ["status 503", status(503), MESSAGES.en.serviceDown, "P3-DOWN"],
  ["an invalid response", status(200, '{"otp_id":"x"}'), MESSAGES.en.invalidResponse, "P3-SHAPE"],
  ["a dropped connection", { kind: "dropBefore" }, MESSAGES.en.unreachable, "P3-NETWORK"],
] as [string, Fault, string, string][]) {
  const details = ["status 429", "a dropped connection"].includes(what) ? DIRECT.gatewayAnswers : {};
  test(`one-time code: ${what} shows an error, and the typed code can be sent again`, details, async ({
    codePage,
    record,
    sandbox,
  }) => {
    await codePage.openWith(LULWA);
    await sandbox.faults([{ call: "verify", times: 1, fault }]);
    await codePage.submit(LULWA.oneTimeCode);
    await codePage.showsErrors(sentence, CODE_MESSAGES.en.heading);
    await codePage.showsReference(reference ?? null);
    await expect(codePage.code).toHaveValue(LULWA.oneTimeCode);
    await codePage.submitButton.click();
    await record.shows("Profile");
  });
}

test("one-time code: a code whose response was cut off is used up, and a new sign-in works", async ({
  codePage,
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  await page.clock.install();
  await codePage.openWith(LULWA);
  await sandbox.faults([{ call: "verify", times: 1, fault: { kind: "shortBody" } }]);
  await codePage.submit(LULWA.oneTimeCode);
  await codePage.showsErrors(MESSAGES.en.unreachable, CODE_MESSAGES.en.heading);
  await codePage.submitButton.click();
  await codePage.showsErrors(CODE_MESSAGES.en.over, CODE_MESSAGES.en.heading);
  // The service has ended that sign-in; only a new one works.
  await page.clock.runFor(61_000);
  await codePage.resendButton.click();
  await codePage.showsErrors(CODE_MESSAGES.en.noneLeft, CODE_MESSAGES.en.heading);
  await codePage.backButton.click();
  await patientSignIn.submitButton.click();
  await codePage.submit(LULWA.oneTimeCode);
  await record.shows("Profile");
});

test("one-time code: a 429 starts a countdown, and repeated wrong codes void the code", DIRECT.gatewayAnswers, async ({
  codePage,
  page,
  sandbox,
}) => {
  await stopClock(page);
  await codePage.openWith(LULWA);
  await sandbox.faults([{ call: "verify", times: 1, fault: status(429, "", { "Retry-After": "90" }) }]);
  await codePage.submit(WRONG);
  await expect(page.getByText(MESSAGES.en.tryAgainIn).first()).toHaveText("You can try again in 1:30 min");
  await expect(codePage.submitButton).toHaveAttribute("aria-disabled", "true");
  await page.clock.runFor(91_000);
  await page.clock.resume();
  for (let attempts = 1; attempts <= 4; attempts += 1) {
    await codePage.submit(WRONG);
    await codePage.showsErrors(CODE_MESSAGES.en.wrong, CODE_MESSAGES.en.heading);
  }
  await codePage.submit(WRONG);
  await codePage.showsErrors(MESSAGES.en.tooManyAttempts, CODE_MESSAGES.en.heading);
  await codePage.submit(LULWA.oneTimeCode);
  await codePage.showsErrors(CODE_MESSAGES.en.over, CODE_MESSAGES.en.heading);
});

for (const [what, fault, sentence, reference] of [
  ["status 404", status(404), CODE_MESSAGES.en.noneLeft, null],
  ["status 429", status(429, "", { "Retry-After": "120" }), MESSAGES.en.wait2Minutes, "P4-LIMIT"],
  ["status 500", status(500), MESSAGES.en.serviceDown, "P4-DOWN"],
  ["an invalid response", status(200, "{}"), MESSAGES.en.invalidResponse, "P4-SHAPE"],
] as [string, Fault, string, string | null][]) {
  test(`one-time code: ${what} to a request for a new code shows an error, and the first code stays valid`, async ({
    codePage,
    page,
    record,
    sandbox,
  }) => {
    await page.clock.install();
    await codePage.openWith(LULWA);
    await codePage.code.fill(LULWA.oneTimeCode);
    await page.clock.runFor(61_000);
    await sandbox.faults([{ call: "resend" as Call, times: 1, fault }]);
    await codePage.resendButton.click();
    await codePage.showsErrors(sentence, CODE_MESSAGES.en.heading);
    await codePage.showsReference(reference ?? null);
    await expect(codePage.code).toHaveValue(LULWA.oneTimeCode);
    await codePage.submitButton.click();
    await record.shows("Profile");
  });
}

test("one-time code: a language switch keeps the typed code and translates the error", async ({ codePage, page }) => {
  await codePage.openWith(LULWA);
  await codePage.submit("12x");
  await codePage.showsErrors(CODE_MESSAGES.en.characters, CODE_MESSAGES.en.heading);
  await codePage.languageButton.click();
  const there = codePage.in("ar");
  await expect(there.heading(CODE_MESSAGES.ar.heading)).toBeVisible();
  await expect(there.code).toHaveValue("12x");
  await expect(there.errorSummary).toContainText(CODE_MESSAGES.ar.characters);
  await expect(page).toHaveTitle(`خطأ: ${CODE_MESSAGES.ar.heading} – Logistration`);
});


test("one-time code: the page requested before sign-in is shown after the code", async ({ codePage, patientSignIn, record }) => {
  await patientSignIn.open("/addresses");
  await patientSignIn.signIn(LULWA);
  await codePage.submit(LULWA.oneTimeCode);
  await record.shows("Addresses");
});

test("one-time code: Back to another sign-in page discards the pending code", async ({
  codePage,
  page,
  patientSignIn,
  staffSignIn,
}) => {
  await staffSignIn.open("/staff");
  await staffSignIn.link("Patient sign in").click();
  await patientSignIn.signIn(LULWA);
  await codePage.heading(CODE_MESSAGES.en.heading).waitFor();
  await page.goBack();
  await patientSignIn.shows("Patient sign in");
  await page.goBack();
  await staffSignIn.shows("Staff sign in");
  await page.goForward();
  await patientSignIn.shows("Patient sign in");
});

test("one-time code: the record is shown at once when the service asks for no code", async ({ patientSignIn, record, sandbox }) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.shows("Profile");
  expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
});

test("one-time code: a response with otp_id alone is invalid when oneTimeCode is off", async ({
  patientSignIn,
  sandbox,
  messages,
}) => {
  sandbox.config({});
  await patientSignIn.open("/");
  await patientSignIn.signIn(LULWA);
  await patientSignIn.showsErrors(messages.invalidResponse, "Patient sign in");
});

test("one-time code: the page is used by keyboard alone", async ({ codePage, page, patientSignIn, record }) => {
  await patientSignIn.open("/");
  await patientSignIn.fill({ phone: LULWA.phone, nationalId: LULWA.nationalId });
  await page.keyboard.press("Enter");
  await expect(codePage.heading(CODE_MESSAGES.en.heading)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(codePage.code).toBeFocused();
  await page.keyboard.type(LULWA.oneTimeCode);
  await page.keyboard.press("Tab");
  await expect(codePage.submitButton).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(codePage.resendButton).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(codePage.backButton).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await record.shows("Profile");
});
