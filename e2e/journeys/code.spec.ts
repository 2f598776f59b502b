// A one-time code between a patient's sign-in and their record: off by default, and then nothing here
// is ever seen.

import { AxeBuilder } from "@axe-core/playwright";
import { stopClock } from "../support/clock.ts";
import { DIRECT } from "../support/fixtures.ts";
import { CodePage, SAY } from "../support/pages/code.ts";
import { ABDULLAH, LULWA } from "../support/people.ts";
import { expect, test as base } from "../support/portal.ts";
import type { Call, Fault } from "../support/sandbox.ts";
import { LANGUAGES, WORDS } from "../support/words.ts";

const test = base.extend<{ code: CodePage; expectCode: void }>({
  code: async ({ page, words }, use) => use(new CodePage(page, words)),
  expectCode: [
    async ({ sandbox, tidy }, use) => {
      void tidy; // The sandbox is as new.
      sandbox.config({ patient: { oneTimeCode: true } });
      await use();
    },
    { auto: true },
  ],
});

const BY_PATIENT_ID = { phone: LULWA.phone, patientId: LULWA.patientId };
const WRONG = "111111";

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    const words = WORDS[language];
    const say = SAY[language];

    test("one-time code: the record is shown after the code, and the code page keeps the sign-in address", async ({
      code,
      page,
      patientSignIn,
      record,
      sandbox,
    }) => {
      await code.reach(LULWA);
      await code.shows(say.heading);
      await expect(code.heading(say.heading)).toBeFocused();
      await expect(page).toHaveURL("/");
      await expect(code.code).toHaveAttribute("autocomplete", "one-time-code");
      await expect(code.code).toHaveAttribute("inputmode", "numeric");
      await expect(code.code).not.toHaveAttribute("maxlength");
      expect(await page.content()).not.toContain("88123");
      await code.enter(LULWA.oneTimeCode);
      await record.shows(words.profile);
      await expect(record.heading(words.profile)).toBeFocused();
      const wire = await sandbox.wire();
      expect(wire.map(({ call }) => call)).toEqual(["exists", "login", "verify"]);
      const { otp_id, otp_code, ...rest } = JSON.parse(wire[2]!.body);
      expect([typeof otp_id, otp_code, rest]).toEqual(["string", LULWA.oneTimeCode, {}]);
      await record.signOutButton.click();
      await patientSignIn.shows(words.patientSignIn);
    });

    test("one-time code: an invalid code is named and stays typed", async ({ code, record }) => {
      await code.reach(LULWA);
      for (const [typed, sentence] of [
        ["", say.empty],
        ["12345x", say.characters],
        ["123", say.length],
        ["12345678901", say.length],
        [WRONG, say.wrong],
      ] as const) {
        await code.enter(typed);
        await code.complains(sentence, say.heading);
        await expect(code.code).toHaveValue(typed);
        await expect(code.code).toHaveAccessibleDescription(new RegExp(sentence));
        await expect(code.code).toHaveAttribute("aria-invalid", "true");
        await code.link(sentence).click();
        await expect(code.code).toBeFocused();
      }
      await code.enter(LULWA.oneTimeCode);
      await record.shows(words.profile);
    });

    test("one-time code: a new code can be requested when the countdown has ended", async ({
      code,
      page,
      record,
      sandbox,
    }) => {
      await stopClock(page);
      await code.reach(LULWA);
      const left = page.getByText(say.againIn).first();
      await expect(left).toHaveText(`${say.againIn} ${say.minute}`);
      await expect(code.spoken).toHaveText(say.againAfter60);
      await expect(code.sendAgain).toHaveAttribute("aria-disabled", "true");
      await code.code.fill("999");
      await code.sendAgain.click({ force: true });
      await page.clock.runFor(45_000);
      await expect(left).toHaveText(`${say.againIn} ${say.quarter}`);
      await expect(code.spoken).toHaveText(say.againAfter20);
      expect((await sandbox.wire()).filter(({ call }) => call === "resend")).toEqual([]);

      await page.clock.runFor(16_000);
      await expect(left).toBeHidden();
      await expect(code.spoken).toHaveText(say.againNow);
      await code.sendAgain.click();
      await expect(page.getByText(say.sentAgain)).toBeVisible();
      await expect(code.code).toHaveValue("");
      await expect(code.code).toBeFocused();
      await expect(left).toHaveText(`${say.againIn} ${say.minute}`);
      await code.enter(LULWA.oneTimeCode);
      await record.shows(words.profile);
      const sent = (await sandbox.wire()).filter(({ call }) => ["resend", "verify"].includes(call));
      const [first, second] = sent.map(({ body }) => JSON.parse(body).otp_id as string);
      expect(first).not.toBe(second);
    });

    test("one-time code: Back by button or browser shows the sign-in form as it was left", async ({
      code,
      page,
      patientSignIn,
      record,
    }) => {
      await patientSignIn.open("/");
      const back = [() => code.back.click(), () => page.goBack()];
      await patientSignIn.fill(BY_PATIENT_ID);
      for (const go of back) {
        await patientSignIn.submit.click();
        await code.heading(say.heading).waitFor();
        await code.code.fill("0246");
        await go();
        await patientSignIn.shows(words.patientSignIn);
        await expect(patientSignIn.heading(words.patientSignIn)).toBeFocused();
        await expect(patientSignIn.phone).toHaveValue(LULWA.phone);
        await expect(patientSignIn.byPatientId).toBeChecked();
        await expect(patientSignIn.patientId).toHaveValue(LULWA.patientId);
        expect(await page.content()).not.toContain(say.heading);
      }
      await patientSignIn.submit.click();
      await expect(code.code).toHaveValue("");
      await code.enter(LULWA.oneTimeCode);
      await record.shows(words.profile);
    });

    test("one-time code: axe finds no violation, and the page fits its width", async ({ code, page }) => {
      const look = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect.soft(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(width).toBeLessThanOrEqual(page.viewportSize()!.width);
      };
      for (const [colorScheme, width] of [["light", 320], ["dark", 1280]] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await code.reach(LULWA);
        await look();
        await code.enter("12x");
        await expect(code.summary).toBeFocused();
        await look();
      }
    });
  });
}

test("one-time code: digits of any script, grouped or pasted, are sent as ASCII digits", async ({
  code,
  context,
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  for (const text of ["٠٢٤٦٨١", "024 681", "۰۲۴-۶۸۱", "\u200f024681\n"]) {
    await code.reach(LULWA);
    await code.code.focus();
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

for (const [what, fault, sentence] of [
  ["status 410", status(410), SAY.en.over],
  ["a 400 with 'OTP expired'", status(400, '{"message":"OTP expired"}'), SAY.en.over],
  ["a body of false", status(200, "false"), SAY.en.wrong],
  ["status 429", status(429), WORDS.en.tooManyTries],
  ["status 503", status(503), WORDS.en.serviceDown],
  ["an invalid response", status(200, '{"otp_id":"x"}'), WORDS.en.badAnswer],
  ["a dropped connection", { kind: "dropBefore" }, WORDS.en.unreachable],
] as [string, Fault, string][]) {
  const details = ["status 429", "a dropped connection"].includes(what) ? DIRECT.answersItself : {};
  test(`one-time code: ${what} shows an error, and the typed code can be sent again`, details, async ({
    code,
    record,
    sandbox,
  }) => {
    await code.reach(LULWA);
    await sandbox.faults([{ call: "verify", times: 1, fault }]);
    await code.enter(LULWA.oneTimeCode);
    await code.complains(sentence, SAY.en.heading);
    await expect(code.code).toHaveValue(LULWA.oneTimeCode);
    await code.submit.click();
    await record.shows("Profile");
  });
}

test("one-time code: a code whose response was cut off is used up, and a new sign-in works", async ({
  code,
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  await page.clock.install();
  await code.reach(LULWA);
  await sandbox.faults([{ call: "verify", times: 1, fault: { kind: "shortBody" } }]);
  await code.enter(LULWA.oneTimeCode);
  await code.complains(WORDS.en.unreachable, SAY.en.heading);
  await code.submit.click();
  await code.complains(SAY.en.over, SAY.en.heading);
  // For the service that sign-in is over; only a new one helps.
  await page.clock.runFor(61_000);
  await code.sendAgain.click();
  await code.complains(SAY.en.noneLeft, SAY.en.heading);
  await code.back.click();
  await patientSignIn.submit.click();
  await code.enter(LULWA.oneTimeCode);
  await record.shows("Profile");
});

test("one-time code: a 429 starts a countdown, and repeated wrong codes void the code", DIRECT.answersItself, async ({
  code,
  page,
  sandbox,
}) => {
  await stopClock(page);
  await code.reach(LULWA);
  await sandbox.faults([{ call: "verify", times: 1, fault: status(429, "", { "Retry-After": "90" }) }]);
  await code.enter(WRONG);
  await expect(page.getByText(WORDS.en.tryAgainIn).first()).toHaveText("You can try again in 1:30");
  await expect(code.submit).toHaveAttribute("aria-disabled", "true");
  await page.clock.runFor(91_000);
  await page.clock.resume();
  for (let tries = 1; tries <= 4; tries += 1) {
    await code.enter(WRONG);
    await code.complains(SAY.en.wrong, SAY.en.heading);
  }
  await code.enter(WRONG);
  await code.complains(WORDS.en.tooManyTries, SAY.en.heading);
  await code.enter(LULWA.oneTimeCode);
  await code.complains(SAY.en.over, SAY.en.heading);
});

for (const [what, fault, sentence] of [
  ["status 404", status(404), SAY.en.noneLeft],
  ["status 429", status(429, "", { "Retry-After": "120" }), WORDS.en.wait2Minutes],
  ["status 500", status(500), WORDS.en.serviceDown],
  ["an invalid response", status(200, "{}"), WORDS.en.badAnswer],
] as [string, Fault, string][]) {
  test(`one-time code: ${what} to a request for a new code shows an error, and the first code stays valid`, async ({
    code,
    page,
    record,
    sandbox,
  }) => {
    await page.clock.install();
    await code.reach(LULWA);
    await code.code.fill(LULWA.oneTimeCode);
    await page.clock.runFor(61_000);
    await sandbox.faults([{ call: "resend" as Call, times: 1, fault }]);
    await code.sendAgain.click();
    await code.complains(sentence, SAY.en.heading);
    await expect(code.code).toHaveValue(LULWA.oneTimeCode);
    await code.submit.click();
    await record.shows("Profile");
  });
}

test("one-time code: a language switch keeps the typed code and translates the error", async ({ code, page }) => {
  await code.reach(LULWA);
  await code.enter("12x");
  await code.complains(SAY.en.characters, SAY.en.heading);
  await code.languageButton.click();
  const there = code.in("ar");
  await expect(there.heading(SAY.ar.heading)).toBeVisible();
  await expect(there.code).toHaveValue("12x");
  await expect(there.summary).toContainText(SAY.ar.characters);
  await expect(page).toHaveTitle(`خطأ: ${SAY.ar.heading} – Logistration`);
});

test("one-time code: a reload returns to an empty sign-in", async ({ code, page, patientSignIn }) => {
  await code.reach(LULWA);
  await code.code.fill("0246");
  await page.reload();
  await patientSignIn.ready();
  await patientSignIn.shows("Patient sign in");
  expect(page.url()).toMatch(/\/$/);
});

test("one-time code: the page requested before sign-in is shown after the code", async ({ code, patientSignIn, record }) => {
  await patientSignIn.open("/addresses");
  await patientSignIn.signIn(LULWA);
  await code.enter(LULWA.oneTimeCode);
  await record.shows("Addresses");
});

test("one-time code: Back to another sign-in page discards the pending code", async ({
  code,
  page,
  patientSignIn,
  staffSignIn,
}) => {
  await staffSignIn.open("/staff");
  await staffSignIn.link("Patient sign in").click();
  await patientSignIn.signIn(LULWA);
  await code.heading(SAY.en.heading).waitFor();
  await page.goBack();
  await patientSignIn.shows("Patient sign in");
  await page.goBack();
  await staffSignIn.shows("Staff sign in");
  await page.goForward();
  await patientSignIn.shows("Patient sign in");
});

test("one-time code: the record is shown at once when the service asks for no code", async ({ patientSignIn, record, sandbox }) => {
  await patientSignIn.enter(ABDULLAH);
  await record.shows("Profile");
  expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
});

test("one-time code: a response with otp_id alone is invalid when oneTimeCode is off", async ({
  patientSignIn,
  sandbox,
  words,
}) => {
  sandbox.config({});
  await patientSignIn.open("/");
  await patientSignIn.signIn(LULWA);
  await patientSignIn.complains(words.badAnswer, "Patient sign in");
});

test("one-time code: the page is used by keyboard alone", async ({ code, page, patientSignIn, record }) => {
  await patientSignIn.open("/");
  await patientSignIn.fill({ phone: LULWA.phone, nationalId: LULWA.nationalId });
  await page.keyboard.press("Enter");
  await expect(code.heading(SAY.en.heading)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(code.code).toBeFocused();
  await page.keyboard.type(LULWA.oneTimeCode);
  await page.keyboard.press("Tab");
  await expect(code.submit).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(code.sendAgain).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(code.back).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await record.shows("Profile");
});
