// A release built by `cargo xtask build --config release.config.json --base-path /portal/`: branded, and
// under a base path of an origin with other content. Run by `cargo xtask test --only release`, which
// builds it and passes its folder.

import { readdirSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { Sandbox } from "../support/sandbox.ts";
import { MESSAGES } from "../support/messages.ts";

const BASE = "/portal";
const BRAND = "Al Noor Hospital";
const dist = process.env.LOGISTRATION_RELEASE ?? "";
const config = readFileSync(
  resolve(dirname(fileURLToPath(import.meta.url)), "release.config.json"),
  "utf8",
);

let server: Sandbox;
test.describe.configure({ mode: "default" });
test.use({ keepsFiles: true });
test.beforeAll(async () => {
  if (!dist) throw new Error("there is no release here: run `cargo xtask test --only release`");
  server = await Sandbox.start({ direct: true, dist, base: BASE });
});
test.afterAll(async () => server?.stop());
test.beforeEach(async () => {
  await server.reset();
  server.config(config);
});

test("branded release: prerendered pages have the hospital's name, phone and base path", async () => {
  for (const [language, name] of [["en", BRAND], ["ar", "مستشفى النور"]] as const) {
    for (const path of ["/", "/staff", "/roles"]) {
      const response = await fetch(server.url + BASE + path, {
        headers: { accept: "text/html", "accept-language": language },
      });
      const page = await response.text();
      expect(page).toContain(`<span class="brand__name">${name}</span>`);
      expect(page).toContain("920 000 000");
      expect(page).toContain('href="https://hospital.example/privacy"');
      // The time is not known when the page is made.
      expect(page).not.toMatch(/down tonight|الليلة/);
      // No URL is outside the base path.
      const addresses = [...page.matchAll(/(?:href|src|data-base)="?(\/[^\s">]*)/g)].map(([, address]) => address!);
      expect(addresses.length).toBeGreaterThan(8);
      expect(addresses.filter((address) => !address.startsWith(`${BASE}/`))).toEqual([]);
    }
  }
});

test("branded release: the prerendered page is hydrated, not rendered again", async ({ page, patientSignIn }) => {
  await page.goto(`${server.url}${BASE}/`, { waitUntil: "commit" });
  await page.locator("#phone").waitFor();
  await page.evaluate(() => ((document.querySelector("#phone") as { mark?: boolean }).mark = true));
  await patientSignIn.ready();
  await patientSignIn.shows("Patient sign in", BRAND);
  expect(await page.evaluate(() => (document.querySelector("#phone") as { mark?: boolean }).mark)).toBe(true);
});

test("base path: all URLs of a patient and a staff journey stay below it", async ({
  page,
  patientSignIn,
  record,
  staffSignIn,
}) => {
  const outside: string[] = [];
  page.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === server.url && !pathname.startsWith(`${BASE}/`)) outside.push(pathname);
  });
  const at = (path: string) => expect(page).toHaveURL(server.url + BASE + path);

  await patientSignIn.open(`${server.url}${BASE}/addresses`);
  await at("/?next=/addresses");
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Addresses", BRAND);
  await at("/addresses");
  await record.goTo("Profile");
  await at("/profile");
  await page.evaluate(() => history.back());
  await record.shows("Addresses", BRAND);
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in", BRAND);
  await at("/");

  await patientSignIn.link("Work here? Staff sign in").click();
  await at("/staff");
  await patientSignIn.languageButton.click();
  const arabic = staffSignIn.in("ar");
  await arabic.shows(MESSAGES.ar.staffSignIn, "مستشفى النور");
  await arabic.signIn(KAVYA);
  await record.in("ar").shows(MESSAGES.ar.roles, "مستشفى النور");
  await at("/roles");
  await record.in("ar").signOutButton.click();
  await arabic.shows(MESSAGES.ar.staffSignIn, "مستشفى النور");
  await at("/staff");

  const calls = (await server.wire()).map(({ method, path }) => `${method} ${path}`);
  expect(calls).toEqual([
    "POST /api/customer/is_patient_exists",
    "POST /api/customer/login",
    "POST /auth-service/session",
    "GET /user-service/user/validate",
    "GET /auth-service/logout",
  ]);
  expect(outside).toEqual([]);
});

for (const path of ["/nowhere", "/staff/nowhere", "/portal/", "/next=/profile"]) {
  test(`base path: ${path} below it is not found, and the link to the start page works`, async ({ page, patientSignIn }) => {
    await patientSignIn.open(server.url + BASE + path);
    await patientSignIn.shows("Page not found", BRAND);
    await patientSignIn.link("Go to the start page").click();
    await patientSignIn.shows("Patient sign in", BRAND);
    await expect(page).toHaveURL(`${server.url}${BASE}/`);
  });
}

test("base path: addresses outside it are 404", async () => {
  for (const path of ["/", "/staff", "/config.json", "/portals/", "/api/customer/login"]) {
    expect((await fetch(server.url + path)).status, path).toBe(404);
  }
});

test("base path: service worker, manifest and offline page stay below it", async ({
  context,
  page,
  patientSignIn,
  staffSignIn,
}) => {
  await patientSignIn.open(`${server.url}${BASE}/`);
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(scope).toBe(`${server.url}${BASE}/`);
  const link = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = (await (await fetch(server.url + link)).json()) as Record<string, unknown>;
  expect(manifest).toMatchObject({
    name: BRAND,
    lang: "en",
    dir: "ltr",
    start_url: `${BASE}/`,
    scope: `${BASE}/`,
    theme_color: "#7a1f5c",
  });
  await context.setOffline(true);
  await page.goto(`${server.url}${BASE}/staff`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The portal cannot be reached");
  await context.setOffline(false);
  await staffSignIn.ready();
  await staffSignIn.shows("Staff sign in", BRAND);
});

test("web manifest: the browser reports no error", async ({ context, page, patientSignIn }) => {
  await patientSignIn.open(`${server.url}${BASE}/`);
  const devtools = await context.newCDPSession(page);
  const { errors, url } = await devtools.send("Page.getAppManifest");
  expect(url).toBe(`${server.url}${BASE}/manifest.webmanifest`);
  expect(errors).toEqual([]);
});

interface File {
  path: string;
  bytes: number;
  sha256: string;
  contentType: string;
  contentEncoding?: string;
  cacheControl: string;
}

test(".meta: describes the release correctly and is not served", async () => {
  const meta = (name: string) => readFileSync(join(dist, ".meta", name), "utf8");
  const { basePath, files } = JSON.parse(meta("manifest.json")) as { basePath: string; files: File[] };
  expect(basePath).toBe(`${BASE}/`);
  expect(files.map(({ path }) => path)).toEqual(readdirSync(dist).filter((name) => name !== ".meta").sort());
  for (const file of files) {
    const bytes = readFileSync(join(dist, file.path));
    expect(file.bytes, file.path).toBe(bytes.length);
    expect(file.sha256, file.path).toBe(createHash("sha256").update(bytes).digest("hex"));
    if (file.contentEncoding || file.path === "config.json" || file.path === "404.html") continue;
    const { headers } = await fetch(`${server.url}${BASE}/${file.path}`);
    expect(headers.get("content-type"), file.path).toBe(file.contentType);
    // The sandbox sends no-cache for files without a hash; deploy/ sends no-store for scripts.
    if (file.path !== "sw.js") expect(headers.get("cache-control"), file.path).toBe(file.cacheControl);
  }
  const wanted = JSON.parse(meta("headers.json")) as Record<string, string>;
  const { headers } = await fetch(`${server.url}${BASE}/`);
  expect(Object.keys(wanted)).toHaveLength(7);
  for (const [name, value] of Object.entries(wanted)) expect(headers.get(name), name).toBe(value);
  for (const name of ["manifest.json", "sbom.cdx.json", "headers.json"]) {
    expect((await fetch(`${server.url}${BASE}/.meta/${name}`)).ok, name).toBe(false);
  }
});

test("bill of materials: is valid by the CycloneDX schema", () => {
  const python = process.env.LOGISTRATION_PYTHON;
  test.skip(!python, "there are no Python packages here");
  const { status, stderr } = spawnSync(
    join(python!, "python"),
    ["-c", VALIDATE, join(dist, ".meta/sbom.cdx.json")],
    { encoding: "utf8" },
  );
  expect(status, stderr).toBe(0);
});

const VALIDATE = `
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1], encoding="utf-8").read())
sys.exit(str(problem) if problem else 0)
`;
