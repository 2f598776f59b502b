// The card with the file number, read at the desk: by a scanner, off the page and off the whole screen.

import { ABDULLAH, SARA } from "../support/people.ts";
import { expect, test } from "../support/portal.ts";
import { codes, scan } from "../support/scanner.ts";
import { LANGUAGES } from "../support/words.ts";

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ language, colorScheme });

      test("check-in card: a scanner reads both codes on the page and in full screen", { tag: "@scanner" }, async ({
        page,
        patientSignIn,
        record,
        words,
      }, info) => {
        await patientSignIn.enter(ABDULLAH);
        const main = page.getByRole("main");
        await expect(main.getByRole("img", { name: words.qrCode, exact: true })).toBeVisible();
        await expect(main.getByRole("img", { name: words.barCode, exact: true })).toBeVisible();
        expect(await scan(main, info)).toEqual(codes(ABDULLAH.patientId));

        const dialog = await record.fullScreen();
        await expect(dialog).toBeVisible();
        expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, ...page.viewportSize() });
        expect(await scan(dialog, info)).toEqual(codes(ABDULLAH.patientId));
      });

      test("check-in card: a scanner reads both codes at a width of 320 px", { tag: "@scanner" }, async ({
        page,
        patientSignIn,
        record,
      }, info) => {
        await page.setViewportSize({ width: 320, height: 640 });
        await patientSignIn.enter(ABDULLAH);
        expect(await scan(page.getByRole("main"), info)).toEqual(codes(ABDULLAH.patientId));
        const dialog = await record.fullScreen();
        expect(await scan(dialog, info)).toEqual(codes(ABDULLAH.patientId));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      });
    });
  }

  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("check-in card: full screen keeps the focus, closes with Escape and returns the focus", async ({
      page,
      patientSignIn,
      record,
      words,
    }) => {
      await patientSignIn.enter(ABDULLAH);
      const dialog = await record.fullScreen();
      const close = dialog.getByRole("button", { name: words.close, exact: true });
      await expect(close).toBeFocused();
      await expect(dialog).toContainText(ABDULLAH.patientId);
      // Nothing behind it can be come to. The browser's own bar is part of the round.
      for (let step = 0; step < 4; step += 1) {
        await page.keyboard.press("Tab");
        const outside = await page.evaluate(
          () => document.activeElement !== document.body && !document.activeElement?.closest("dialog"),
        );
        expect(outside).toBe(false);
      }
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expect(record.button(words.fullScreen)).toBeFocused();

      await record.fullScreen();
      await close.click();
      await expect(dialog).toBeHidden();
      await expect(record.button(words.fullScreen)).toBeFocused();
    });
  });
}

test("check-in card: has no code and no full-screen button when the Patient ID is too long for both codes", async ({
  page,
  patientSignIn,
  record,
  sandbox,
}) => {
  const answer = { fileNo: "9".repeat(300), nationalID: ABDULLAH.nationalId };
  await sandbox.faults([
    { call: "login", times: 1, fault: { kind: "status", status: 200, body: JSON.stringify(answer) } },
  ]);
  await patientSignIn.enter(ABDULLAH);
  expect(await record.value("Patient ID")).toBe(answer.fileNo);
  await expect(page.getByRole("main").getByRole("img")).toHaveCount(0);
  await expect(record.button("Full screen")).toHaveCount(0);
});

test("check-in card: has only a QR code when the Patient ID is not ASCII", async ({
  page,
  patientSignIn,
  sandbox,
}, info) => {
  const answer = { fileNo: "م-١٢٣" };
  await sandbox.faults([
    { call: "login", times: 1, fault: { kind: "status", status: 200, body: JSON.stringify(answer) } },
  ]);
  await patientSignIn.enter(ABDULLAH);
  expect(await scan(page.getByRole("main"), info)).toEqual(["QR-Code:م-١٢٣"]);
});

test("check-in card: a scanner reads letters and punctuation of a Patient ID unchanged", { tag: "@scanner" }, async ({
  page,
  patientSignIn,
}, info) => {
  await patientSignIn.enter(SARA);
  expect(await scan(page.getByRole("main"), info)).toEqual(codes(SARA.patientId));
});
