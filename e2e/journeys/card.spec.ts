// The check-in card with the Patient ID, read by a scanner on the page and in full screen.

import { alikeIn } from "../support/fixtures.ts";
import { ABDULLAH, SARA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { expectedCodes, scan } from "../support/scanner.ts";
import { LANGUAGES } from "../support/messages.ts";

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ language, colorScheme });

      test("check-in card: a scanner reads both codes on the page and in full screen", { tag: "@scanner" }, async ({
        page,
        patientSignIn,
        record,
        messages,
      }, info) => {
        await patientSignIn.openAndSignIn(ABDULLAH);
        const main = page.getByRole("main");
        await expect(main.getByRole("img", { name: messages.qrCode, exact: true })).toBeVisible();
        await expect(main.getByRole("img", { name: messages.barCode, exact: true })).toBeVisible();
        expect(await scan(main, info)).toEqual(expectedCodes(ABDULLAH.patientId));

        const dialog = await record.openFullScreen();
        await expect(dialog).toBeVisible();
        expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, ...page.viewportSize() });
        expect(await scan(dialog, info)).toEqual(expectedCodes(ABDULLAH.patientId));
      });

      test("check-in card: a scanner reads both codes at a width of 320 px", { tag: "@scanner" }, async ({
        page,
        patientSignIn,
        record,
      }, info) => {
        await page.setViewportSize({ width: 320, height: 640 });
        await patientSignIn.openAndSignIn(ABDULLAH);
        expect(await scan(page.getByRole("main"), info)).toEqual(expectedCodes(ABDULLAH.patientId));
        const dialog = await record.openFullScreen();
        expect(await scan(dialog, info)).toEqual(expectedCodes(ABDULLAH.patientId));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      });
    });
  }

  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });

    test("check-in card: full screen keeps the focus, closes with Escape and returns the focus", async ({
      page,
      patientSignIn,
      record,
      messages,
    }) => {
      await patientSignIn.openAndSignIn(ABDULLAH);
      const dialog = await record.openFullScreen();
      const close = dialog.getByRole("button", { name: messages.close, exact: true });
      await expect(close).toBeFocused();
      await expect(dialog).toContainText(ABDULLAH.patientId);
      // Nothing behind the dialog takes the focus; the browser's own controls may.
      for (let step = 0; step < 4; step += 1) {
        await page.keyboard.press("Tab");
        const outside = await page.evaluate(
          () => document.activeElement !== document.body && !document.activeElement?.closest("dialog"),
        );
        expect(outside).toBe(false);
      }
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expect(record.button(messages.fullScreen)).toBeFocused();

      await record.openFullScreen();
      await close.click();
      await expect(dialog).toBeHidden();
      await expect(record.button(messages.fullScreen)).toBeFocused();
    });
  });
}

test("check-in card: full screen keeps the screen on while it is open, and again when the page returns", async ({ page, patientSignIn, record }) => {
  await page.addInitScript(() => {
    const locks: string[] = [];
    const request = (kind: string) => {
      locks.push(`${kind} on`);
      return Promise.resolve({ release: () => Promise.resolve(locks.push(`${kind} off`)) });
    };
    Object.defineProperty(navigator, "wakeLock", { value: { request } });
    Object.assign(window, { locks });
  });
  const locks = () => page.evaluate(() => (window as unknown as { locks: string[] }).locks);
  const returns = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await patientSignIn.openAndSignIn(ABDULLAH);
  await returns();
  expect(await locks()).toEqual([]);
  await record.openFullScreen();
  await expect.poll(locks).toEqual(["screen on"]);
  await returns();
  await expect.poll(locks).toEqual(["screen on", "screen on", "screen off"]);
  await page.keyboard.press("Escape");
  await expect.poll(locks).toEqual(["screen on", "screen on", "screen off", "screen off"]);
  await returns();
  await record.openFullScreen();
  await record.page.keyboard.press("Escape");
  await record.openFullScreen();
  // The session ends with the dialog open.
  await page.evaluate(() => document.querySelector<HTMLButtonElement>(".nav__sign-out")?.click());
  await patientSignIn.heading("Patient sign in").waitFor();
  await expect.poll(async () => (await locks()).filter((it) => it.endsWith("on")).length).toBe(4);
  await expect.poll(async () => (await locks()).filter((it) => it.endsWith("off")).length).toBe(4);
});

test("check-in card: full screen opens where a request to keep the screen on is refused", async ({ page, patientSignIn, record }) => {
  await page.addInitScript(() => {
    const outcome = { asked: 0, unhandled: 0 };
    const request = () => {
      outcome.asked += 1;
      return Promise.reject(new DOMException("", "NotAllowedError"));
    };
    addEventListener("unhandledrejection", () => (outcome.unhandled += 1));
    Object.defineProperty(navigator, "wakeLock", { value: { request } });
    Object.assign(window, { outcome });
  });
  const outcome = () => page.evaluate(() => (window as unknown as { outcome: object }).outcome);
  const returns = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await patientSignIn.openAndSignIn(ABDULLAH);
  await expect(await record.openFullScreen()).toContainText(ABDULLAH.patientId);
  await expect.poll(outcome).toEqual({ asked: 1, unhandled: 0 });
  // Asked again when the page returns, and no more once it is closed.
  await returns();
  await expect.poll(outcome).toEqual({ asked: 2, unhandled: 0 });
  // The dialog is hidden a moment before its event, by which the program knows.
  await page.evaluate(() => {
    const dialogClosed = new Promise((done) => document.querySelector("dialog[open]")!.addEventListener("close", () => setTimeout(done)));
    Object.assign(window, { dialogClosed });
  });
  await page.keyboard.press("Escape");
  await page.evaluate(() => (window as unknown as { dialogClosed: Promise<void> }).dialogClosed);
  await expect(page.getByRole("dialog")).toBeHidden();
  await returns();
  expect(await outcome()).toEqual({ asked: 2, unhandled: 0 });
});

test("check-in card: full screen opens in a browser that cannot keep the screen on", async ({ page, patientSignIn, record }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "wakeLock", { value: undefined }));
  await patientSignIn.openAndSignIn(ABDULLAH);
  await expect(await record.openFullScreen()).toContainText(ABDULLAH.patientId);
});

test("check-in card: has no code and no full-screen button when the Patient ID is too long for both codes", async ({
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  const patient = { fileNo: "9".repeat(300), nationalID: ABDULLAH.nationalId };
  await sandbox.faults([
    { call: "login", times: 1, fault: { kind: "status", status: 200, body: JSON.stringify(patient) } },
  ]);
  await patientSignIn.openAndSignIn(ABDULLAH);
  expect(await record.value("Patient ID")).toBe(patient.fileNo);
  await expect(page.getByRole("main").getByRole("img")).toHaveCount(0);
  await expect(record.button("Full screen")).toHaveCount(0);
});

test("check-in card: has only a QR code when the Patient ID is not ASCII", async ({
  page,
  patientSignIn,
  sandbox,
}, info) => {
  const patient = { fileNo: "م-١٢٣" };
  await sandbox.faults([
    { call: "login", times: 1, fault: { kind: "status", status: 200, body: JSON.stringify(patient) } },
  ]);
  await patientSignIn.openAndSignIn(ABDULLAH);
  expect(await scan(page.getByRole("main"), info)).toEqual(["QR-Code:م-١٢٣"]);
});

test("check-in card: a scanner reads letters and punctuation of a Patient ID unchanged", { tag: "@scanner" }, async ({
  page,
  patientSignIn,
}, info) => {
  await patientSignIn.openAndSignIn(SARA);
  expect(await scan(page.getByRole("main"), info)).toEqual(expectedCodes(SARA.patientId));
});
