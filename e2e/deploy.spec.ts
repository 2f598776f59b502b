// A release while people have the former one open: their tabs go on; and a page of the former release
// whose files are gone says what to do.

import { rmSync } from "node:fs";
import { Sandbox } from "./fixtures.ts";
import { ABDULLAH } from "./people.ts";
import { expect, test } from "./portal.ts";
import { copied, deploy, nextRelease, removeOld } from "./releases.ts";
import { LANGUAGES } from "./words.ts";

let site: string;
let next: string;
let server: Sandbox;

test.describe.configure({ mode: "default" });

test.beforeAll(() => {
  next = nextRelease();
});
test.afterAll(() => {
  if (next) rmSync(next, { recursive: true, force: true });
});
test.beforeEach(async () => {
  site = copied();
  server = await Sandbox.start({ dist: site });
});
test.afterEach(async () => {
  await server.stop();
  rmSync(site, { recursive: true, force: true });
});

for (const files of ["stay", "are gone"] as const) {
  test(`a tab from before a release signs in after it, where the former files ${files}`, async ({
    page,
    patientSignIn,
    record,
  }) => {
    const programs: string[] = [];
    page.on("response", (response) => {
      if (response.url().endsWith(".wasm")) programs.push(`${response.status()} ${response.url()}`);
    });
    await patientSignIn.open(`${server.portal}/`);
    deploy(next, site);
    if (files === "are gone") removeOld(next, site);
    await server.reload();
    await patientSignIn.signIn(ABDULLAH);
    await record.shows("Profile");
    await record.go("Addresses");
    await record.signOutButton.click();
    await patientSignIn.shows("Patient sign in");
    expect(programs).toHaveLength(1);

    await patientSignIn.open(`${server.portal}/`);
    await patientSignIn.signIn(ABDULLAH);
    await record.shows("Profile");
    expect(programs).toHaveLength(2);
    expect(programs.every((program) => program.startsWith("200 "))).toBe(true);
    expect(programs[0]).not.toBe(programs[1]);
  });
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}, once its files are gone`, () => {
    test.use({ language, allowedConsole: [/integrity/] });

    test("a page from before a release says to load it again, and that works", async ({
      page,
      patientSignIn,
      record,
      words,
    }) => {
      const former = await page.request.get(`${server.portal}/`, {
        headers: { accept: "text/html", "accept-language": words.locale },
      });
      deploy(next, site);
      removeOld(next, site);
      await server.reload();
      // As from a cache on the way that does not heed `no-store`.
      await page.route(`${server.portal}/`, (route) => route.fulfill({ response: former }));
      await page.goto(`${server.portal}/`);
      const said = page.getByRole("heading", { level: 1, name: "The portal does not work right now" });
      await expect(said).toBeHidden();
      // What the style does after half a minute: the script that would say so at once is gone as well.
      await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
      await expect(said).toBeVisible();

      await page.unrouteAll();
      await page.getByRole("link", { name: /^Reload/ }).click();
      await patientSignIn.ready();
      await expect(said).toBeHidden();
      await patientSignIn.shows(words.patientSignIn);
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(words.profile);
    });
  });
}
