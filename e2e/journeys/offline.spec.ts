// `offlineStart`: the files that a device caches, and no others; a start without a network; and the ways to
// remove the cache. A new release replaces the cache in browsers/firefox.gecko.ts: a test runner that debugs Chromium's
// workers may keep one from starting.

import type { Page } from "@playwright/test";
import { cpSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DIRECT } from "../support/fixtures.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test as base } from "../support/page_fixtures.ts";
import { Relay } from "../support/relay.ts";
import { copyOfBuild, isHashed } from "../support/releases.ts";
import { Sandbox } from "../support/sandbox.ts";
import { LANGUAGES, MESSAGES } from "../support/messages.ts";

const OFFLINE_START = { offlineStart: true };
const HEADING = { en: "The portal cannot be reached", ar: "تعذّر الوصول إلى البوابة" };

/** Workers, caches and cached files of a page's origin. */
const cachedFiles = (page: Page) =>
  page.evaluate(async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
    files: (
      await Promise.all(
        (await caches.keys()).map(async (name) => {
          const cache = await caches.open(name);
          return Promise.all(
            (await cache.keys()).map(async (request) => ({
              path: new URL(request.url).pathname,
              text: await (await cache.match(request))!.text(),
            })),
          );
        }),
      )
    ).flat(),
  }));

/** Waits until the worker is active. */
const workerReady = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });

const test = base.extend<{ network: Relay }>({
  /** A relay to the portal. */
  network: async ({ sandbox }, use) => {
    const relay = await Relay.to(sandbox.portal);
    await relay.open();
    await use(relay);
    await relay.close();
  },
});

test("offlineStart: nothing is cached when it is not configured", async ({ page, patientSignIn, record }) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");
  expect(await cachedFiles(page)).toEqual({ workers: 0, caches: [], files: [] });
});

test.describe("with offlineStart", () => {
  test.use({ keepsFiles: true });
  test.beforeEach(async ({ page, patientSignIn, sandbox }) => {
    sandbox.config(OFFLINE_START);
    await patientSignIn.open("/");
    await workerReady(page);
  });

  test("offlineStart: only hashed files and offline.html are cached after patient and staff sign-in", async ({
    page,
    patientSignIn,
    record,
    staffSignIn,
  }) => {
    // The worker controls the page.
    await patientSignIn.openAndSignIn(ABDULLAH);
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await record.goTo("Addresses");
    await record.signOutButton.click();
    await staffSignIn.openAndSignIn(KAVYA);
    await record.signOutButton.click();
    await staffSignIn.shows("Staff sign in");

    const { workers, caches, files } = await cachedFiles(page);
    expect(workers).toBe(1);
    expect(caches).toHaveLength(1);
    const paths = files.map(({ path }) => path).sort();
    expect(paths.filter((path) => !isHashed(path))).toEqual(["/offline.html"]);
    // Boot script, program, the rest of the style, the offline page and its script.
    expect(paths).toHaveLength(5);
    const personal = [ABDULLAH.name, ABDULLAH.phone, ABDULLAH.nationalId, KAVYA.username];
    for (const { path, text } of files) {
      for (const word of personal) expect(text.includes(word), `${word} in ${path}`).toBe(false);
    }
  });

  test("offlineStart: config.json always comes from the server", async ({ patientSignIn, sandbox }) => {
    sandbox.config({ ...OFFLINE_START, brand: { name: "Al Noor" } });
    await patientSignIn.open("/");
    await patientSignIn.shows("Patient sign in", "Al Noor");
  });

  test("offlineStart: the cache stays when config.json fails with 503", DIRECT.configFile, async ({
    page,
    patientSignIn,
    sandbox,
  }) => {
    await sandbox.faults([{ call: "config", times: null, fault: { kind: "status", status: 503 } }]);
    await patientSignIn.open("/");
    await expect(page.getByRole("alert").first()).toBeVisible();
    expect((await cachedFiles(page)).files).toHaveLength(5);
  });

  for (const [how, config] of [
    ["false", { offlineStart: false }],
    ["absent", {}],
    ["absent with config.json", undefined],
  ] as const) {
    test(`offlineStart ${how}: worker and cache are removed at the next start`, async ({ page, patientSignIn, sandbox }) => {
      expect((await cachedFiles(page)).files).toHaveLength(5);
      sandbox.config(config);
      await patientSignIn.open("/");
      await expect.poll(() => cachedFiles(page)).toEqual({ workers: 0, caches: [], files: [] });
      await patientSignIn.openAndSignIn(ABDULLAH);
    });
  }
});

test.describe("with a network that fails", () => {
  test.use({ keepsFiles: true, baseURL: async ({ network }, use) => use(network.url) });
  test.beforeEach(async ({ page, patientSignIn, sandbox }) => {
    sandbox.config(OFFLINE_START);
    await page.clock.install();
    await patientSignIn.open("/");
    await workerReady(page);
  });

  for (const language of LANGUAGES) {
    test.describe(`in ${language}`, () => {
      test.use({ language });

      test("offline page: is shown at a start without a network, and recovers by itself", async ({
        network,
        page,
        staffSignIn,
        messages,
      }) => {
        await network.close();
        await page.goto("/staff");
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEADING[language]);
        await expect(page).toHaveTitle(HEADING[language]);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expect(page.locator("html")).toHaveAttribute("dir", messages.dir);
        await expect(page.getByRole("button")).toHaveCount(1);

        // The page tries every ten seconds.
        const looked = page.waitForEvent("requestfailed");
        await page.clock.fastForward(10_000);
        await looked;
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEADING[language]);
        await network.open();
        await page.clock.fastForward(10_000);
        await staffSignIn.ready();
        await staffSignIn.shows(messages.staffSignIn);
      });
    });
  }

  for (const path of ["/other-application", "/other/", "/staff.html", "/api/customer/login", "/staff//", "/staff/other/"]) {
    test(`offline page: is not shown for ${path}, which is no page of the portal`, async ({ network, page }) => {
      await network.close();
      await expect(page.goto(path)).rejects.toThrow(/ERR_/);
      // The browser's own error page, which would interrupt the next navigation.
      await page.waitForURL("chrome-error://chromewebdata/");
      await page.goto("/profile?a=b#c");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEADING.en);
    });
  }

  for (const path of ["/", "/staff/", "/profile/?a=b#c", "/roles/"]) {
    test(`offline page: is shown for ${path}, a page of the portal`, async ({ network, page }) => {
      await network.close();
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEADING.en);
    });
  }

  test("offline page: has the language and theme chosen before", async ({
    network,
    page,
    patientSignIn,
  }) => {
    await patientSignIn.languageButton.click();
    await patientSignIn.in("ar").button(MESSAGES.ar.toDark).click();
    await network.close();
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEADING.ar);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    // It also tries on the browser's online event.
    await network.open();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await patientSignIn.ready();
  });
});

test.describe("on a server of its own", () => {
  test.use({ keepsFiles: true });

  let site: string;
  let server: Sandbox;
  test.beforeEach(async () => {
    site = copyOfBuild();
    server = await Sandbox.start({ dist: site });
    server.config(OFFLINE_START);
  });
  test.afterEach(async () => {
    await server.stop();
    rmSync(site, { recursive: true, force: true });
  });

  test("deploy/remove-service-worker/sw.js: removes worker and cache", async ({ page, patientSignIn }) => {
    await patientSignIn.open(`${server.portal}/`);
    await workerReady(page);
    rmSync(join(site, "sw.js.br"), { force: true });
    rmSync(join(site, "sw.js.gz"), { force: true });
    const here = dirname(fileURLToPath(import.meta.url));
    cpSync(resolve(here, "../../deploy/remove-service-worker/sw.js"), join(site, "sw.js"));
    await server.reload();
    server.config({});
    await patientSignIn.open(`${server.portal}/`);
    await expect.poll(() => cachedFiles(page)).toEqual({ workers: 0, caches: [], files: [] });
  });
});
