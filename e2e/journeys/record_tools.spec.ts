// Copy and save a record, in both languages. Printing is in print.spec.ts, the check-in card in card.spec.ts, map
// links in maps.spec.ts.

import type { Page } from "@playwright/test";
import { alikeIn } from "../support/fixtures.ts";
import { stopClock } from "../support/clock.ts";
import { ABDULLAH, KAVYA, MARIA, SAMIR } from "../support/people.ts";
import type { Card, RecordPage } from "../support/pages/record_page.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";

/** The text in the browser's clipboard. */
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });

    test("patient file: contains exactly what the page shows", async ({
      page,
      patientSignIn,
      record,
      messages,
    }) => {
      await page.addInitScript(() => {
        const kept = new Set<string>();
        Object.assign(window, { kept });
        const { createObjectURL, revokeObjectURL } = URL;
        URL.createObjectURL = (blob) => {
          const url = createObjectURL(blob);
          kept.add(url);
          return url;
        };
        URL.revokeObjectURL = (url) => {
          kept.delete(url);
          revokeObjectURL(url);
        };
      });
      await page.clock.install();
      await patientSignIn.openAndSignIn(MARIA);
      await expectFileMatchesPage(record, "profile.json");
      // Masked values are masked in the file.
      const [, hidden] = await record.download();
      expect(hidden).not.toContain(MARIA.nationalId);
      expect(hidden).not.toContain(MARIA.phone);
      await record.revealAll();
      await expectFileMatchesPage(record, "profile.json");
      await record.goTo(messages.addresses);
      await expectFileMatchesPage(record, "addresses.json");
      // Object URLs are revoked, so that no later script can read them.
      const kept = () => page.evaluate(() => (window as unknown as { kept: Set<string> }).kept.size);
      expect(await kept()).toBeGreaterThan(0);
      await page.clock.fastForward(10_000);
      expect(await kept()).toBe(0);
    });

    test("staff file: contains exactly what the page shows", async ({
      page,
      record,
      sandbox,
      staffSignIn,
      messages,
    }) => {
      await page.clock.setFixedTime("2026-11-22T12:30:00+03:00");
      sandbox.config({ staff: { entrances: [{ client: "logistration", label: "Everybody" }] } });
      await staffSignIn.openAndSignIn(SAMIR);
      await expectFileMatchesPage(record, "roles.json");
      await record.goTo(messages.profile);
      await expectFileMatchesPage(record, "profile.json");
    });

    test.describe("with a clipboard", () => {
      test.use({ permissions: ["clipboard-read", "clipboard-write"] });

      test("copy button: copies the value whether masked or not", async ({
        page,
        patientSignIn,
        record,
        messages,
      }) => {
        await page.clock.install();
        await patientSignIn.openAndSignIn(ABDULLAH);
        for (const [label, text] of [
          [messages.patientId, ABDULLAH.patientId],
          [messages.nationalId, ABDULLAH.nationalId],
          [messages.mobileNumber, `+966 ${ABDULLAH.phone}`],
        ] as const) {
          await record.copyButton(label).click();
          await expect(record.toast).toHaveText(messages.copied);
          await expect.poll(() => clipboard(page)).toBe(text);
        }
        // Copied values stay masked on the page.
        const html = await page.getByRole("main").innerHTML();
        expect(html).not.toContain(ABDULLAH.nationalId);
        expect(html).not.toContain(ABDULLAH.phone);

        await record.goTo(messages.addresses);
        await record.copyButton(messages.phone).click();
        await expect.poll(() => clipboard(page)).toBe(ABDULLAH.phone);
        await record.copyButton(messages.address).click();
        await expect.poll(() => clipboard(page)).toBe(
          [
            "Abdullah Al-Harbi",
            "7421 Prince Turki Street",
            "Al Olaya, unit 3",
            "Riyadh 12214",
            "Riyadh Province",
            "Saudi Arabia",
          ].join("\n"),
        );
        await page.clock.fastForward(10_000);
        await expect(record.toast).toHaveText("");
      });

      test("toast: a second copy restarts its display time", async ({
        page,
        patientSignIn,
        record,
        messages,
      }) => {
        await stopClock(page);
        await patientSignIn.openAndSignIn(ABDULLAH);
        await record.copyButton(messages.patientId).click();
        await expect(record.toast).toHaveText(messages.copied);
        await page.clock.runFor(3_000);
        await record.copyButton(messages.nationalId).click();
        await expect.poll(() => clipboard(page)).toBe(ABDULLAH.nationalId);
        await page.clock.runFor(2_000);
        await expect(record.toast).toHaveText(messages.copied);
        await page.clock.runFor(2_500);
        await expect(record.toast).toHaveText("");
      });

      test("copy button: its mark stays as long as the toast of the last copy", async ({ page, patientSignIn, record, messages }) => {
        await stopClock(page);
        await patientSignIn.openAndSignIn(ABDULLAH);
        const icon = (label: string) => record.copyButton(label).locator("path").first().getAttribute("d");
        const [id, other] = [messages.patientId, messages.nationalId];
        const unmarked = await icon(id);
        for (let copy = 0; copy < 2; copy += 1) {
          await record.copyButton(id).click();
          await expect(record.toast).toHaveText(messages.copied);
          await expect.poll(() => icon(id)).not.toBe(unmarked);
          await page.clock.runFor(3_000);
        }
        // More than the first copy's time has passed, and less than the second's.
        expect(await icon(id)).not.toBe(unmarked);
        // One text is in the clipboard: the last.
        await record.copyButton(other).click();
        await expect.poll(() => icon(other)).not.toBe(unmarked);
        expect(await icon(id)).toBe(unmarked);
        await page.clock.runFor(4_500);
        await expect(record.toast).toHaveText("");
        expect(await icon(other)).toBe(unmarked);
      });
    });

    test("copy button: a refused clipboard is reported", async ({ page, patientSignIn, record, messages }) => {
      await page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
      });
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.copyButton(messages.nationalId).click();
      await expect(record.toast).toHaveText(messages.copyRefused);
      await expect(record.toast).toBeInViewport();
    });

    test("copy button: a missing clipboard is reported", async ({
      page,
      patientSignIn,
      record,
      messages,
    }) => {
      // As at an insecure origin.
      await page.addInitScript(() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
      });
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.copyButton(messages.nationalId).click();
      await expect(record.toast).toHaveText(messages.copyRefused);
    });

    test("roles page: says that there is no role, and shows the workplace", async ({
      page,
      record,
      sandbox,
      staffSignIn,
      messages,
    }) => {
      const { staff } = await sandbox.people();
      const kavya = staff.find(({ username }) => username === KAVYA.username);
      await sandbox.faults([
        {
          call: "session",
          times: 1,
          fault: {
            kind: "status",
            status: 200,
            headers: { Authorization: "Bearer made-up" },
            body: JSON.stringify({ ...(kavya?.answer as object), roles: [] }),
          },
        },
      ]);
      await staffSignIn.openAndSignIn(KAVYA);
      await expect(page.getByText(messages.noRoles, { exact: true })).toBeVisible();
      expect((await record.values()).join()).toContain("Medical Care");
    });

    test("record pages: buttons and links are at least 44 px", async ({
      page,
      patientSignIn,
      record,
      sandbox,
      messages,
    }) => {
      sandbox.config({ mapLink: "geo" });
      await page.setViewportSize({ width: 390, height: 844 });
      const main = page.getByRole("main");
      const expectLargeTargets = async () => {
        const all = await main.getByRole("button").or(main.getByRole("link")).all();
        expect(all.length).toBeGreaterThan(3);
        for (const one of all) {
          const box = await one.boundingBox();
          const what = (await one.textContent()) ?? "";
          expect.soft(Math.min(box?.width ?? 0, box?.height ?? 0), what).toBeGreaterThanOrEqual(44);
        }
      };
      await patientSignIn.openAndSignIn(ABDULLAH);
      await expectLargeTargets();
      await record.goTo(messages.addresses);
      await expectLargeTargets();
    });

    test("record pages: no layout shift while values are revealed and copied", async ({
      page,
      patientSignIn,
      record,
      messages,
    }) => {
      await patientSignIn.openAndSignIn(ABDULLAH);
      await page.evaluate(() => {
        const shifts: number[] = [];
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const shift = entry as unknown as { value: number; hadRecentInput: boolean };
            // Shifts after input are allowed.
            if (!shift.hadRecentInput) shifts.push(shift.value);
          }
        }).observe({ type: "layout-shift" });
      });
      await record.copyButton(messages.nationalId).click();
      await expect(record.toast).not.toHaveText("");
      await record.revealAll();
      // The absence of a shift needs a wait, until rendered frames are reported.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
      const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
      expect(shifts).toEqual([]);
    });
  });
}

/** Saves the page as a file, and expects a name without personal data and the same cards. */
async function expectFileMatchesPage(record: RecordPage, name: string): Promise<void> {
  const shown = await record.cards();
  const [file, text] = await record.download();
  expect(file).toBe(name);
  const cards = JSON.parse(text) as {
    title: string;
    rows: { label: string; value: string | string[] }[];
  }[];
  const saved = cards.map(({ title, rows, ...more }): Card => {
    expect(more).toEqual({});
    return [
      title,
      rows.map(({ label, value, ...more }) => {
        expect(more).toEqual({});
        return [label, [value].flat().join(" · ")];
      }),
    ];
  });
  expect(saved).toEqual(shown);
  expect(saved.length).toBeGreaterThan(0);
}

test("record pages: formatted numbers have Latin digits in Arabic too, identifiers keep theirs", async ({
  page,
  patientSignIn,
  record,
}) => {
  await page.clock.setFixedTime("2026-11-22T12:00:00+03:00");
  await patientSignIn.openAndSignIn(ABDULLAH);
  expect(await record.value("Age")).toBe("36 years");
  await record.languageButton.click();
  const arabic = record.in("ar");
  expect(await arabic.value("العمر")).toBe("36 سنة");
  expect(await arabic.value("تاريخ الميلاد")).toBe("15 يناير 1990");
  expect(await arabic.value("رقم الملف الطبي")).toBe("0012345");
});
