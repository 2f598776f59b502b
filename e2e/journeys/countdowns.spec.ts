// Countdowns: right after the browser held the page's timers back, and read out at a few moments only. The ids are
// those of the cases from the field (docs/security.md).

import { stopClock } from "../support/clock.ts";
import { listen } from "../support/live_regions.ts";
import { expect, test as base } from "../support/page_fixtures.ts";
import { OneTimeCodePage } from "../support/pages/one_time_code.ts";
import { KAVYA, LULWA } from "../support/people.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

interface Countdown {
  /** Shows the countdown, at `left`. */
  show(): Promise<void>;
  left: string;
  /** What is left 45 seconds later. */
  later: string;
  /** What a screen reader is told within 50 seconds after that it is shown. */
  spoken: string[];
}

const test = base.extend<{ countdowns: Record<"sign-out" | "refusal" | "code", Countdown> }>({
  countdowns: async ({ messages, page, sandbox, staffSignIn }, use) => {
    await use({
      "sign-out": {
        show: async () => {
          await stopClock(page);
          await staffSignIn.openAndSignIn(KAVYA);
          await page.clock.runFor(13 * MINUTE);
          await page.getByRole("dialog").waitFor();
        },
        left: "2:00",
        later: "1:15",
        spoken: [],
      },
      refusal: {
        show: async () => {
          await stopClock(page);
          await staffSignIn.open("/staff");
          const headers = { "Retry-After": "60" };
          await sandbox.faults([{ call: "session", times: 1, fault: { kind: "status", status: 429, headers } }]);
          await staffSignIn.signIn(KAVYA);
          await page.getByText(messages.tryAgainIn).first().waitFor();
        },
        left: "1:00",
        later: "0:15",
        spoken: ["You can try again in 40 seconds", "You can try again in 20 seconds"],
      },
      code: {
        show: async () => {
          sandbox.config({ patient: { oneTimeCode: true } });
          await stopClock(page);
          await new OneTimeCodePage(page, messages).openWith({ phone: LULWA.phone, patientId: LULWA.patientId });
        },
        left: "1:00",
        later: "0:15",
        spoken: ["You can ask for a new code in 40 seconds", "You can ask for a new code in 20 seconds"],
      },
    });
  },
});

for (const name of ["sign-out", "refusal", "code"] as const) {
  test(`countdown to ${name}: is right after its timers were held back (K5)`, async ({ countdowns, page }) => {
    const { show, left, later } = countdowns[name];
    await show();
    await expect(page.getByText(left).filter({ visible: true }).first()).toBeVisible();
    // Each timer that is due runs once, as in a background tab.
    await page.clock.fastForward(45 * SECOND);
    await expect(page.getByText(later).filter({ visible: true }).first()).toBeVisible();
  });

  test(`countdown to ${name}: is not read out each second (K6)`, async ({ countdowns, page }) => {
    const { show, spoken } = countdowns[name];
    await show();
    await page.clock.runFor(SECOND);
    const said = await listen(page);
    await page.clock.runFor(50 * SECOND);
    expect(await said()).toEqual(spoken);
  });
}
