// Appearance under special settings: forced colours, reduced motion, a small phone. Nothing shifts or
// covers the focus. Checks that apply to every page and state are in every_page.spec.ts.

import type { Page } from "@playwright/test";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { stopClock } from "../support/clock.ts";
import { alikeIn } from "../support/fixtures.ts";
import { hiddenFocus, PHONE } from "../support/page_checks.ts";
import { ABDULLAH } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { scan } from "../support/scanner.ts";
import { LANGUAGES } from "../support/messages.ts";

/** Records the layout shifts of all pages that this page loads from now on; returns how to read those of the present one. */
async function layoutShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as unknown as {
          value: number;
          hadRecentInput: boolean;
          sources: { node?: Node }[];
        };
        if (shift.hadRecentInput) continue;
        const what = shift.sources.map(({ node }) => (node as Element | undefined)?.className ?? node?.nodeName);
        shifts.push(`${shift.value}: ${what.join()}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return async () => {
    // The absence of a shift needs a wait, longer than any transition of the portal.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 600))));
    return page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
  };
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    for (const colorScheme of ["light", "dark"] as const) {
      test.describe(`with forced colours, ${colorScheme}`, alikeIn(language), () => {
        test.use({ colorScheme, contextOptions: { forcedColors: "active" } });

        test("forced colours: the focus ring is visible on every focusable element", async ({ page, patientSignIn, staffSignIn }) => {
          for (const [open, path] of [
            [patientSignIn, "/"],
            [staffSignIn, "/staff"],
          ] as const) {
            await open.open(path);
            expect(await hiddenFocus(page)).toEqual([]);
          }
          // The ring's colour differs from its background.
          await patientSignIn.open("/");
          await patientSignIn.submitButton.focus();
          const [ring, ground] = await patientSignIn.submitButton.evaluate((it) => [
            getComputedStyle(it).outlineColor,
            getComputedStyle(it.closest(".sign-in")!).backgroundColor,
          ]);
          expect(ring).not.toBe(ground);
        });

        test("forced colours: a scanner reads the check-in card", { tag: "@scanner" }, async ({ page, patientSignIn, record }, info) => {
          await patientSignIn.openAndSignIn(ABDULLAH);
          const codes = [`CODE-128:${ABDULLAH.patientId}`, `QR-Code:${ABDULLAH.patientId}`];
          expect(await scan(page.getByRole("main"), info)).toEqual(codes);
          expect(await scan(await record.openFullScreen(), info)).toEqual(codes);
        });
      });
    }

    test("prefers-reduced-motion: no transition, animation or smooth scrolling", alikeIn(language), async ({ page, patientSignIn, record, messages }) => {
      const movingElements = () =>
        page.evaluate(() =>
          [...document.querySelectorAll("*")]
            .filter((element) => {
              const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
              const lasts = `${transitionDuration},${animationDuration}`.split(",");
              return lasts.some((time) => Number.parseFloat(time) > 0) || scrollBehavior === "smooth";
            })
            .map((element) => element.className),
        );
      await patientSignIn.open("/");
      expect(await movingElements()).not.toEqual([]);
      await page.emulateMedia({ reducedMotion: "reduce" });
      expect(await movingElements()).toEqual([]);
      await patientSignIn.signIn(ABDULLAH);
      await record.heading(messages.profile).waitFor();
      expect(await movingElements()).toEqual([]);
    });

    for (const [path, name] of [
      ["/", "patient"],
      ["/staff", "staff"],
    ] as const) {
      test(`${name} sign-in: the form fits a phone of 360 × 640 without scrolling`, async ({ page, patientSignIn }) => {
        for (const viewport of [PHONE, { width: 375, height: 667 }, { width: 360, height: 640 }]) {
          await page.setViewportSize(viewport);
          await patientSignIn.open(path);
          const all = await page.evaluate(() => document.documentElement.scrollHeight);
          expect.soft(all, JSON.stringify(viewport)).toBeLessThanOrEqual(viewport.height);
          await expect(patientSignIn.button(patientSignIn.messages.signIn)).toBeInViewport({ ratio: 1 });
        }
      });
    }

    test("choice: options have whole words, and the same height whichever is chosen", async ({ page, patientSignIn, staffSignIn, sandbox }) => {
      sandbox.config({
        staff: {
          entrances: [
            { client: "logistration", label: { en: "Clinical staff", ar: "الطاقم الصحي" } },
            { client: "spice web", label: { en: "Administrators", ar: "Administrators" } },
          ],
        },
      });
      const heights = () => page.locator(".choice__option").evaluateAll((all) => all.map((it) => it.getBoundingClientRect().height));
      for (const width of [320, 360, 390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await patientSignIn.open("/");
        const before = await heights();
        await patientSignIn.byPatientId.check();
        expect.soft(await heights(), `${width}`).toEqual(before);
        await staffSignIn.open("/staff");
        const word = page.locator(".choice__option span").last();
        const lines = (it: Element) => {
          const range = document.createRange();
          range.selectNodeContents(it);
          return range.getClientRects().length;
        };
        for (const option of await page.locator(".choice__option").all()) {
          await option.click();
          expect.soft(await word.evaluate(lines), `${width}`).toBe(1);
        }
      }
    });

    test("navigation: name and sign-out stand in the same place on a phone, for a short name and a long one", async ({ page, patientSignIn, record, sandbox, messages }) => {
      await page.setViewportSize(PHONE);
      const places: object[] = [];
      for (const name of ["Al", "Maximilian Johannes"]) {
        const body = JSON.stringify({ fileNo: "1", name: { firstName: name } });
        await sandbox.faults([{ call: "login", times: 1, fault: { kind: "status", status: 200, body } }]);
        await patientSignIn.openAndSignIn(ABDULLAH);
        await record.shows(messages.profile);
        const boxes = await Promise.all([record.navigation.getByRole("link").last(), record.signOutButton].map((it) => it.boundingBox()));
        expect(boxes[1]!.y).toBeGreaterThanOrEqual(boxes[0]!.y + boxes[0]!.height);
        places.push(boxes);
      }
      expect(places[1]).toEqual(places[0]);
    });

    test("navigation: name and sign-out stand on one line in a wide window, for a short name and a long one", async ({ page, patientSignIn, record, sandbox, messages }) => {
      for (const name of ["Al", "Maximilian Johannes"]) {
        const body = JSON.stringify({ fileNo: "1", name: { firstName: name } });
        await sandbox.faults([{ call: "login", times: 1, fault: { kind: "status", status: 200, body } }]);
        await patientSignIn.openAndSignIn(ABDULLAH);
        await record.shows(messages.profile);
        for (const width of [768, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          const boxes = await Promise.all([record.navigation.getByText(name), record.signOutButton].map((it) => it.boundingBox()));
          const [nameMiddle, buttonMiddle] = boxes.map((box) => box!.y + box!.height / 2);
          expect(Math.abs(nameMiddle! - buttonMiddle!), `${name}, ${width}`).toBeLessThan(2);
        }
      }
    });

    test("toast: does not cover the focused element", async ({
      page, patientSignIn, record, messages,
    }) => {
      await page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
      });
      await page.setViewportSize({ width: 390, height: 500 });
      // The toast stays for the whole test.
      await stopClock(page);
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.copyButton(messages.nationalId).click();
      await expect(record.toast).toHaveText(messages.copyRefused);
      expect(await hiddenFocus(page)).toEqual([]);
      await expect(record.toast).toHaveText(messages.copyRefused);
    });

    test("layout shift: none when a page arrives in two parts", async ({ page, patientSignIn, sandbox }) => {
      const server = createServer((request, response) => void (async () => {
        const whole = await fetch(sandbox.portal + request.url);
        const type = whole.headers.get("content-type") ?? "";
        let rest = Buffer.from(await whole.arrayBuffer());
        response.writeHead(whole.status, { "content-type": type });
        if (type.startsWith("text/html")) {
          const end = rest.indexOf("</button>");
          response.write(rest.subarray(0, end));
          rest = rest.subarray(end);
          // Long enough for a paint.
          await new Promise((next) => setTimeout(next, 500));
        }
        response.end(rest);
      })()).listen(0, "127.0.0.1");
      await once(server, "listening");
      try {
        const shifts = await layoutShifts(page);
        await patientSignIn.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        expect(await shifts()).toEqual([]);
      } finally {
        server.close();
        server.closeAllConnections();
      }
    });

    test("layout shift: none on first load and sign-in", async ({
      page, patientSignIn, record, sandbox, messages,
    }) => {
      const shifts = await layoutShifts(page);
      // The program loads after the prerendered page has been painted.
      await page.route("**/*.wasm", async (route) => {
        await page.evaluate(
          () =>
            new Promise((done) => {
              const drawn = new PerformanceObserver(() => requestAnimationFrame(() => requestAnimationFrame(done)));
              drawn.observe({ type: "paint", buffered: true });
            }),
        );
        await route.continue();
      });
      for (const path of ["/", "/staff", "/nowhere"]) {
        await patientSignIn.open(path);
        expect.soft(await shifts(), path).toEqual([]);
      }
      // With a footer, whose shift would be visible.
      sandbox.config({ brand: { helpPhone: "9200 00000" } });
      await patientSignIn.open("/");
      await sandbox.faults([{ call: "login", times: 1, fault: { kind: "delay", ms: 1_200 } }]);
      await patientSignIn.signIn(ABDULLAH);
      await record.heading(messages.profile).waitFor();
      expect.soft(await shifts(), "after a slow sign-in").toEqual([]);
      await record.goTo(messages.addresses);
      expect.soft(await shifts(), "on to the addresses").toEqual([]);
    });

    test("page skeleton: is shown only when rendering takes longer than 300 ms", alikeIn(language), async ({ page, patientSignIn, messages }) => {
      let releaseProgram = () => {};
      const released = new Promise<void>((resolve) => (releaseProgram = resolve));
      await page.route("**/*.wasm", async (route) => {
        await released;
        await route.continue();
      });
      await page.goto("/nowhere", { waitUntil: "commit" });
      await expect(page.locator("#portal:empty")).toBeAttached();
      // Set the animation's own time on both sides of the moment: a busy machine draws too few frames to
      // hit it.
      const shown = (at: number) =>
        page.locator("#portal").evaluate((portal, at) => {
          const animations = portal.getAnimations({ subtree: true });
          for (const animation of animations) {
            animation.pause();
            animation.currentTime = at;
          }
          return ["::before", "::after"].map((part) => {
            const { content, opacity } = getComputedStyle(portal, part);
            return animations.length > 0 && content !== "none" && Number(opacity);
          });
        }, at);
      expect(await shown(0)).toEqual([0, 0]);
      expect(await shown(299)).toEqual([0, 0]);
      expect(await shown(301)).toEqual([1, 1]);
      releaseProgram();
      await patientSignIn.heading(messages.pageNotFound).waitFor();
      await expect(page.locator("#portal:empty")).toHaveCount(0);
    });
  });
}
