// A release while people have the former one open: their tabs go on, for as long as the former files
// are kept as docs/operations.md says; and where they are gone, a sentence says what to do.

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

test("a tab from before a release signs in after it, with the files it began with", async ({
  page,
  patientSignIn,
  record,
}) => {
  const parts: string[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/interior-")) parts.push(`${response.status()} ${response.url()}`);
  });
  await patientSignIn.open(`${server.portal}/`);
  deploy(next, site);
  await server.reload();
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
  await record.go("Addresses");
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");

  await patientSignIn.open(`${server.portal}/`);
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
  expect(parts).toHaveLength(2);
  expect(parts.every((part) => part.startsWith("200 "))).toBe(true);
  expect(parts[0]).not.toBe(parts[1]);
});

for (const language of LANGUAGES) {
  test.describe(`in ${language}, once its files are gone`, () => {
    test.use({ language, allowedConsole: [/integrity|Failed to fetch/] });

    test("a tab from before a release says to load the page again, and that works", async ({
      page,
      patientSignIn,
      record,
      words,
    }) => {
      await patientSignIn.open(`${server.portal}/`);
      deploy(next, site);
      removeOld(next, site);
      await server.reload();
      await patientSignIn.signIn(ABDULLAH);
      await patientSignIn.complains(words.outdated, words.patientSignIn);
      await expect(patientSignIn.phone).toHaveValue(ABDULLAH.phone);

      const loaded = page.waitForEvent("load");
      await patientSignIn.summary.getByRole("link", { name: words.outdated, exact: true }).click();
      await loaded;
      await patientSignIn.ready();
      await patientSignIn.shows(words.patientSignIn);
      // A page that nobody may store comes back empty: what was typed is nowhere but on it.
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(words.profile);
    });
  });
}
