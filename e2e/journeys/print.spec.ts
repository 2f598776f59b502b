// Printed pages, read back from Chromium's PDF: the check-in card, page breaks, and what is not printed.

import type { Page } from "@playwright/test";
import { alikeIn } from "../support/fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";
import { type Ink, type Mark, Paper, type Word } from "../support/paper.ts";
import { ABDULLAH, AMAL, KAVYA, MARIA, NOURA, OMAR, SAMIR, SARA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { Sandbox } from "../support/sandbox.ts";
import { expectedCodes, scanPicture } from "../support/scanner.ts";

/** A bank card (ISO/IEC 7810, ID-1), in millimetres. */
const CARD = { width: 85.6, height: 53.98 };
/** A text of eight points, in pixels. */
const SMALLEST = (8 / 72) * 96;

const EVERYBODY = { entrances: [{ client: "logistration", label: "Everybody" }] };

/** Makes the next sign-in of a patient return ABDULLAH's record with another Patient ID. */
async function answerPatientId(sandbox: Sandbox, fileNo: string): Promise<void> {
  const { patients } = await sandbox.people();
  const answer = patients.find(({ nationalId }) => nationalId === ABDULLAH.nationalId)?.answer;
  const body = JSON.stringify({ ...(answer as object), fileNo });
  await sandbox.faults([{ call: "login", times: 1, fault: { kind: "status", status: 200, body } }]);
}

/** Makes the next staff sign-in return so many roles. Role 7 has the word K07 in its title, S07 in its details. */
async function answerRoles(sandbox: Sandbox, count: number): Promise<void> {
  const { staff } = await sandbox.people();
  const answer = staff.find(({ username }) => username === KAVYA.username)?.answer;
  const roles = Array.from({ length: count }, (_, index) => {
    const number = `${index}`.padStart(2, "0");
    const detail = `S${number}`;
    return {
      id: detail,
      name: Array.from({ length: 15 }, () => `K${number}`).join(" "),
      authority: detail,
      level: detail,
      createdBy: detail,
      updatedBy: detail,
      createdAt: detail,
      updatedAt: detail,
      active: false,
      deleted: true,
    };
  });
  const body = JSON.stringify({ ...(answer as object), roles });
  const headers = { Authorization: "Bearer made-up" };
  await sandbox.faults([{ call: "session", times: 1, fault: { kind: "status", status: 200, headers, body } }]);
}

interface Edges {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The edges of the check-in card by its cut marks, of which each corner has two, outside of the card. */
function cutMarks(ink: Ink): Edges {
  const edges = (marks: Mark[]) => {
    expect(marks.length, JSON.stringify(marks)).toBe(4);
    const [low, , , high] = marks.map(({ at }) => at).sort((a, b) => a - b) as [number, number, number, number];
    return [low, high] as const;
  };
  const [horizontal, vertical] = [ink.marks(false), ink.marks(true)];
  const [[top, bottom], [left, right]] = [edges(horizontal), edges(vertical)];
  for (const [marks, low, high] of [[horizontal, left, right], [vertical, top, bottom]] as const) {
    const before = marks.filter(({ end }) => end < low - 0.5);
    const after = marks.filter(({ start }) => start > high + 0.5);
    expect([before.length, after.length], JSON.stringify(marks)).toEqual([2, 2]);
  }
  return { left, right, top, bottom };
}

/** The QR code of so many modules a side: the first row with two finder patterns, of seven modules each. */
function qrCode(ink: Ink, card: Edges, side: number): { left: number; right: number; top: number; module: number } {
  for (let top = card.top; top < card.bottom; top += 0.1) {
    const runs = ink.runs(top, false).filter(([start, end]) => start > card.left && end < card.right);
    for (const [left, innerLeft] of runs) {
      for (const [innerRight, right] of runs) {
        const module = (right - left) / side;
        // As small as that is text.
        if (module < 0.15) continue;
        const isLong = (run: readonly [number, number] | undefined, modules: number) =>
          run !== undefined && Math.abs(run[1] - run[0] - modules * module) < module / 2;
        if (!isLong([left, innerLeft], 7) || !isLong([innerRight, right], 7)) continue;
        const down = ink.runs(left + module / 2, true).find(([start, end]) => start <= top && end > top);
        const middle = ink.runs(top + 3.5 * module, false).find(([start]) => Math.abs(start - left - 2 * module) < module / 2);
        if (isLong(down, 7) && isLong(middle, 3)) return { left, right, top, module };
      }
    }
  }
  throw new Error("no QR code on the card");
}

/** The words with this text, in order. */
const wordsOf = (words: Word[], text: string) => words.filter((word) => word.text === text);

/** The smallest type on the page, in pixels. */
const smallestType = (page: Page) =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.querySelector("#portal")!, NodeFilter.SHOW_TEXT);
    const sizes: number[] = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const element = text.parentElement!;
      const shown = element.checkVisibility() && !element.closest(".visually-hidden") && text.textContent?.trim();
      if (shown) sizes.push(parseFloat(getComputedStyle(element).fontSize));
    }
    return Math.min(...sizes);
  });

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("print: the check-in card has the size of a bank card, with cut marks outside", { tag: "@paper" }, async ({
      page,
      patientSignIn,
      sandbox,
    }, info) => {
      sandbox.config({ brand: { name: "Alnoor", nameAr: "Alnoor" } });
      await patientSignIn.openAndSignIn(ABDULLAH);
      for (const format of ["A4", "Letter"]) {
        const paper = await Paper.print(page, info, { format });
        const ink = await paper.ink();
        const card = cutMarks(ink);
        expect(Math.abs(card.right - card.left - CARD.width), format).toBeLessThan(1);
        expect(Math.abs(card.bottom - card.top - CARD.height), format).toBeLessThan(1);
        // The outline itself, through the middle of the card.
        for (const [low, high, vertical, middle] of [
          [card.left, card.right, false, (card.top + card.bottom) / 2],
          [card.top, card.bottom, true, (card.left + card.right) / 2],
        ] as const) {
          const near = (edge: number) =>
            ink.runs(middle, vertical).some(([start, end]) => start < edge + 0.5 && end > edge - 0.5);
          expect([near(low), near(high)], `${format}, outline`).toEqual([true, true]);
        }
        const { words, sheets } = await paper.read();
        expect(sheets).toBe(1);
        const inside = ({ left, right, top, bottom }: Word) =>
          left > card.left && right < card.right && top > card.top && bottom < card.bottom;
        const number = wordsOf(words, ABDULLAH.patientId).filter(inside)[0];
        expect(number && number.bottom - number.top).toBeGreaterThan(5);
        for (const text of ["Alnoor", "Saleh"]) expect(wordsOf(words, text).some(inside), text).toBe(true);
        // Nothing but the card is there: names of more than one script, the title, the label, the number.
        expect(words.filter(inside).length).toBeGreaterThanOrEqual(8);
      }
    });

    // Modules of the QR code's side and of the bar code, without their quiet zones.
    for (const [what, id, side, length] of [
      ["shortest", "7", 21, 46],
      ["usual", ABDULLAH.patientId, 21, 90],
      ["longest of digits", "31415926535897932384626433832795", 29, 211],
      ["longest", "Q-WERTY/UIOP.ASDFGHJKL_ZXCVBNM-W", 29, 387],
    ] as const) {
      test(`print: the codes of the ${what} Patient ID are scanned at 300 and 200 dpi`, alikeIn(language, "@paper", "@scanner"), async ({
        page,
        patientSignIn,
        sandbox,
      }, info) => {
        test.slow();
        await answerPatientId(sandbox, id);
        await patientSignIn.openAndSignIn(ABDULLAH);
        const paper = await Paper.print(page, info);
        for (const dpi of [300, 200]) {
          expect(await scanPicture(await paper.picture(dpi)), `${dpi} dpi`).toEqual(expectedCodes(id));
        }
        const ink = await paper.ink();
        const card = cutMarks(ink);
        const within = (low: number, high: number, across: number, vertical: boolean) =>
          ink.runs(across, vertical).filter(([start, end]) => end > low - 0.5 && start < high + 0.5);

        // The bars, between the outline's two sides: as wide as the length lets them be, with their quiet zones.
        const bars = within(card.left, card.right, card.bottom - 7, false);
        const [outline, first, last, end] = [bars[0]!, bars[1]!, bars.at(-2)!, bars.at(-1)!];
        const bar = (last[1] - first[0]) / length;
        expect(bar).toBeGreaterThanOrEqual(length > 300 ? 0.2 : 0.25);
        expect(first[0] - outline[1]).toBeGreaterThan(9.5 * bar);
        expect(end[0] - last[1]).toBeGreaterThan(9.5 * bar);

        const qr = qrCode(ink, card, side);
        expect(qr.module).toBeGreaterThanOrEqual(0.33);
        const beside = within(card.left, card.right, qr.top, false);
        const [before, after] = [beside.filter(([, end]) => end < qr.left), beside.filter(([start]) => start > qr.right)];
        expect(qr.left - Math.max(...before.map(([, end]) => end))).toBeGreaterThan(3.8 * qr.module);
        expect(Math.min(...after.map(([start]) => start)) - qr.right).toBeGreaterThan(3.8 * qr.module);
        const column = within(card.top, card.bottom, qr.left + qr.module / 2, true);
        const above = Math.max(...column.map(([, end]) => end).filter((end) => end < qr.top - qr.module));
        expect(qr.top - above).toBeGreaterThan(3.8 * qr.module);
      });
    }

    test("print: each page of each person fits one sheet without buttons", { tag: "@paper" }, async ({
      page,
      patientSignIn,
      record,
      sandbox,
      staffSignIn,
      messages,
    }, info) => {
      test.setTimeout(120_000);
      sandbox.config({ mapLink: "google", staff: EVERYBODY });
      const expectOneSheet = async (what: string) => {
        await page.emulateMedia({ media: "print" });
        await expect(page.getByRole("button")).toHaveCount(0);
        await expect(page.getByRole("link", { name: messages.map })).toHaveCount(0);
        await expect(page.getByRole("term").first()).toBeVisible();
        expect.soft(await smallestType(page), what).toBeGreaterThanOrEqual(SMALLEST);
        // Otherwise the screen would be printed.
        await page.emulateMedia({ media: null });
        for (const format of ["A4", "Letter"]) {
          const { sheets } = await (await Paper.print(page, info, { format })).read();
          expect.soft(sheets, `${what}, ${format}`).toBe(1);
        }
      };
      for (const person of [ABDULLAH, MARIA, SARA, NOURA, OMAR]) {
        await patientSignIn.openAndSignIn(person);
        await expectOneSheet(`${person.name}'s profile`);
        if (person === SARA) continue;
        await record.goTo(messages.addresses);
        await expectOneSheet(`${person.name}'s addresses`);
      }
      for (const person of [KAVYA, AMAL, SAMIR]) {
        await staffSignIn.openAndSignIn(person);
        await expectOneSheet(`${person.username}'s roles`);
        await record.goTo(messages.profile);
        await expectOneSheet(`${person.username}'s profile`);
      }
    });

    test("print: no card is divided between sheets, whatever their height", { tag: "@paper" }, async ({
      page,
      record,
      sandbox,
      staffSignIn,
    }, info) => {
      test.setTimeout(120_000);
      const count = 12;
      sandbox.config({ staff: EVERYBODY });
      await answerRoles(sandbox, count);
      await staffSignIn.openAndSignIn(KAVYA);
      for (const [kind, open] of [["K", false], ["S", true]] as const) {
        if (open) await record.openSupport();
        for (let height = 140; height <= 200; height += 12) {
          const { words, sheets } = await (await Paper.print(page, info, { width: "210mm", height: `${height}mm` })).read();
          expect(sheets).toBeGreaterThan(1);
          for (let index = 0; index < count; index += 1) {
            const text = `${kind}${`${index}`.padStart(2, "0")}`;
            const found = wordsOf(words, text);
            expect(found.length, text).toBeGreaterThanOrEqual(7);
            // A title of one line cannot be divided.
            expect(new Set(found.map(({ top }) => Math.round(top))).size, text).toBeGreaterThan(1);
            expect(new Set(found.map(({ sheet }) => sheet)).size, `${text}, ${height} mm`).toBe(1);
          }
        }
      }
    });

    test("print: a masked value stays masked, and a shown one is printed", alikeIn(language, "@paper"), async ({
      page,
      patientSignIn,
      record,
    }, info) => {
      const printed = async () => (await Paper.print(page, info)).text();
      await patientSignIn.openAndSignIn(ABDULLAH);
      const hidden = await printed();
      expect(hidden).toContain("••••••••72");
      expect(hidden).not.toContain(ABDULLAH.nationalId);
      expect(hidden).not.toContain(ABDULLAH.phone);
      await record.revealButtons.first().click();
      const shown = await printed();
      expect(shown).toContain(ABDULLAH.nationalId);
      expect(shown).not.toContain(ABDULLAH.phone);
    });

    test("print: the dark theme prints black on white and can be scanned", alikeIn(language, "@paper", "@scanner"), async ({
      page,
      patientSignIn,
      record,
      messages,
    }, info) => {
      await page.emulateMedia({ colorScheme: "dark" });
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.shows(messages.profile);
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const [ground, ink] = await page.getByRole("heading", { level: 2 }).first().evaluate((title) => {
        const card = title.closest("section")!;
        return [getComputedStyle(card).backgroundColor, getComputedStyle(title).color];
      });
      expect(ground).toBe("rgb(255, 255, 255)");
      expect(ink).toBe("rgb(16, 38, 42)");
      const paper = await Paper.print(page, info);
      expect(await scanPicture(await paper.picture(200))).toEqual(expectedCodes(ABDULLAH.patientId));
    });
  });
}

test("print: the head of a page says which hospital's it is and whose record", { tag: "@paper" }, async ({
  page,
  patientSignIn,
  record,
  messages,
}, info) => {
  await patientSignIn.openAndSignIn(MARIA);
  await record.goTo(messages.addresses);
  const { words } = await (await Paper.print(page, info)).read();
  const heading = wordsOf(words, messages.addresses)[0]!;
  const head = words.filter(({ bottom }) => bottom < heading.top).map(({ text }) => text);
  expect(head).toEqual(["Logistration", "Maria", "Reyes"]);
});

// In English only: poppler gives Arabic letters in the order of the picture.
test("print: no button and no link of the navigation is on paper", { tag: "@paper" }, async ({
  page,
  patientSignIn,
  messages,
}, info) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  const text = (await (await Paper.print(page, info)).text()).replace(/\s+/g, " ");
  expect(text).toContain(messages.profile);
  const { print, fullScreen, signOut, otherLanguage, toDark, support, download, addresses } = messages;
  for (const button of [print, fullScreen, signOut, otherLanguage, toDark, support, download, addresses]) {
    expect(text).not.toContain(button);
  }
});

test("print: a heading stands on the sheet of what it is about, whatever its height", { tag: "@paper" }, async ({
  page,
  sandbox,
  staffSignIn,
}, info) => {
  test.setTimeout(120_000);
  sandbox.config({ staff: EVERYBODY });
  await answerRoles(sandbox, 2);
  await staffSignIn.openAndSignIn(KAVYA);
  const places = new Set<number>();
  for (let height = 75; height <= 130; height += 3) {
    const { words } = await (await Paper.print(page, info, { width: "210mm", height: `${height}mm` })).read();
    const [heading, card] = [wordsOf(words, "Your")[0], wordsOf(words, "K00")[0]];
    expect(heading?.sheet, `${height} mm`).toBe(card?.sheet);
    places.add(heading!.sheet);
  }
  // The break was before it in some, and after it in others.
  expect(places.size).toBeGreaterThan(1);
});

test("print button: opens the print dialog", async ({ page, patientSignIn, record }) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute("data-printed", "");
  });
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.button("Print this page").click();
  await expect(page.locator("html[data-printed]")).toHaveCount(1);
});
