// Files that are valid, and do more than those of the build: each is refused for its integrity alone. The same files
// on a page without that attribute are taken, so that a test here fails when an `integrity` is missing.

import type { Page } from "@playwright/test";
import { expect, test } from "../support/page_fixtures.ts";

interface File {
  /** The page that names the file. */
  page: string;
  url: RegExp;
  /** The file with more in it. */
  more: (bytes: Buffer) => Buffer;
  /** True once the browser has taken the file. */
  isTaken: (page: Page) => Promise<boolean>;
}

const statement = (bytes: Buffer) => Buffer.concat([bytes, Buffer.from("\n;globalThis.tampered = true;")]);
const ranStatement = (page: Page) => page.evaluate(() => "tampered" in globalThis);

const FILES: Record<string, File> = {
  "boot script, with the glue in it": { page: "/", url: /\/boot-\w+\.js$/, more: statement, isTaken: ranStatement },
  program: {
    page: "/",
    url: /\.wasm$/,
    // A custom section of one byte, named "x": https://webassembly.github.io/spec/core/binary/modules.html#custom-section
    more: (bytes) => Buffer.concat([bytes, Buffer.from([0, 3, 1, 0x78, 0])]),
    isTaken: (page) => page.evaluate(() => document.documentElement.hasAttribute("data-app-ready")),
  },
  "style sheet": {
    page: "/",
    url: /\/program-\w+\.css$/,
    more: (bytes) => Buffer.concat([bytes, Buffer.from("html{--tampered:1}")]),
    isTaken: (page) =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--tampered") === "1"),
  },
  "script of the offline page": { page: "/offline.html", url: /\/offline-\w+\.js$/, more: statement, isTaken: ranStatement },
};

for (const [name, { page: path, url, more, isTaken }] of Object.entries(FILES)) {
  test.describe(name, () => {
    test.use({ brokenOnPurpose: true, allowedConsole: [/integrity/] });

    /** Opens the page with the changed file; returns what the console says of integrity. */
    const open = async (page: Page): Promise<string[]> => {
      const messages: string[] = [];
      page.on("console", (message) => {
        if (/integrity/.test(message.text())) messages.push(message.text());
      });
      const requested = page.waitForRequest(url);
      await page.route(url, async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers() };
        delete headers["content-encoding"];
        delete headers["content-length"];
        await route.fulfill({ status: response.status(), headers, body: more(await response.body()) });
      });
      await page.goto(path);
      await requested;
      return messages;
    };

    test(`integrity: a valid ${name} of other bytes than the build's is refused`, async ({ page }) => {
      const messages = await open(page);
      await expect.poll(() => messages.join("\n")).toMatch(/integrity/);
      expect(await isTaken(page)).toBe(false);
    });

    test(`integrity: the same ${name} is taken by a page that names no integrity`, async ({ page }) => {
      await page.route((address) => address.pathname === path, async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace(/ (data-)?integrity=("[^"]*"|[^\s>]+)/g, "");
        await route.fulfill({ response, body });
      });
      const messages = await open(page);
      await expect.poll(() => isTaken(page)).toBe(true);
      expect(messages).toEqual([]);
    });
  });
}
