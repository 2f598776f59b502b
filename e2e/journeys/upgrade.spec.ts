// A release while people have the former one open: their tabs keep working; a page of the former release
// whose files are gone asks for a reload.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ABDULLAH } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { copyOfBuild, deploy, nextRelease, removeOldFiles } from "../support/releases.ts";
import { Sandbox } from "../support/sandbox.ts";
import { LANGUAGES } from "../support/messages.ts";

let site: string;
let next: string;
let server: Sandbox;

test.describe.configure({ mode: "default" });

/** A folder laid out as in docs/operations.md: each release has its own portal and configuration. */
function releasesFolder(releases: Record<string, { dist: string; config: unknown }>): string {
  const root = mkdtempSync(join(tmpdir(), "logistration-releases-"));
  for (const [version, { dist, config }] of Object.entries(releases)) {
    const folder = join(root, "releases", version);
    mkdirSync(join(folder, "config"), { recursive: true });
    cpSync(dist, join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "config", "config.json"), JSON.stringify(config));
  }
  for (const what of ["dist", "config"]) symlinkSync(join("current", what), join(root, what));
  return root;
}

test.beforeAll(() => {
  next = nextRelease();
});
test.afterAll(() => {
  if (next) rmSync(next, { recursive: true, force: true });
});
test.beforeEach(async () => {
  site = copyOfBuild();
  server = await Sandbox.start({ dist: site });
});
test.afterEach(async () => {
  await server.stop();
  rmSync(site, { recursive: true, force: true });
});

for (const files of ["kept", "removed"] as const) {
  test(`release: a tab opened before it still signs in when the former files are ${files}`, async ({
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
    if (files === "removed") removeOldFiles(next, site);
    await server.reload();
    await patientSignIn.signIn(ABDULLAH);
    await record.shows("Profile");
    await record.goTo("Addresses");
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
  test.describe(`in ${language}, after its files were removed`, () => {
    // The style is gone too: its response is a page.
    test.use({ language, allowedConsole: [/integrity|Refused to apply style/] });

    test("release: a cached page from before it asks for a reload, and the reload works", async ({
      page,
      patientSignIn,
      record,
      messages,
    }) => {
      const former = await page.request.get(`${server.portal}/`, {
        headers: { accept: "text/html", "accept-language": messages.locale },
      });
      deploy(next, site);
      removeOldFiles(next, site);
      await server.reload();
      // As from a cache that ignores `no-store`.
      await page.route(`${server.portal}/`, (route) => route.fulfill({ response: former }));
      await page.goto(`${server.portal}/`);
      const failureHeading = page.getByRole("heading", { level: 1, name: "The portal does not work right now" });
      await expect(failureHeading).toBeHidden();
      // The style's animation after 30 seconds: the boot script is gone as well.
      await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
      await expect(failureHeading).toBeVisible();

      await page.unrouteAll();
      await page.getByRole("link", { name: /^Reload/ }).click();
      await patientSignIn.ready();
      await expect(failureHeading).toBeHidden();
      await patientSignIn.shows(messages.patientSignIn);
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(messages.profile);
    });
  });
}

test("rollback: the release link brings back the portal together with its config.json", async ({
  page,
  patientSignIn,
  record,
}) => {
  const releases = releasesFolder({
    "0.1.0": { dist: site, config: { brand: { name: "Al Noor" } } },
    "0.2.0": { dist: next, config: { brand: { name: "Al Noor" }, keyOfTheNewer: true } },
  });
  // The commands of docs/operations.md.
  const link = (name: string, target: string) => execFileSync("ln", ["-sfn", target, join(releases, name)]);
  link("current", "releases/0.2.0");
  const served = await Sandbox.start({ dist: join(releases, "dist"), config: join(releases, "config") });
  try {
    const program = async () => (await (await page.request.get(`${served.portal}/`)).text()).match(/logistration-\w+\.wasm/)?.[0];
    const newer = await program();

    // Only the portal is rolled back: the older one stops and names the key.
    link("dist", "releases/0.1.0/dist");
    await served.reload();
    await patientSignIn.open(`${served.portal}/`);
    await expect(patientSignIn.heading("The portal cannot start")).toBeVisible();
    await expect(page.getByRole("alert").getByText("keyOfTheNewer", { exact: true })).toBeVisible();
    link("dist", "current/dist");

    // Both are rolled back.
    link("current", "releases/0.1.0");
    await served.reload();
    await patientSignIn.open(`${served.portal}/`);
    await patientSignIn.shows("Patient sign in", "Al Noor");
    expect(await program()).not.toBe(newer);
    await patientSignIn.signIn(ABDULLAH);
    await record.shows("Profile", "Al Noor");
  } finally {
    await served.stop();
    rmSync(releases, { recursive: true, force: true });
  }
});
