// Help at sign-in: the phone read back, the other identifier, waiting times, the offline notice.

import { alikeIn } from "../support/fixtures.ts";
import { runDueTimers, stopClock } from "../support/clock.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { PlannedFault } from "../support/sandbox.ts";
import { MESSAGES } from "../support/messages.ts";

/** A 429 with this Retry-After. */
const tooManyRequests = (call: PlannedFault["call"], header: string): PlannedFault[] => [
  {
    call,
    times: 1,
    fault: { kind: "status", status: 429, body: "", headers: { "Retry-After": header } },
  },
];

/** The HTTP date in some minutes, by the real clock, which is the server's. */
const dateIn = (minutes: number) => new Date(Date.now() + minutes * 60_000).toUTCString();

for (const language of ["en", "ar"] as const) {
  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });
    const messages = MESSAGES[language];

    test("phone read-back: is shown only when the typed form differs from the local one", async ({
      page,
      patientSignIn,
    }) => {
      await patientSignIn.open("/");
      const line = page.locator("#phone-readback");
      await expect(line).toBeHidden();
      for (const typed of ["٠٥١٢٣٤٥٦٧٨", "+966 (0)51-234-5678", "00966512345678", "۰۵۱۲۳۴۵۶۷۸"]) {
        await patientSignIn.phone.fill(typed);
        await expect(line).toHaveText(`${messages.readAs} \u2066+966 51 234 5678\u2069`);
        await expect(patientSignIn.phone).toHaveAccessibleDescription(/\+966 51 234 5678/);
        await expect(patientSignIn.phone).toHaveValue(typed);
      }
      for (const typed of ["0512345678", "051 234 5678", "05", ""]) {
        await patientSignIn.phone.fill(typed);
        await expect(line).toBeHidden();
      }
    });

    test("phone read-back: is hidden while a warning says to check the number", async ({ page, patientSignIn }) => {
      await patientSignIn.open("/");
      const line = page.locator("#phone-readback");
      await patientSignIn.phone.fill("٥٣٦٨٧٩٨٢٠٢");
      await expect(line).toBeVisible();
      await patientSignIn.phone.blur();
      await expect(page.locator("#phone-warning")).toHaveText(messages.phoneNotSaudi);
      await expect(line).toBeHidden();
      await expect(patientSignIn.phone).not.toHaveAccessibleDescription(/\+966/);
      await patientSignIn.phone.fill("٠٥١٢٣٤٥٦٧٨");
      await patientSignIn.phone.blur();
      await expect(page.locator("#phone-warning")).toHaveText("");
      await expect(line).toBeVisible();
    });

    test("help: each paragraph has its subject on the first line, and the help phone is the last", async ({ page, patientSignIn, sandbox }) => {
      sandbox.config({ brand: { helpPhone: "9200 00000" } });
      await patientSignIn.open("/");
      const lines = page.locator(".sign-in__help p");
      await expect(lines.last()).toBeHidden();
      await page.getByText(messages.signInHelp, { exact: true }).click();
      await expect(lines).toHaveCount(5);
      await expect(lines.last().getByRole("link", { name: "9200 00000" })).toBeVisible();
      const paragraphs = await lines.evaluateAll((all) => all.slice(0, -1).map((it) => (it as HTMLElement).innerText));
      for (const text of paragraphs) expect(text).toMatch(/^[^.\n]{5,40}\n[^.\n]+\.$/);
      const weight = (it: Element) => getComputedStyle(it, "::first-line").fontWeight;
      expect(await lines.first().evaluate(weight)).toBe("600");
    });

    test("phone read-back: is shown for a number typed before hydration", async ({
      page,
      patientSignIn,
    }) => {
      let releaseConfig = () => {};
      const released = new Promise<void>((resolve) => (releaseConfig = resolve));
      await page.route("**/config.json", async (route) => {
        await released;
        await route.continue();
      });
      await page.goto("/", { waitUntil: "commit" });
      await patientSignIn.phone.fill("٠٥١٢٣٤٥٦٧٨");
      releaseConfig();
      await patientSignIn.ready();
      await expect(page.getByText(messages.readAs)).toContainText("+966 51 234 5678");
    });

    test("Patient ID field: a National ID typed there moves to its own field with one tap", async ({
      page,
      patientSignIn,
      sandbox,
    }) => {
      await patientSignIn.open("/");
      await patientSignIn.fill({ phone: ABDULLAH.phone, patientId: ABDULLAH.nationalId });
      const switchButton = patientSignIn.button(messages.switchToNationalId);
      await patientSignIn.patientId.blur();
      await expect(switchButton).toBeVisible();
      const box = await switchButton.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      await switchButton.click();
      await expect(patientSignIn.byNationalId).toBeChecked();
      await expect(patientSignIn.nationalId).toHaveValue(ABDULLAH.nationalId);
      await expect(patientSignIn.nationalId).toBeFocused();
      await expect(switchButton).toBeHidden();
      await page.keyboard.press("Enter");
      await patientSignIn.heading(messages.profile).waitFor();
      const login = (await sandbox.wire()).find(({ call }) => call === "login");
      expect(JSON.stringify(login)).toContain(ABDULLAH.nationalId);
    });

    test("patient wait: a 429 shows and announces a countdown, then submit works", async ({
      page,
      patientSignIn,
      sandbox,
    }) => {
      await stopClock(page);
      await patientSignIn.open("/");
      await sandbox.faults(tooManyRequests("login", "90"));
      await patientSignIn.signIn(ABDULLAH);
      await expect(patientSignIn.errorSummary).toBeVisible();
      const countdown = page.getByText(messages.tryAgainIn).first();
      const status = page.locator("form [role=status]").last();
      await expect(countdown).toHaveText(/ 1:30 (min|دقيقة)$/);
      await expect(patientSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
      await expect(status).toHaveText(messages.tryAgainAfter2Minutes);

      await page.clock.runFor(35_000);
      await expect(countdown).toHaveText(/ 0:55 (min|دقيقة)$/);
      await expect(status).toHaveText(messages.tryAgainAfter60Seconds);

      // Nothing is sent meanwhile, by mouse or keyboard.
      const before = (await sandbox.wire()).length;
      await patientSignIn.submitButton.click({ force: true });
      await patientSignIn.phone.press("Enter");
      expect((await sandbox.wire()).length).toBe(before);

      // After sleep the device shows the remaining time.
      await page.clock.fastForward(60_000);
      await expect(countdown).toBeHidden();
      await expect(status).toHaveText(messages.tryAgainNow);
      await expect(patientSignIn.errorSummary).toBeHidden();
      await expect(patientSignIn.phone).toHaveValue(ABDULLAH.phone);
      await patientSignIn.submitButton.click();
      await patientSignIn.heading(messages.profile).waitFor();
    });

    test("staff wait: a Retry-After date is shown as hours, minutes and seconds", async ({ page, staffSignIn, sandbox }) => {
      await stopClock(page);
      await staffSignIn.open("/staff");
      await sandbox.faults(tooManyRequests("session", dateIn(120)));
      await staffSignIn.signIn(KAVYA);
      await expect(page.getByText(messages.tryAgainIn).first()).toHaveText(/ (2:00:00|1:59:5\d) (h|ساعة)$/);
    });

    test("staff wait: a Retry-After date starts a countdown, then submit works", async ({
      page,
      staffSignIn,
      sandbox,
    }) => {
      await stopClock(page);
      await staffSignIn.open("/staff");
      await sandbox.faults(tooManyRequests("session", dateIn(10)));
      await staffSignIn.signIn(KAVYA);
      await expect(staffSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
      await page.clock.fastForward(9 * 60_000);
      await expect(page.getByText(messages.tryAgainIn).first()).toHaveText(/ (1:00|0:5\d) (min|دقيقة)$/);
      await expect(staffSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
      await page.clock.fastForward(60_000);
      await expect(staffSignIn.submitButton).not.toHaveAttribute("aria-disabled");
      // The error is removed, and what was typed is there.
      await expect(staffSignIn.errorSummary).toBeHidden();
      await staffSignIn.submitButton.click();
      await staffSignIn.heading(messages.roles).waitFor();
    });

    for (const message of [
      "Account locked due to multiple invalid login attempts.",
      "Disabled Account",
    ]) {
      const locked = (headers: Record<string, string>): PlannedFault[] => [
        {
          call: "session",
          times: 1,
          fault: { kind: "status", status: 401, body: JSON.stringify({ message }), headers },
        },
      ];

      test(`locked account: a Retry-After starts a countdown, then submit works: ${message}`, async ({
        page,
        staffSignIn,
        sandbox,
      }) => {
        await stopClock(page);
        await staffSignIn.open("/staff");
        await sandbox.faults(locked({ "Retry-After": "420" }));
        await staffSignIn.signIn(KAVYA);
        await expect(staffSignIn.errorSummary).toBeVisible();
        await runDueTimers(page);
        await staffSignIn.showsErrors(messages.lockedFor7Minutes, messages.staffSignIn);
        await expect(page.getByText(messages.tryAgainIn).first()).toHaveText(/ 7:00 (min|دقيقة)$/);
        await expect(staffSignIn.submitButton).toHaveAttribute("aria-disabled", "true");
        await page.clock.fastForward(421_000);
        await expect(staffSignIn.submitButton).not.toHaveAttribute("aria-disabled");
        await staffSignIn.signIn(KAVYA);
        await staffSignIn.heading(messages.roles).waitFor();
      });

      test(`locked account: submit stays enabled without a Retry-After: ${message}`, async ({
        page,
        staffSignIn,
        sandbox,
      }) => {
        await staffSignIn.open("/staff");
        await sandbox.faults(locked({}));
        await staffSignIn.signIn(KAVYA);
        await staffSignIn.showsErrors(messages.locked, messages.staffSignIn);
        await expect(page.getByText(messages.tryAgainIn).first()).toBeHidden();
        await expect(staffSignIn.submitButton).not.toHaveAttribute("aria-disabled");
      });
    }

    test("offline notice: is shown without a network and removed when it is back", async ({
      page,
      context,
      patientSignIn,
    }) => {
      await patientSignIn.open("/");
      await patientSignIn.fill({ phone: ABDULLAH.phone, nationalId: ABDULLAH.nationalId });
      await context.setOffline(true);
      await expect(page.getByText(messages.offlineNotice)).toBeVisible();
      await patientSignIn.submitButton.click();
      await expect(patientSignIn.errorSummary).toBeVisible();
      await context.setOffline(false);
      await expect(page.getByText(messages.offlineNotice)).toBeHidden();
      await expect(patientSignIn.errorSummary).toBeHidden();
      await expect(page.getByText(messages.onlineAgain)).toBeAttached();
      await patientSignIn.submitButton.click();
      await patientSignIn.heading(messages.profile).waitFor();
    });
  });
}

test.describe("in Arabic with digits: arab", () => {
  test.use({ language: "ar" });

  test("patient wait: countdown and message have the configured digits, what is typed keeps its own", async ({
    page,
    patientSignIn,
    sandbox,
    messages,
  }) => {
    sandbox.config({ digits: "arab" });
    await stopClock(page);
    await patientSignIn.open("/");
    await sandbox.faults(tooManyRequests("login", "300"));
    await patientSignIn.signIn(ABDULLAH);
    await expect(patientSignIn.errorSummary).toContainText(" ٥ دقائق.");
    await expect(page.getByText(messages.tryAgainIn).first()).toHaveText(/ ٥:٠٠ (min|دقيقة)$/);
    await expect(page.locator("form [role=status]").last()).toHaveText(`${messages.tryAgainIn} ٥ دقائق`);
    await expect(patientSignIn.phone).toHaveAccessibleDescription(/050\s123\s4567/);
    await expect(patientSignIn.phone).toHaveValue(ABDULLAH.phone);
  });
});
