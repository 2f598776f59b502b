// The prerendered sign-in pages: the form is there before the program, and hydration keeps the input.

import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { WINDOW } from "../support/fixtures.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES, MESSAGES } from "../support/messages.ts";

test.use(WINDOW);

/** Holds the program back; returns a function that releases it. */
async function holdProgram(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    for (const [path, heading] of [
      ["/", "patientSignIn"],
      ["/staff", "staffSignIn"],
      ["/profile", "patientSignIn"],
      ["/roles", "staffSignIn"],
    ] as const) {
      test(`prerendered page: ${path} contains its form in the requested language`, async ({ request }) => {
        const response = await request.get(path, {
          headers: { accept: "text/html", "accept-language": MESSAGES[language].locale },
        });
        const html = await response.text();
        expect(html).toMatch(new RegExp(`<html lang=${language} dir=(ltr|rtl) data-app-prerendered`));
        expect(html).toContain(MESSAGES[language][heading]);
        expect(html).toMatch(/<form method="?dialog"?/);
        expect(html).not.toMatch(/\son\w+=/);
        // One inline script, which the policy allows by its hash.
        const inline = [...html.matchAll(/<script(?![^>]*src=)[^>]*>([^<]*)</g)].map(([, script]) => script!);
        expect(inline).toHaveLength(1);
        const hash = createHash("sha256").update(inline[0]!).digest("base64");
        expect(response.headers()["content-security-policy"]).toContain(
          `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`,
        );
      });
    }

    for (const path of ["/", "/staff"]) {
      test(`prerendered page: ${path} has its form in one place, however much of the page has arrived`, async ({ page, request }) => {
        const headers = { accept: "text/html", "accept-language": MESSAGES[language].locale };
        // Without files, which are not found from an empty document.
        const html = (await (await request.get(path, { headers })).text()).replace(/<link[^>]*>|<script[^>]*src=[^>]*>/g, "");
        const tags = html.slice(html.indexOf("<header")).split(/(?=<)/);
        expect(tags.length).toBeGreaterThan(50);
        for (const width of [390, 768, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto("about:blank");
          const moved = await page.evaluate(([head, ...tags]) => {
            document.open();
            document.write(head!);
            const seen = new Map<Element, string>();
            const moved = new Set<string>();
            for (const tag of tags) {
              document.write(tag);
              for (const part of document.querySelectorAll(".header, .sign-in, .heading, .choice, .field")) {
                const { x, y, width } = part.getBoundingClientRect();
                const place = `${x}, ${y}, ${width}`;
                const before = seen.get(part) ?? place;
                if (before !== place) moved.add(`${part.className}: ${before} to ${place} at ${tag}`);
                seen.set(part, place);
              }
            }
            document.close();
            return [...moved, ...(seen.size < 5 ? [`only ${seen.size} parts`] : [])];
          }, [html.slice(0, html.indexOf("<header")), ...tags]);
          expect.soft(moved, `${width}`).toEqual([]);
        }
      });
    }

    test("prerendered page: input, focus and caret survive hydration", async ({ page, patientSignIn, sandbox }) => {
      const letThrough = await holdProgram(page);
      await page.goto("/");
      await patientSignIn.byPatientId.check();
      await patientSignIn.phone.fill(ABDULLAH.phone);
      await patientSignIn.phone.press("ArrowLeft");
      const field = await patientSignIn.phone.elementHandle();
      letThrough();
      await patientSignIn.ready();
      // The same element, with focus and caret, not a copy.
      expect(await field?.evaluate((input) => input === document.activeElement)).toBe(true);
      expect(await field?.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(
        ABDULLAH.phone.length - 1,
      );
      await expect(patientSignIn.byPatientId).toBeChecked();
      await patientSignIn.patientId.fill(ABDULLAH.patientId);
      await patientSignIn.submitButton.click();
      await patientSignIn.heading(MESSAGES[language].profile).waitFor();
      expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
    });
  });
}

test("prerendered page: empty status regions take no space", async ({ page, patientSignIn, staffSignIn }) => {
  for (const [open, path] of [
    [patientSignIn, "/"],
    [staffSignIn, "/staff"],
  ] as const) {
    await open.open(path);
    for (const status of await page.getByRole("status").all()) {
      const box = await status.boundingBox();
      expect(box?.height ?? 0).toBeLessThanOrEqual(1);
    }
  }
});

test("early submit: waits for hydration, is submitted once and never enters the URL", async ({
  page,
  patientSignIn,
  sandbox,
}) => {
  const letThrough = await holdProgram(page);
  await page.goto("/");
  await patientSignIn.phone.fill(ABDULLAH.phone);
  await patientSignIn.nationalId.fill(ABDULLAH.nationalId);
  await patientSignIn.submitButton.click();
  await patientSignIn.nationalId.press("Enter");
  await expect(page).toHaveURL("/");
  expect(await sandbox.wire()).toEqual([]);
  letThrough();
  await patientSignIn.heading("Profile").waitFor();
  expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
});

test("early click: the same button is pressed after hydration", async ({ page, patientSignIn, messages }) => {
  const letThrough = await holdProgram(page);
  await page.goto("/");
  await patientSignIn.languageButton.click();
  letThrough();
  await patientSignIn.in("ar").shows(MESSAGES.ar.patientSignIn);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect(patientSignIn.button(messages.otherLanguage)).toHaveCount(0);
});

test.describe("with a page that an extension changed", () => {
  // The first attempt to hydrate ends in an error, and the second renders the page again.
  test.use({ allowedConsole: [/RuntimeError: unreachable/] });

  test("hydration: a page changed by a translator is rendered again with its input kept, without another script (K3, S10)", async ({
    page,
    sandbox,
    staffSignIn,
  }) => {
    const letThrough = await holdProgram(page);
    await page.goto("/staff");
    await staffSignIn.username.fill(KAVYA.username);
    // Like a translator: every text in its own element, and some elements removed.
    await page.evaluate(() => {
      const portal = document.getElementById("portal");
      const texts = document.createTreeWalker(portal!, NodeFilter.SHOW_TEXT);
      const all: Text[] = [];
      while (texts.nextNode()) all.push(texts.currentNode as Text);
      for (const text of all) {
        const font = document.createElement("font");
        text.replaceWith(font);
        font.append(text);
      }
      for (const comment of document.querySelectorAll("header > *")) comment.remove();
    });
    // All scripts have arrived: what is started again is under the page's integrity (S10).
    const scripts: string[] = [];
    page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
    letThrough();
    await staffSignIn.ready();
    expect(scripts).toEqual([]);
    await expect(staffSignIn.username).toHaveValue(KAVYA.username);
    await staffSignIn.signIn(KAVYA);
    await staffSignIn.heading("Roles").waitFor();
    const sent = (await sandbox.wire()).map(({ call }) => call).filter((call) => call !== "validate");
    expect(sent).toEqual(["session"]);
  });
});

test("hydration: a config.json other than the build's is applied with the input kept", async ({
  page,
  patientSignIn,
  sandbox,
}) => {
  sandbox.config({ brand: { name: "Al Noor Hospital" } });
  const letThrough = await holdProgram(page);
  await page.goto("/");
  await patientSignIn.phone.fill("05");
  letThrough();
  await patientSignIn.ready();
  await expect(page).toHaveTitle("Patient sign in – Al Noor Hospital");
  await expect(page.getByRole("link", { name: "Al Noor Hospital" })).toBeVisible();
  await expect(patientSignIn.phone).toHaveValue("05");
  await expect(patientSignIn.phone).toBeFocused();
});

test("first load: program and configuration are each requested once", async ({ page, patientSignIn }) => {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  await patientSignIn.open("/");
  const names = paths.map((path) => path.replace(/-[0-9a-f]{16}/, "")).sort();
  expect(names).toEqual([
    "/",
    "/boot.js",
    "/config.json",
    "/icon.svg",
    "/logistration.wasm",
    "/program.css",
  ]);
});
