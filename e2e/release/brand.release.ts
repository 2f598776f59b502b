// examples/folder-of-a-site, built by `cargo xtask build --config … --base-path /portal/`: a branded release under a
// path of an origin with other content. Run by `cargo xtask test --only release`, which
// builds it and passes its folder.

import { readdirSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { securityHeaders } from "../support/security_headers.ts";
import { Sandbox } from "../support/sandbox.ts";
import { LANGUAGES, MESSAGES } from "../support/messages.ts";

const BASE = "/portal";
const BRAND = "Al Noor Hospital";
const dist = process.env.LOGISTRATION_RELEASE ?? "";
const config = readFileSync(
  resolve(dirname(fileURLToPath(import.meta.url)), "../../examples/folder-of-a-site/config.json"),
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

test("base path: service worker and offline page stay below it", async ({
  context,
  page,
  patientSignIn,
  staffSignIn,
}) => {
  await patientSignIn.open(`${server.url}${BASE}/`);
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(scope).toBe(`${server.url}${BASE}/`);
  await context.setOffline(true);
  await page.goto(`${server.url}${BASE}/staff`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The portal cannot be reached");
  await context.setOffline(false);
  await staffSignIn.ready();
  await staffSignIn.shows("Staff sign in", BRAND);
});

/** Name, size, and whether it is full: without transparent corners, for a system that cuts it to its own shape. */
const ICONS = [
  ["icon-192.png", 192, false],
  ["icon-512.png", 512, false],
  ["icon-maskable-512.png", 512, true],
  ["apple-touch-icon.png", 180, true],
] as const;

test("icons: are made from the logo, in their sizes, with white ground to the corners where a system cuts them", async ({ page, patientSignIn }) => {
  await patientSignIn.open(`${server.url}${BASE}/`);
  const read = (path: string) =>
    page.evaluate(async (path) => {
      const image = new Image();
      image.src = path;
      await image.decode();
      const { naturalWidth: width, naturalHeight: height } = image;
      const canvas = new OffscreenCanvas(width || 512, height || 512);
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      // The distance of the logo's outermost pixel from the middle, and its leftmost and topmost ones.
      let [distance, left, top] = [0, Infinity, Infinity];
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4);
        if (alpha < 255 || red + green + blue > 600) continue;
        const x = (at / 4) % canvas.width;
        const y = Math.floor(at / 4 / canvas.width);
        distance = Math.max(distance, Math.hypot(x - canvas.width / 2, y - canvas.height / 2));
        left = Math.min(left, x);
        top = Math.min(top, y);
      }
      const share = (length: number) => length / canvas.width;
      return { width, height, corner: [...data.slice(0, 4)], distance: share(distance), left: share(left), top: share(top) };
    }, `${BASE}/${path}`);
  for (const [file, size, full] of ICONS) {
    const { width, height, corner, distance, left, top } = await read(file);
    expect([width, height], file).toEqual([size, size]);
    expect(corner, file).toEqual(full ? [255, 255, 255, 255] : [0, 0, 0, 0]);
    // A wide logo, in its own shape.
    expect(left, file).toBeLessThan(0.15);
    expect(top, file).toBeGreaterThan(0.35);
    if (full) expect(distance, file).toBeLessThan(0.4);
  }
  const { distance, top } = await read("icon.svg");
  expect(distance).toBeGreaterThan(0.35);
  expect(top).toBeGreaterThan(0.35);
  const apple = page.locator("link[rel=apple-touch-icon]");
  await expect(apple).toHaveAttribute("href", `${BASE}/apple-touch-icon.png`);
  await expect(page.locator("link[rel=icon]")).toHaveAttribute("href", `${BASE}/icon.svg`);
});

test("brand: the release has the logo that the configuration names", async ({ page, patientSignIn }) => {
  await patientSignIn.open(`${server.url}${BASE}/`);
  // Throws where the picture is broken.
  await page.locator("header .brand__logo").evaluate((it: HTMLImageElement) => it.decode());
});

test("theme colour: is the hospital's, darker on a dark screen", async ({ page, patientSignIn }) => {
  for (const path of ["/", "/staff", "/nowhere"]) {
    const colours = [];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await patientSignIn.open(server.url + BASE + path);
      colours.push(
        await page.evaluate(() => {
          const all = [...document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")];
          return all.find(({ media }) => matchMedia(media).matches)?.content;
        }),
      );
    }
    expect(colours, path).toEqual(["#7a1f5c", "#3c3443"]);
  }
});

for (const [audience, start] of [["patient", "/"], ["staff", "/staff"]] as const) {
  for (const language of LANGUAGES) {
    test(`installed: from ${start} in ${language} it opens ${start}, and the browser has no objection`, async ({ context, page, patientSignIn }) => {
      await patientSignIn.open(`${server.url}${BASE}${start}?lang=${language}`);
      const devtools = await context.newCDPSession(page);
      const { errors, url, data } = await devtools.send("Page.getAppManifest");
      expect(url).toBe(`${server.url}${BASE}/${audience}.${language}.webmanifest`);
      expect(errors).toEqual([]);
      const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
      // Playwright's pages are private ones.
      expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
      const brand = language === "en" ? BRAND : "مستشفى النور";
      const staff = MESSAGES[language].staffSignIn;
      expect(JSON.parse(data!)).toEqual({
        name: audience === "staff" ? `${staff} – ${brand}` : brand,
        short_name: audience === "staff" ? staff : brand,
        lang: language,
        dir: language === "en" ? "ltr" : "rtl",
        id: BASE + start,
        start_url: BASE + start,
        scope: `${BASE}/`,
        display: "standalone",
        theme_color: "#7a1f5c",
        background_color: "#ffffff",
        icons: [
          ...ICONS.slice(0, 3).map(([file, size, full]) => ({
            src: `${BASE}/${file}`,
            sizes: `${size}x${size}`,
            type: "image/png",
            purpose: full ? "maskable" : "any",
          })),
          { src: `${BASE}/icon.svg`, sizes: "any", type: "image/svg+xml" },
        ],
      });
    });
  }
}

test("installed: the page names the manifest of what is open, in its language", async ({ page, patientSignIn, record, staffSignIn }) => {
  const manifest = (name: string) =>
    expect(page.locator("link[rel=manifest]")).toHaveAttribute("href", `${BASE}/${name}.webmanifest`);
  await patientSignIn.open(`${server.url}${BASE}/`);
  await manifest("patient.en");
  await patientSignIn.link("Work here? Staff sign in").click();
  await staffSignIn.shows("Staff sign in", BRAND);
  await manifest("staff.en");
  await staffSignIn.signIn(KAVYA);
  await record.shows("Roles", BRAND);
  await manifest("staff.en");
  await record.goTo("Profile");
  await manifest("staff.en");
  await record.languageButton.click();
  await manifest("staff.ar");
  await record.in("ar").signOutButton.click();
  await staffSignIn.in("ar").shows(MESSAGES.ar.staffSignIn, "مستشفى النور");
  await page.goBack();
  await page.goto(`${server.url}${BASE}/nowhere?lang=ar`);
  await manifest("patient.ar");
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
  const wanted = securityHeaders(readFileSync(join(dist, "index.html"), "utf8"));
  expect(JSON.parse(meta("headers.json"))).toEqual(wanted);
  const { headers } = await fetch(`${server.url}${BASE}/`);
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
