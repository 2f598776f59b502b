// Firefox as Debian ships it, by WebDriver: the journeys that every engine must pass, and what only Firefox tells. Run
// by `cargo xtask test --firefox`.

import { expect } from "@playwright/test";
import { rmSync } from "node:fs";
import { until } from "selenium-webdriver";
import { startFirefox, TIMEOUT_MS } from "../support/driven_browser.ts";
import { copyOfBuild, deploy, nextRelease } from "../support/releases.ts";
import { Sandbox } from "../support/sandbox.ts";
import { recordedPerson } from "../support/staff.ts";
import { journeys, testIn } from "./shared_journeys.ts";

const test = testIn(startFirefox);
journeys(test);

test("test browser: policy violations are recorded", async ({ driven: browser, sandbox }) => {
  await browser.open(`${sandbox.url}/`);
  await browser.driver.executeScript(`
    const style = document.createElement("style");
    style.textContent = "body { color: red }";
    document.head.append(style);`);
  await expect.poll(() => browser.consoleErrors).toContain("error: policy: style-src-elem inline");
  // New versions write it to the console themselves, too, a moment later.
  await browser.driver.sleep(500);
  expect(browser.consoleErrors.splice(0).filter((error) => !/policy/i.test(error))).toEqual([]);
});

test("offlineStart: files are cached when it is on and removed when it is off", async ({ driven: browser, sandbox }) => {
  const kept = () =>
    browser.driver.executeAsyncScript<number>(`
      const done = arguments[0];
      caches.keys().then(async (names) => {
        const files = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
        done(files.reduce((sum, count) => sum + count, 0));
      });`);
  sandbox.config({ offlineStart: true });
  await browser.open(`${sandbox.url}/`);
  await expect.poll(kept).toBe(5);
  await browser.open(`${sandbox.url}/`);
  await browser.shows("Patient sign in");
  sandbox.config({});
  await expect
    .poll(async () => {
      await browser.open(`${sandbox.url}/`);
      return kept();
    })
    .toBe(0);
});

test("offlineStart: a new release replaces the cache when the old tabs are closed", async ({ driven: browser }) => {
  const site = copyOfBuild();
  const next = nextRelease();
  const server = await Sandbox.start({ dist: site });
  const cached = () =>
    browser.driver.executeAsyncScript<Record<string, string[]>>(`
      const done = arguments[0];
      caches.keys().then(async (names) => {
        const paths = async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
        done(Object.fromEntries(await Promise.all(names.map(async (name) => [name, await paths(name)]))));
      });`);
  try {
    server.config({ offlineStart: true });
    await browser.open(`${server.portal}/`);
    await expect.poll(async () => Object.values(await cached()).map(({ length }) => length)).toEqual([5]);
    const [before] = Object.values(await cached());
    deploy(next, site);
    await server.reload();
    await browser.open(`${server.portal}/`);
    await expect.poll(async () => Object.values(await cached()).map(({ length }) => length)).toEqual([5, 5]);

    const old = await browser.driver.getWindowHandle();
    await browser.driver.switchTo().newWindow("tab");
    const tab = await browser.driver.getWindowHandle();
    await browser.driver.switchTo().window(old);
    await browser.driver.close();
    await browser.driver.switchTo().window(tab);
    await expect
      .poll(async () => {
        await browser.open(`${server.portal}/`);
        return Object.keys(await cached()).length;
      })
      .toBe(1);
    const [after] = Object.values(await cached());
    expect(after).toHaveLength(5);
    expect(after!.filter((path) => before!.includes(path))).toEqual(["/offline.html"]);

    server.config({});
    await expect
      .poll(async () => {
        await browser.open(`${server.portal}/`);
        return Object.keys(await cached());
      })
      .toEqual([]);
  } finally {
    await server.stop();
    rmSync(site, { recursive: true, force: true });
    rmSync(next, { recursive: true, force: true });
  }
});

test("onward: the cookie of SPICE 2.0 is alive after going on, and dead after the page is left otherwise", async ({ driven: browser, sandbox }) => {
  const messages = browser.messages;
  sandbox.config({
    staff: { entrances: [{ client: "web", label: "web", protocol: "2" }] },
    onward: [{ for: "staff", label: "Clinic", url: "/icon.svg" }],
  });
  const signIn = async () => {
    await browser.open(`${sandbox.url}/staff`);
    await browser.fill("username", recordedPerson("superadmin").username);
    await browser.fill("password", recordedPerson("superadmin").password);
    await browser.press(messages.signIn);
    await browser.shows(messages.roles);
  };
  await signIn();
  await browser.follow("Clinic");
  await browser.driver.wait(until.urlContains("/icon.svg"), TIMEOUT_MS);
  // A page of the same site asks whose session it is, with the shared cookie.
  const profile = () => browser.driver.executeAsyncScript<number>(`
    const done = arguments[0];
    fetch("/user-service/user/profile", { method: "POST", headers: { client: "web" } }).then(({ status }) => done(status));`);
  await browser.driver.get(`${sandbox.url}/icon.svg`);
  expect(await profile()).toBe(200);
  expect((await sandbox.wire()).filter(({ call }) => call === "logout")).toEqual([]);

  await signIn();
  await browser.driver.get(`${sandbox.url}/icon.svg`);
  await expect.poll(async () => (await sandbox.wire()).filter(({ call }) => call === "logout").length).toBe(1);
  expect(await profile()).toBe(401);
});
