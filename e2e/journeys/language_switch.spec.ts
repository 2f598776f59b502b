// The language is switched in place: a page is mirrored, and everything on it keeps its height and its place from the
// top. The browser's own measure cannot tell: it leaves out what follows a press, and counts what is mirrored.

import type { Page } from "@playwright/test";
import { ABDULLAH, KAVYA, MARIA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { RecordPage } from "../support/pages/record_page.ts";
import type { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import type { StaffSignIn } from "../support/pages/staff_sign_in.ts";

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The boxes of all elements that are in view, by their place in the document. */
const boxes = (page: Page) =>
  page.evaluate(() => {
    const found: Record<string, Box> = {};
    const walk = (element: Element, path: string) => {
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      if (width > 1 && height > 1 && bottom > 0 && top < innerHeight) found[path] = { left, top, right, bottom };
      [...element.children].forEach((child, at) => walk(child, `${path} ${child.localName}:${at}`));
    };
    walk(document.body, "body");
    return found;
  });

const HEIGHT = 800;
/** A square for which an element counts, in pixels. */
const SQUARE = 10;

/**
 * A layout shift as browsers compute it, but for the vertical: the part of the window that elements which moved
 * by 3 pixels or more stood on or stand on now, times the longest move by the window's longer side.
 */
function verticalShift(before: Record<string, Box>, after: Record<string, Box>, width: number): number {
  const touched = new Set<string>();
  let longest = 0;
  for (const [path, old] of Object.entries(before)) {
    const now = after[path];
    const move = now ? Math.abs(now.top - old.top) : 0;
    if (!now || move < 3) continue;
    longest = Math.max(longest, move);
    for (const { left, top, right, bottom } of [old, now]) {
      for (let y = Math.max(0, top); y < Math.min(HEIGHT, bottom); y += SQUARE) {
        for (let x = Math.max(0, left); x < Math.min(width, right); x += SQUARE) {
          touched.add(`${Math.floor(x / SQUARE)},${Math.floor(y / SQUARE)}`);
        }
      }
    }
  }
  return ((touched.size * SQUARE ** 2) / (width * HEIGHT)) * (longest / Math.max(width, HEIGHT));
}

interface Pages {
  patientSignIn: PatientSignIn;
  staffSignIn: StaffSignIn;
  record: RecordPage;
}

const PAGES: Record<string, (pages: Pages) => Promise<void>> = {
  "patient sign-in": ({ patientSignIn }) => patientSignIn.open("/"),
  "staff sign-in": ({ staffSignIn }) => staffSignIn.open("/staff"),
  "page not found": ({ patientSignIn }) => patientSignIn.open("/nowhere"),
  profile: async ({ patientSignIn, record }) => {
    await patientSignIn.openAndSignIn(ABDULLAH);
    await record.shows("Profile");
  },
  addresses: async ({ patientSignIn, record }) => {
    await patientSignIn.openAndSignIn(MARIA);
    await record.shows("Profile");
    await record.goTo("Addresses");
    await record.shows("Addresses");
  },
  "staff profile": async ({ staffSignIn, record }) => {
    await staffSignIn.openAndSignIn(KAVYA);
    await record.shows("Roles");
    await record.goTo("Profile");
    await record.shows("Profile");
  },
  roles: async ({ staffSignIn, record }) => {
    await staffSignIn.openAndSignIn(KAVYA);
    await record.shows("Roles");
  },
};

for (const [name, open] of Object.entries(PAGES)) {
  test(`language switch: all that is on the ${name} keeps its height and place`, async ({ page, patientSignIn, staffSignIn, record }) => {
    await open({ patientSignIn, staffSignIn, record });
    // On a narrower phone the name itself has more lines in one script.
    for (const width of [390, 768, 1280]) {
      await page.setViewportSize({ width, height: HEIGHT });
      const before = await boxes(page);
      expect(Object.keys(before).length).toBeGreaterThan(15);
      await patientSignIn.languageButton.click();
      await expect(page.locator("html")).toHaveAttribute("lang", "ar");
      const shift = verticalShift(before, await boxes(page), width);
      expect.soft(shift, `${width} px`).toBeLessThanOrEqual(0.02);
      await patientSignIn.in("ar").languageButton.click();
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
    }
  });
}
