// The language that a person meets, through the servers of deploy/: `?lang=` of the address, else the stored
// choice, else the browser's list, else the audience's language. Each page is in it from the first paint on.

import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { MESSAGES, type Language } from "../support/messages.ts";
import { StaffSignIn } from "../support/pages/staff_sign_in.ts";
import { KAVYA } from "../support/people.ts";
import { copyOfBuild } from "../support/releases.ts";
import { Sandbox } from "../support/sandbox.ts";
import { holdProgram, sends, shown, type Visitor } from "../support/shown.ts";
import { configFolder, DIST, PROGRAMS, WebServer, type WebServerKind } from "../support/web_server.ts";

const CONFIG = '{"patient":{"language":"ar"},"staff":{"language":"en"}}';

const HEADINGS = { patient: "patientSignIn", staff: "staffSignIn", none: "pageNotFound" } as const;

interface Case {
  at: string;
  visitor: Visitor;
  /** The page that is met. */
  meets: [Language, keyof typeof HEADINGS];
  /** The address in the end; by default `at`. */
  ends?: string;
  /** The language that is stored in the end; by default the visitor's. */
  keeps?: string;
}

const [FRENCH, ENGLISH, ARABIC] = ["fr-FR", "en-US", "ar-SA"] as const;
const visits = (...languages: string[]): Visitor => ({ languages });
const chose = (language: string, ...languages: string[]): Visitor => ({ stored: { language }, languages });

const CASES: Case[] = [
  // The audience's language, of the page that the address has.
  { at: "/", visitor: visits(FRENCH), meets: ["ar", "patient"] },
  { at: "/staff", visitor: visits(FRENCH), meets: ["en", "staff"] },
  { at: "/profile", visitor: visits(FRENCH), meets: ["ar", "patient"], ends: "/?next=/profile" },
  { at: "/roles", visitor: visits(FRENCH), meets: ["en", "staff"], ends: "/staff?next=/roles" },
  // The browser's list has priority, also what it does not send of it.
  { at: "/", visitor: visits(ENGLISH), meets: ["en", "patient"] },
  { at: "/staff", visitor: visits(ARABIC), meets: ["ar", "staff"] },
  { at: "/", visitor: visits(FRENCH, "en-GB", "ar"), meets: ["en", "patient"] },
  { at: "/staff?next=/profile", visitor: visits(FRENCH, "ar"), meets: ["ar", "staff"] },
  // The stored choice has priority over both.
  { at: "/", visitor: chose("en", FRENCH), meets: ["en", "patient"] },
  { at: "/", visitor: chose("en", ARABIC), meets: ["en", "patient"] },
  { at: "/staff", visitor: chose("ar", ENGLISH), meets: ["ar", "staff"] },
  { at: "/roles", visitor: chose("ar", ENGLISH), meets: ["ar", "staff"], ends: "/staff?next=/roles" },
  { at: "/staff?next=/profile#main", visitor: chose("ar", ENGLISH), meets: ["ar", "staff"] },
  { at: "/", visitor: chose("fr", FRENCH), meets: ["ar", "patient"] },
  { at: "/", visitor: chose("'\"]", ENGLISH), meets: ["en", "patient"] },
  // The address has priority over all, and is kept as the choice where it is another.
  { at: "/?lang=ar", visitor: visits(ENGLISH), meets: ["ar", "patient"], ends: "/", keeps: "ar" },
  { at: "/?lang=ar", visitor: visits(ARABIC), meets: ["ar", "patient"], ends: "/" },
  { at: "/?lang=ar", visitor: visits(FRENCH), meets: ["ar", "patient"], ends: "/" },
  { at: "/?lang=en", visitor: chose("ar", ARABIC), meets: ["en", "patient"], ends: "/", keeps: "en" },
  { at: "/staff/?lang=ar", visitor: chose("en", ENGLISH), meets: ["ar", "staff"], ends: "/staff/", keeps: "ar" },
  { at: "/staff?lang=ar&next=/profile#main", visitor: visits(ENGLISH), meets: ["ar", "staff"], ends: "/staff?next=/profile#main", keeps: "ar" },
  { at: "/?next=/addresses&lang=en", visitor: visits(FRENCH), meets: ["en", "patient"], ends: "/?next=/addresses", keeps: "en" },
  { at: "/roles?lang=ar", visitor: chose("en", ENGLISH), meets: ["ar", "staff"], ends: "/staff?next=/roles", keeps: "ar" },
  { at: "/nowhere?lang=ar&x=1", visitor: visits(ENGLISH), meets: ["ar", "none"], ends: "/nowhere?x=1", keeps: "ar" },
  // Not exactly the code of a language that is offered.
  { at: "/?lang=fr", visitor: visits(FRENCH), meets: ["ar", "patient"], ends: "/" },
  { at: "/?lang=fr", visitor: chose("en", ARABIC), meets: ["en", "patient"], ends: "/" },
  { at: "/staff?lang=AR&next=/profile", visitor: chose("ar", ENGLISH), meets: ["ar", "staff"], ends: "/staff?next=/profile" },
  { at: "/?lang=ar-SA", visitor: visits(ENGLISH), meets: ["en", "patient"], ends: "/" },
  { at: "/?lang=../x", visitor: visits(ARABIC), meets: ["ar", "patient"], ends: "/" },
  { at: "/?lang=x", visitor: visits(ENGLISH), meets: ["en", "patient"], ends: "/" },
  { at: "/?lang=", visitor: visits(ENGLISH), meets: ["en", "patient"], ends: "/" },
  { at: "/?lang=fr&lang=ar", visitor: visits(ENGLISH), meets: ["en", "patient"], ends: "/" },
  { at: "/nowhere?lang=fr", visitor: chose("ar", ENGLISH), meets: ["ar", "none"], ends: "/nowhere" },
];

const isReady = (page: Page) => page.locator("html[data-app-ready]").waitFor({ state: "attached" });
const storedLanguage = (page: Page) => page.evaluate(() => localStorage.language as string | undefined);
const title = ({ at, visitor: { stored, languages } }: Case) =>
  `${at} with ${stored ? `the choice ${stored.language} and ` : ""}a browser in ${languages.join(", ")}`;

for (const kind of ["nginx", "caddy"] as WebServerKind[]) {
  test.describe(kind, () => {
    test.skip(!PROGRAMS[kind], `there is no ${kind} here`);
    test.describe.configure({ mode: "default" });

    let sandbox: Sandbox;
    let server: WebServer;
    let config: string;
    let context: BrowserContext | undefined;

    test.beforeAll(async () => {
      sandbox = await Sandbox.start({ direct: true });
      config = configFolder(CONFIG);
      server = await WebServer.start(kind, { services: sandbox.url, config, languages: { patient: "ar", staff: "en" } });
    });
    test.afterEach(() => context?.close());
    test.afterAll(async () => {
      await server?.stop();
      await sandbox?.stop();
      if (config) rmSync(config, { recursive: true, force: true });
    });

    for (const one of CASES) {
      const { at, visitor, meets: [language, audience], ends = at, keeps = visitor.stored?.language } = one;
      test(`language: ${title(one)}: ${language}, from the first paint`, async ({ browser }) => {
        context = await browser.newContext({ ...sends(visitor), baseURL: server.url });
        const seen = await shown(context, visitor);
        const page = await context.newPage();
        const met = `${language} ${MESSAGES[language][HEADINGS[audience]]}`;
        // Without a prerendered page nothing is shown until the program runs.
        if (audience !== "none") {
          await holdProgram(page);
          await page.goto(at, { waitUntil: "commit" });
          await expect.poll(() => seen).toEqual([met]);
          await page.unroute("**/*.wasm");
          // As it was before this visit.
          seen.length = 0;
        }
        await page.goto("about:blank");
        await page.goto(at, { waitUntil: "commit" });
        await isReady(page);
        await expect.poll(() => seen).toEqual([met]);
        expect(page.url().replace(server.url, "")).toBe(ends);
        expect(await storedLanguage(page)).toBe(keeps);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        expect(seen, "nothing changes after it").toEqual([met]);
      });
    }

    test("language: stays over links, Back, Forward and reload, and with the audience that signed in last", async ({ browser }) => {
      const visitor = visits(ENGLISH);
      context = await browser.newContext({ ...sends(visitor), baseURL: server.url });
      const seen = await shown(context, visitor);
      const page = await context.newPage();
      const staff = new StaffSignIn(page, MESSAGES.ar);
      await page.goto("/?lang=ar");
      await isReady(page);
      await page.getByRole("link", { name: MESSAGES.ar.toStaff }).click();
      await staff.shows(MESSAGES.ar.staffSignIn);
      await staff.signIn(KAVYA);
      await staff.heading(MESSAGES.ar.roles).waitFor();
      await staff.link(MESSAGES.ar.profile).click();
      await staff.heading(MESSAGES.ar.profile).waitFor();
      // The server takes this for a patient's page, and cannot know the stored language.
      await page.reload();
      await isReady(page);
      await staff.shows(MESSAGES.ar.staffSignIn);
      await expect(page).toHaveURL("/staff?next=/profile");
      await page.goBack();
      await expect(page).toHaveURL(/^[^?]*(\?next=\/\w+)?$/);
      await page.goForward();
      await staff.shows(MESSAGES.ar.staffSignIn);
      await page.goto("about:blank");
      await page.goBack();
      await isReady(page);
      await staff.shows(MESSAGES.ar.staffSignIn);
      await expect(page).toHaveURL("/staff?next=/profile");
      expect(seen.filter((what) => !what.startsWith("ar "))).toEqual([]);
      expect(seen.length).toBeGreaterThan(3);
    });

    test("language: one that is chosen on the page is met again", async ({ browser }) => {
      const visitor = visits(ENGLISH);
      context = await browser.newContext({ ...sends(visitor), baseURL: server.url });
      const seen = await shown(context, visitor);
      const page = await context.newPage();
      await page.goto("/staff");
      await isReady(page);
      await page.getByRole("button", { name: MESSAGES.en.otherLanguage, exact: true }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "ar");
      seen.length = 0;
      await page.reload();
      await isReady(page);
      expect(seen).toEqual([`ar ${MESSAGES.ar.staffSignIn}`]);
      await expect(page).toHaveURL("/staff");
    });

    test("language: a browser without storage and without navigator.languages gets the server's", async ({ browser }) => {
      context = await browser.newContext({ locale: ENGLISH, baseURL: server.url });
      const page = await context.newPage();
      await page.addInitScript(() => {
        Object.defineProperty(window, "localStorage", { get: () => { throw new Error("disabled"); } });
        Object.defineProperty(navigator, "languages", { value: undefined });
      });
      await holdProgram(page);
      const errors: Error[] = [];
      page.on("pageerror", (error) => errors.push(error));
      await page.goto("/?lang=ar", { waitUntil: "commit" });
      await expect(page.getByRole("heading", { level: 1, name: MESSAGES.ar.patientSignIn })).toBeVisible();
      await page.goto("/", { waitUntil: "commit" });
      await expect(page.getByRole("heading", { level: 1, name: MESSAGES.en.patientSignIn })).toBeVisible();
      expect(errors).toEqual([]);
    });

    test("inline script: sets the stored theme before the program runs, and is refused by the browser when it is another", async ({ browser }) => {
      const changed = copyOfBuild();
      let other: WebServer | undefined;
      try {
        for (const end of ["br", "gz"]) rmSync(join(changed, `staff.html.${end}`), { force: true });
        const html = readFileSync(join(changed, "staff.html"), "utf8");
        writeFileSync(join(changed, "staff.html"), html.replace("<script>", "<script>/**/"));
        other = await WebServer.start(kind, { services: sandbox.url, config, dist: changed });
        const visitor = { stored: { theme: "dark" }, languages: [ENGLISH] };
        context = await browser.newContext({ ...sends(visitor), baseURL: other.url });
        await shown(context, visitor);
        const page = await context.newPage();
        const messages: string[] = [];
        page.on("console", (message) => messages.push(message.text()));
        await holdProgram(page);
        const themeAt = async (path: string) => {
          await page.goto(path, { waitUntil: "commit" });
          await page.getByRole("heading", { level: 1 }).first().waitFor();
          return page.evaluate(() => document.documentElement.dataset.theme);
        };
        expect(await themeAt("/")).toBe("dark");
        expect(messages).toEqual([]);
        expect(await themeAt("/staff")).toBeUndefined();
        expect(messages.join("\n")).toMatch(/inline script.*Content Security Policy|Content Security Policy.*inline script/);
      } finally {
        await other?.stop();
        rmSync(changed, { recursive: true, force: true });
      }
    });
  });
}

/** Serves files by their names only, such as `python -m http.server`. */
async function staticServer(folder: string): Promise<{ server: Server; url: string; pages: string[] }> {
  const types: Record<string, string> = { html: "text/html; charset=utf-8", js: "text/javascript", wasm: "application/wasm", css: "text/css" };
  const pages: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    if (file.endsWith(".html")) pages.push(request.url ?? "");
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[file.split(".").at(-1)!] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pages };
}

test.describe("a server without content negotiation", () => {
  const X_DEFAULT = '<link rel=alternate hreflang=x-default href="?lang=ar">';
  for (const [what, visitor, language, links] of [
    ["a stored choice", chose("ar", ENGLISH), "ar", ""],
    ["a browser in Arabic", visits(ARABIC), "ar", ""],
    ["a browser in English", visits(ENGLISH), "en", X_DEFAULT],
    ["neither, where the build has a language for patients", visits(FRENCH), "ar", X_DEFAULT],
    ["neither, where the build has none", visits(FRENCH), "en", ""],
  ] as [string, Visitor, Language, string][]) {
    test(`language: is the right one in the end for ${what}, after one reload at most`, async ({ browser }) => {
      const folder = copyOfBuild();
      const html = readFileSync(join(folder, "index.html"), "utf8");
      writeFileSync(join(folder, "index.html"), html.replace("<script>", `${links}<script>`));
      const { server, url, pages } = await staticServer(folder);
      const context = await browser.newContext({ ...sends(visitor), baseURL: url });
      try {
        const seen = await shown(context, visitor);
        const page = await context.newPage();
        await page.goto("/");
        await isReady(page);
        await expect(page.getByRole("heading", { level: 1, name: MESSAGES[language].patientSignIn })).toBeVisible();
        await expect(page).toHaveURL("/");
        expect(pages).toEqual(language === "en" ? ["/"] : ["/", `/?lang=${language}`]);
        expect(seen.at(-1)).toBe(`${language} ${MESSAGES[language].patientSignIn}`);
      } finally {
        await context.close();
        server.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});

// Chromium stops a page that loads itself again; other browsers show it and run its scripts until the next one
// arrives.
test("inline script: hides the page before it loads it again", async ({ page }) => {
  const html = readFileSync(join(DIST, "index.html"), "utf8");
  const script = /<script>([^<]*)</.exec(html)?.[1] ?? "";
  await page.setContent(`<html lang=en><head>${[...html.matchAll(/<link rel=alternate[^>]*>/g)].join("")}`);
  const calls = await page.evaluate((script) => {
    const calls: unknown[] = [];
    const { documentElement: html } = document;
    const location = { search: "?next=/profile&lang=fr", hash: "#main", reload: () => calls.push(["reload", html.hidden]) };
    const history = { state: "staff", replaceState: (...all: unknown[]) => calls.push(all) };
    const navigator = { languages: ["fr", "ar-SA"] };
    new Function("location", "history", "navigator", script)(location, history, navigator);
    return calls;
  }, script);
  expect(calls).toEqual([["staff", "", "?lang=ar&next=/profile#main"], ["reload", true]]);
});

test("boot script: does not start a page that is hidden", async ({ page }) => {
  const folder = copyOfBuild();
  writeFileSync(join(folder, "index.html"), readFileSync(join(folder, "index.html"), "utf8").replace("<html ", "<html hidden "));
  const { server, url } = await staticServer(folder);
  try {
    await page.goto(url);
    await page.waitForLoadState("networkidle");
    await expect(page.locator("html[data-app-ready], html[data-app-failed]")).toHaveCount(0);
    // The same server starts a page that is shown.
    await page.goto(`${url}/staff.html`);
    await isReady(page);
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
