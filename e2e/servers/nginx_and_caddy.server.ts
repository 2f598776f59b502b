// The servers of deploy/ serve the portal like the sandbox, and protect both services: a table of requests
// and expected responses. Run by `cargo xtask test --only servers`.

import { createHmac } from "node:crypto";
import { expect, test } from "@playwright/test";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { configFolder, BROTLI, freePort, WebServer, type WebServerKind, PROGRAMS } from "../support/web_server.ts";
import { ABDULLAH, ISATU, KAVYA, MARIA, type StaffPerson } from "../support/people.ts";
import { Sandbox } from "../support/sandbox.ts";
import { securityHeaders } from "../support/security_headers.ts";
import { headOf, send, type HttpResponse } from "../support/send.ts";

const dist = resolve(dirname(fileURLToPath(import.meta.url)), "../../dist");
const hashed = (end: string) => {
  const name = readdirSync(dist).find((file) => /-[0-9a-f]{16}/.test(file) && file.endsWith(end));
  if (!name) throw new Error(`dist/ has no file with a hash that ends in ${end}`);
  return `/${name}`;
};
const WASM = hashed(".wasm");
const SCRIPT = hashed(".js");
const IMMUTABLE = "public, max-age=31536000, immutable";

const hash = (password: string) => createHmac("sha512", "spice_opensource").update(password).digest("hex");

/** Signs staff in through a server, as the portal does. */
function signInStaff(at: WebServer, { username, password }: StaffPerson, headers: Record<string, string>): Promise<Response> {
  const form = new FormData();
  form.set("username", username);
  form.set("password", hash(password));
  return fetch(`${at.url}/auth-service/session`, { method: "POST", headers, body: form });
}

const JSON_HEADERS = { accept: "application/json", "content-type": "application/json" };
const exists = (phone: string) => JSON.stringify({ phoneNo: phone });
const login = (phone: string, value: string) => JSON.stringify({ type: "nationalId", value, phone });

/** Files of an installation below `.well-known/`. */
const WELL_KNOWN = {
  "/.well-known/acme-challenge/token": "token.thumbprint",
  "/.well-known/security.txt": "Contact: mailto:security@hospital.example\n",
  "/.well-known/assetlinks.json": "[]",
};

for (const kind of ["nginx", "caddy"] as WebServerKind[]) {
  test.describe(kind, () => {
    test.skip(!PROGRAMS[kind], `there is no ${kind} here`);
    // All tests share one server.
    test.describe.configure({ mode: "default" });

    let sandbox: Sandbox;
    let server: WebServer;
    let config: string;

    test.beforeAll(async () => {
      sandbox = await Sandbox.start({ direct: true });
      config = configFolder('{"brand":{"name":"Al Noor"}}');
      for (const [path, text] of [...Object.entries(WELL_KNOWN), ["/.well-known/.git/x", "x"], ["/.well-known/acme-challenge/.x", "x"]] as const) {
        mkdirSync(dirname(join(config, path)), { recursive: true });
        writeFileSync(join(config, path), text);
      }
      server = await WebServer.start(kind, { services: sandbox.url, config });
    });
    test.afterAll(async () => {
      await server?.stop();
      await sandbox?.stop();
      if (config) rmSync(config, { recursive: true, force: true });
    });

    /** Path, Accept-Language, and the expected response. */
    const FILES: [string, string, Partial<{ status: number; file: string; cache: string; language: string | undefined; type: string }>][] = [
      ["/", "", { file: "index.html", cache: "no-store", type: "text/html; charset=utf-8" }],
      ["/", "en-US,en;q=0.9", { file: "index.html", language: undefined }],
      ["/", "ar", { file: "index.ar.html", cache: "no-store", language: "ar" }],
      ["/", "ar-SA,ar;q=0.9,en;q=0.8", { file: "index.ar.html" }],
      ["/", "en-US,en;q=0.9,ar;q=0.8", { file: "index.html" }],
      ["/", "fr-FR, ar;q=0.5", { file: "index.ar.html" }],
      ["/", "fr", { file: "index.html" }],
      ["/", "ar;q=0", { file: "index.html" }],
      ["/", "arn, en", { file: "index.html" }],
      ["/?next=/profile", "ar", { file: "index.ar.html" }],
      ["/", "ar;q=0, en;q=0.5", { file: "index.html" }],
      ["/", "fr-FR;q=0.9 , ar-SA ; q=0.05", { file: "index.ar.html" }],
      ["/?lang=ar", "en", { file: "index.ar.html", cache: "no-store", language: "ar" }],
      ["/?lang=en", "ar", { file: "index.html", language: undefined }],
      ["/staff?next=/roles&lang=ar", "", { file: "staff.ar.html", language: "ar" }],
      ["/roles/?lang=ar", "en", { file: "roles.ar.html" }],
      ["/nowhere?lang=ar", "en", { status: 404, file: "404.html" }],
      // Not the code of a language that the portal has.
      ["/?lang=fr", "ar", { file: "index.ar.html" }],
      ["/?lang=fr", "en", { file: "index.html" }],
      ["/?lang=AR", "en", { file: "index.html" }],
      ["/?lang=ar-SA", "en", { file: "index.html" }],
      ["/?lang=fr,ar", "en", { file: "index.html" }],
      ["/?lang=", "ar", { file: "index.ar.html" }],
      ["/?lang=../404", "en", { file: "index.html" }],
      ["/?lang=../404", "ar", { file: "index.ar.html" }],
      ["/staff?lang=.ar", "en", { file: "staff.html" }],
      ["/staff?slang=ar", "en", { file: "staff.html" }],
      ["/staff", "en", { file: "staff.html", cache: "no-store" }],
      ["/staff", "ar", { file: "staff.ar.html" }],
      ["/staff/", "ar", { file: "staff.ar.html" }],
      ["/profile", "ar", { file: "profile.ar.html" }],
      ["/addresses", "en", { file: "addresses.html" }],
      ["/roles", "ar", { file: "roles.ar.html" }],
      ["/nowhere", "en", { status: 404, file: "404.html", cache: "no-store", type: "text/html; charset=utf-8" }],
      ["/staff/nowhere", "ar", { status: 404, file: "404.html" }],
      ["/nowhere-0123456789abcdef.js", "", { status: 404, cache: "no-store" }],
      ["/.git/config", "", { status: 404, cache: "no-store" }],
      ["/%2e%2e/Cargo.toml", "", { status: 400 }],
      ["/page/staff", "", { status: 404 }],
      ["/config.json", "", { cache: "no-cache", type: "application/json" }],
      ["/icon.svg", "", { file: "icon.svg", cache: "no-cache", type: "image/svg+xml" }],
      ["/apple-touch-icon.png", "", { file: "apple-touch-icon.png", cache: "no-cache", type: "image/png" }],
      ["/staff.ar.webmanifest", "", { file: "staff.ar.webmanifest", cache: "no-cache", type: "application/manifest+json" }],
      [SCRIPT, "", { file: SCRIPT, cache: IMMUTABLE, type: "text/javascript; charset=utf-8" }],
      [WASM, "", { cache: IMMUTABLE, type: "application/wasm" }],
      ["/sw.js", "", { file: "sw.js", cache: "no-store", type: "text/javascript; charset=utf-8" }],
      ["/offline.html", "", { file: "offline.html", cache: "no-store" }],
      ["/.meta/manifest.json", "", { status: 404 }],
      ["/healthz", "", { cache: "no-store" }],
      ["/api/customer/all", "", { status: 404, cache: "no-store" }],
      ["/auth-service/user", "", { status: 404 }],
      ["/user-service/user/all", "", { status: 404 }],
      ["/__sandbox/people", "", { status: 404 }],
    ];
    for (const [path, language, expected] of FILES) {
      const title = `GET ${path} with ${language ? `Accept-Language: ${language}` : "no Accept-Language"}: ${JSON.stringify(expected)}`;
      // The same in each build.
      test(path.startsWith("/nowhere") ? title : title.replaceAll(/-[0-9a-f]{16}\b/g, "-(hash)"), async () => {
        const response = await send(server.url + path, {
          headers: { accept: "text/html,*/*", ...(language && { "accept-language": language }) },
        });
        // Path traversal is rejected with either of two statuses.
        if (path.includes("%2e")) {
          expect([400, 404]).toContain(response.status);
          return;
        }
        expect(response.status).toBe(expected.status ?? 200);
        if (expected.file) {
          expect(response.body).toBe(readFileSync(join(dist, expected.file), "utf8"));
        }
        if (expected.cache) expect(response.headers["cache-control"]).toBe(expected.cache);
        if (expected.type) expect(response.headers["content-type"]).toBe(expected.type);
        if ("language" in expected) {
          expect(response.headers["content-language"]).toBe(expected.language);
        }
        if (expected.file?.endsWith(".html") && !expected.status && path !== "/offline.html") {
          expect(response.headers.vary).toMatch(/accept-language/i);
        }
      });
    }

    test("a script or a file of data that is missing: gets no page as its body", async () => {
      const page = readFileSync(join(dist, "404.html"), "utf8");
      for (const end of ["js", "wasm", "css", "json", "map", "svg", "png", "ico", "woff2", "br", "gz"]) {
        const { status, body } = await send(`${server.url}/nowhere.${end}`);
        expect([status, body === page], end).toEqual([404, false]);
        expect(body, end).toContain("404 Not Found");
      }
    });

    test("every response has the security headers", async () => {
      const wanted = Object.entries(securityHeaders(readFileSync(join(dist, "index.html"), "utf8")));
      for (const path of ["/", "/staff", "/nowhere", "/nowhere.js", WASM, "/config.json", "/healthz", "/api/x", "/user-service/user/validate"]) {
        const { headers } = await send(server.url + path, { headers: { accept: "text/html" } });
        for (const [name, value] of wanted) expect(headers[name], `${name} of ${path}`).toBe(value);
        expect(headers["access-control-allow-origin"], path).toBeUndefined();
        expect(headers["x-powered-by"], path).toBeUndefined();
        expect(headers.server, "no version").toBe(kind === "nginx" ? "nginx" : undefined);
      }
    });

    test("files: are sent in the best encoding that the client accepts", async () => {
      const encoding = async (path: string, accepted: string) =>
        (await send(server.url + path, { headers: { "accept-encoding": accepted } })).headers["content-encoding"];
      for (const path of ["/", "/nowhere", WASM, SCRIPT]) {
        const best = kind === "nginx" && !BROTLI ? "gzip" : "br";
        expect(await encoding(path, "gzip, deflate, br"), path).toBe(best);
        expect(await encoding(path, "gzip"), path).toBe("gzip");
        expect(await encoding(path, "identity"), path).toBeUndefined();
        // A cache keeps one of each encoding. Caddy 2.6 says so with those that are compressed.
        for (const accepted of ["gzip, br", "gzip", ...(kind === "nginx" ? ["identity"] : [])]) {
          expect((await send(server.url + path, { headers: { "accept-encoding": accepted } })).headers.vary, path).toMatch(/accept-encoding/i);
        }
      }
    });

    // Through another proxy, which names itself in Via and may speak HTTP/1.0.
    for (const [what, version, via] of [
      ["that names itself", "1.1", "1.1 proxy.hospital.example"],
      ["that speaks HTTP/1.0", "1.0", undefined],
      ["that speaks HTTP/1.0 and names itself and another", "1.0", "1.0 proxy.hospital.example, 1.1 cache (squid)"],
    ] as const) {
      test(`F19: files through a proxy ${what}: are compressed`, async () => {
        for (const path of ["/", "/staff", WASM, SCRIPT]) {
          for (const accepted of ["gzip", "gzip, br"]) {
            const head = await headOf(server.url, [`GET ${path} HTTP/${version}`, `Host: ${new URL(server.url).host}`, `Accept-Encoding: ${accepted}`, ...(via ? [`Via: ${via}`] : [])]);
            expect(head, `${path} with ${accepted}`).toMatch(/^HTTP\/1\.[01] 200 /);
            expect(head, `${path} with ${accepted}`).toMatch(/^content-encoding: (?:gzip|br)\r$/im);
          }
        }
      });
    }

    /** Other addresses of the pages, and where they lead. */
    const RENAMED: [string, string][] = [
      ["/index.html", "/"],
      ["/INDEX.HTML", "/"],
      ["/index", "/"],
      ["/index.ar.html", "/?lang=ar"],
      ["/index.html?next=/profile", "/?next=/profile"],
      ["/index.html/", "/"],
      ["/staff.html", "/staff"],
      ["/staff.html?next=/roles&lang=ar", "/staff?next=/roles&lang=ar"],
      ["/staff.ar.html", "/staff?lang=ar"],
      ["/staff.ar.html?next=/roles", "/staff?lang=ar&next=/roles"],
      ["/Staff", "/staff"],
      ["/STAFF/", "/staff"],
      ["/Staff.html/", "/staff"],
      ["/profile.html", "/profile"],
      ["/Profile", "/profile"],
      ["/addresses.html", "/addresses"],
      ["/ADDRESSES", "/addresses"],
      ["/roles.html", "/roles"],
      ["/Roles.Html", "/roles"],
    ];
    for (const [path, to] of RENAMED) {
      test(`F27: GET ${path}: leads to ${to}, also below a path of another site`, async () => {
        const { status, headers } = await send(server.url, { path });
        expect(status).toBe(308);
        expect(headers["cache-control"]).toBe("no-store");
        for (const base of [server.url, "https://www.hospital.example/portal"]) {
          expect(String(new URL(headers.location ?? "", base + path))).toBe(base + to);
        }
        const page = await send(server.url, { path: to, headers: { "accept-language": "en" } });
        expect(page.status).toBe(200);
      });
    }
    for (const path of ["/staff.html.br", "/staffs", "/staffs.html", "/staff/staff.html", "/index.html.bak", "/404.html", "/staff.zz.html", "/index.eng.html", "/profile.zz.html/"]) {
      test(`F27: GET ${path}: leads nowhere`, async () => {
        const { status, headers } = await send(server.url, { path });
        expect([200, 404]).toContain(status);
        expect(headers.location).toBeUndefined();
      });
    }

    for (const [path, body] of Object.entries(WELL_KNOWN)) {
      test(`R9: ${path}: is served from the installation's folder`, async () => {
        const response = await send(server.url, { path });
        expect(response).toMatchObject({ status: 200, body });
        expect(response.headers["content-type"]).toMatch(path.endsWith(".json") ? /^application\/json/ : /^text\/plain/);
        // nginx knows the ends of names.
        expect(response.headers["cache-control"]).toBe(kind === "nginx" && path.includes(".", "/.well-known".length) ? "no-cache" : "no-store");
      });
    }
    test("R9: /.well-known/change-password: leads to the sign-in page of staff", async () => {
      const { status, headers } = await send(server.url, { path: "/.well-known/change-password" });
      expect(status).toBe(302);
      expect(String(new URL(headers.location ?? "", `${server.url}/.well-known/change-password`))).toBe(`${server.url}/staff`);
    });
    for (const path of ["/.git/x", "/.well-known/.git/x", "/.well-known/acme-challenge/.x", "/.well-known/acme-challenge/other", "/.well-known/", "/.well-known/acme-challenge/", "/.well-known/../config.json.bak", "/staff/.well-known/security.txt", "/.env"]) {
      test(`R9: ${path}: is 404`, async () => {
        expect((await send(server.url, { path })).status).toBe(404);
      });
    }

    test("Strict-Transport-Security: is sent to a visitor who came by TLS", async () => {
      const header = async (proto: string) =>
        (await send(`${server.url}/`, { headers: { "x-forwarded-proto": proto } })).headers[
          "strict-transport-security"
        ];
      expect(await header("https")).toBe("max-age=31536000");
      // Browsers ignore it over plain http, so Caddy may send it.
      if (kind === "nginx") expect(await header("http")).toBeUndefined();
    });

    test("files: a matching ETag gives 304", async () => {
      const { headers } = await send(`${server.url}/icon.svg`);
      const again = await send(`${server.url}/icon.svg`, {
        headers: { "if-none-match": headers.etag ?? "" },
      });
      expect(again.status).toBe(304);
    });

    test("config.json: is the installation's file", async () => {
      expect((await send(`${server.url}/config.json`)).body).toBe('{"brand":{"name":"Al Noor"}}');
    });

    test("SPICE 2.0 session: the cookie passes at sign-in and is removed at logout", async () => {
      await sandbox.reset();
      const opened = await signInStaff(server, ISATU, { client: "web" });
      const authCookie = (response: Response) =>
        response.headers.getSetCookie().find((cookie) => cookie.startsWith("AuthCookie=")) ?? "";
      expect(authCookie(opened)).toMatch(/^AuthCookie=[^;].+HttpOnly/);
      const headers = { client: "web", cookie: authCookie(opened).split(";")[0]! };
      const profile = { method: "POST", headers };
      expect((await send(`${server.url}/user-service/user/profile`, profile)).status).toBe(200);
      const out = await fetch(`${server.url}/auth-service/logout`, { method: "POST", headers });
      expect(authCookie(out)).toMatch(/^AuthCookie=;/);
      expect((await send(`${server.url}/user-service/user/profile`, profile)).status).toBe(401);
    });

    test("documented calls: reach the services unchanged", async () => {
      await sandbox.reset();
      const visitor = { "x-forwarded-for": "198.51.100.1" };
      const found = await send(`${server.url}/api/customer/is_patient_exists`, {
        method: "POST",
        headers: { ...JSON_HEADERS, ...visitor },
        body: exists(ABDULLAH.phone),
      });
      expect(found).toMatchObject({ status: 200, body: "true" });
      expect(found.headers["cache-control"]).toBe("no-store");
      const patient = await send(`${server.url}/api/customer/login`, {
        method: "POST",
        headers: { ...JSON_HEADERS, ...visitor },
        body: login(ABDULLAH.phone, ABDULLAH.nationalId),
      });
      expect(patient.status).toBe(200);

      const opened = await signInStaff(server, KAVYA, { client: "spice mobile", ...visitor });
      expect(opened.status).toBe(200);
      const token = opened.headers.get("authorization") ?? "";
      expect(token).not.toBe("");
      const bearer = { client: "spice mobile", authorization: token };
      const out = await send(`${server.url}/auth-service/logout`, { headers: bearer });
      expect(out.status).toBe(200);
      expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login", "session", "logout"]);
    });

    test("access log: contains no personal data", async () => {
      await sandbox.reset();
      const visitor = { "x-forwarded-for": "198.51.100.6" };
      const post = (path: string, body: string) =>
        send(server.url + path, { method: "POST", headers: { ...JSON_HEADERS, ...visitor }, body });
      // Found, rejected, too long, and in a URL, where the portal never puts it.
      await post("/api/customer/is_patient_exists", exists(MARIA.phone));
      const { headers: answered } = await post("/api/customer/login", login(MARIA.phone, MARIA.nationalId));
      await post("/api/customer/login", login(MARIA.phone, MARIA.nationalId.repeat(900)));
      await post("/api/customer/nothing", login(MARIA.phone, MARIA.nationalId));
      await send(`${server.url}/?lang=${MARIA.nationalId}`);
      await send(`${server.url}/?phone=${MARIA.phone}&next=/profile`, {
        headers: { referer: `${server.url}/?value=${MARIA.nationalId}` },
      });
      const opened = await signInStaff(server, KAVYA, { client: "spice mobile", ...visitor });
      const token = opened.headers.get("authorization") ?? "";
      expect(token).not.toBe("");
      const bearer = { client: "spice mobile", authorization: token };
      await send(`${server.url}/auth-service/logout`, { headers: bearer });

      await expect.poll(() => server.log()).toContain("/auth-service/logout");
      const log = server.log();
      expect(log).toContain("/api/customer/login");
      // By this ID support finds the line of a person's fault.
      expect(log).toContain(String(answered["x-request-id"]));
      for (const word of [MARIA.phone, MARIA.nationalId, KAVYA.username, hash(KAVYA.password), token.replace("Bearer ", "")]) {
        expect(log.includes(word), `a word of ${word.length} letters in the log`).toBe(false);
      }
    });

    test("report of a fault: 204, and the reference in the log; all else that is sent there is refused", async () => {
      await sandbox.reset();
      const own = { "sec-fetch-site": "same-origin" };
      const report = (path: string, headers: Record<string, string> = own, method = "POST", body = "") => send(server.url, { method, path, headers, body });
      const { status, headers, body } = await report("/report/P2-SHAPE");
      expect([status, headers["cache-control"], body]).toEqual([204, "no-store", ""]);
      expect((await report("/report/P2-SHAPE", { origin: server.url })).status).toBe(204);
      for (const path of ["/report", "/report/", "/report/P2-SHAPE/x", "/report/p2-shape", "/report/P2-SHAPE?phone=0512345678", "/report/0512345678"]) {
        expect((await report(path)).status, path).not.toBe(204);
      }
      for (const foreign of [{ "sec-fetch-site": "cross-site" }, { origin: "https://elsewhere.example" }] as Record<string, string>[]) {
        expect((await report("/report/P2-SHAPE", foreign)).status).not.toBe(204);
      }
      expect((await report("/report/P2-SHAPE", own, "GET")).status).toBe(404);
      await expect.poll(() => server.log()).toMatch(/POST.*\/report\/P2-SHAPE.*204/);
      expect(await sandbox.wire()).toEqual([]);
    });

    test("health: text that says so, and an error where there is no portal to serve", async () => {
      const { status, headers, body } = await send(`${server.url}/healthz`);
      expect([status, body.trim()]).toEqual([200, "ok"]);
      expect(headers["content-type"]).toContain("text/plain");
      // Caddy looks for no file.
      if (kind === "caddy") return;
      const empty = await WebServer.start(kind, { services: sandbox.url, config, dist: config });
      try {
        expect((await send(`${empty.url}/healthz`)).status).toBe(503);
      } finally {
        await empty.stop();
      }
    });

    test("unreachable service: gives 502 or 503, and pages are still served", async () => {
      const config = mkdtempSync(join(tmpdir(), "logistration-config-"));
      const unreachable = await WebServer.start(kind, {
        services: `http://127.0.0.1:${await freePort()}`,
        config,
      });
      try {
        const response = await send(`${unreachable.url}/api/customer/is_patient_exists`, {
          method: "POST",
          headers: JSON_HEADERS,
          body: exists(ABDULLAH.phone),
        });
        expect([502, 503]).toContain(response.status);
        if (kind === "nginx") {
          expect(response.status).toBe(502);
          expect(JSON.parse(response.body)).toEqual({ message: "The service cannot be reached" });
        }
        expect(response.headers["cache-control"]).toBe("no-store");
        expect((await send(`${unreachable.url}/`)).status, "pages are there all the same").toBe(200);
      } finally {
        await unreachable.stop();
        rmSync(config, { recursive: true, force: true });
      }
    });

    test("unresponsive service: gives an error before the portal's timeout of 15 seconds", async () => {
      await sandbox.reset();
      await sandbox.faults([{ call: "session", times: 1, fault: { kind: "delay", ms: 17_000 } }, { call: "login", times: 1, fault: { kind: "delay", ms: 17_000 } }]);
      const visitor = { "x-forwarded-for": "198.51.100.5" };
      const started = Date.now();
      const statuses = await Promise.all([
        signInStaff(server, KAVYA, { client: "spice mobile", ...visitor }).then(({ status }) => status),
        send(`${server.url}/api/customer/login`, {
          method: "POST",
          headers: { ...JSON_HEADERS, ...visitor },
          body: login(MARIA.phone, MARIA.nationalId),
        }).then(({ status }) => status),
      ]);
      // Before it, looking up the name and connecting may take 3.5 seconds.
      expect(Date.now() - started).toBeLessThan(15_000 - 3_500);
      for (const status of statuses) expect([502, 503, 504]).toContain(status);
      await sandbox.reset();
    });

    if (kind === "nginx") {
      test("files: each end of a name has its type, and any other is a download", async () => {
        const types: Record<string, string> = {
          html: "text/html; charset=utf-8",
          js: "text/javascript; charset=utf-8",
          mjs: "text/javascript; charset=utf-8",
          css: "text/css; charset=utf-8",
          txt: "text/plain; charset=utf-8",
          wasm: "application/wasm",
          json: "application/json",
          map: "application/json",
          webmanifest: "application/manifest+json",
          svg: "image/svg+xml",
          png: "image/png",
          jpg: "image/jpeg",
          jpeg: "image/jpeg",
          webp: "image/webp",
          avif: "image/avif",
          ico: "image/x-icon",
          woff2: "font/woff2",
          br: "application/octet-stream",
          other: "application/octet-stream",
        };
        const dist = mkdtempSync(join(tmpdir(), "logistration-dist-"));
        for (const end of Object.keys(types)) writeFileSync(join(dist, `file.${end}`), "x");
        const other = await WebServer.start(kind, { services: sandbox.url, config, dist });
        try {
          for (const [end, type] of Object.entries(types)) {
            expect((await send(`${other.url}/file.${end}`)).headers["content-type"], end).toBe(type);
          }
        } finally {
          await other.stop();
          rmSync(dist, { recursive: true, force: true });
        }
      });

      test("files: another one of the same name is served within seconds", async () => {
        const dist = mkdtempSync(join(tmpdir(), "logistration-dist-"));
        const write = (text: string) => {
          writeFileSync(join(dist, "new"), text);
          renameSync(join(dist, "new"), join(dist, "file.txt"));
        };
        write("before");
        const other = await WebServer.start(kind, { services: sandbox.url, config, dist });
        const body = async () => (await send(`${other.url}/file.txt`)).body;
        try {
          expect(await body()).toBe("before");
          write("after");
          // By default nginx takes a minute.
          await expect.poll(body, { timeout: 30_000 }).toBe("after");
        } finally {
          await other.stop();
          rmSync(dist, { recursive: true, force: true });
        }
      });

      const post = (path: string, body: string, from: string) =>
        send(server.url + path, {
          method: "POST",
          headers: { ...JSON_HEADERS, "x-forwarded-for": from },
          body,
        });
      const tooManyRequests = (answers: HttpResponse[]) => answers.filter(({ status }) => status === 429);

      test("rate limit: one address cannot look up many phones", async () => {
        const answers: HttpResponse[] = [];
        for (let number = 0; number < 30; number++) {
          answers.push(await post("/api/customer/is_patient_exists", exists(`5000000${10 + number}`), "198.51.100.3"));
        }
        expect(answers[0]?.status).toBe(200);
        expect(tooManyRequests(answers).length).toBeGreaterThan(5);
        const [first] = tooManyRequests(answers);
        expect(first?.headers["retry-after"]).toBe("10");
        expect(first?.headers["content-type"]).toBe("application/json");
        expect(first?.headers["cache-control"]).toBe("no-store");
        // Other addresses are not affected.
        expect((await post("/api/customer/is_patient_exists", exists(MARIA.phone), "198.51.100.4")).status).toBe(200);
      });

      /** The answers to 60 look-ups of different phones, each from the address that `address` gives. */
      const lookUps = async (address: (number: number) => string) => {
        const answers: HttpResponse[] = [];
        for (let number = 0; number < 60; number++) {
          answers.push(await post("/api/customer/is_patient_exists", exists(`5${++phones}`), address(number)));
        }
        return answers;
      };
      let phones = 20_000_000;
      const hex = (number: number) => number.toString(16);

      for (const [what, address] of [
        ["one network", (number) => `2001:db8:0:1::${hex(number + 1)}`],
        ["one network, by the upper bits of its 64", (number) => `2001:db8:0:2:${hex(number * 997)}::1`],
        // A newline in a regular expression.
        ["one network with bytes of the value 10", (number) => `2001:db8:a0a:a0a:${hex(number)}:a0a:a0a:a0a`],
        ["one address with IPv4 written as IPv6", () => "::ffff:198.51.100.30"],
      ] as [string, (number: number) => string][]) {
        test(`F10: 60 look-ups from ${what}: are limited as one visitor`, async () => {
          const answers = await lookUps(address);
          expect(tooManyRequests(answers).length).toBeGreaterThan(20);
          expect(answers[0]?.status).toBe(200);
        });
      }
      for (const [what, address] of [
        ["60 networks", (number) => `2001:db8:1:${hex(number)}::1`],
        ["60 networks with bytes of the value 10", (number) => `2001:db8:a0a:${hex(number + 256)}:a0a::a`],
        ["60 addresses with IPv4 written as IPv6", (number) => `::ffff:203.0.113.${number + 101}`],
        ["60 addresses with IPv4", (number) => `192.0.2.${number}`],
      ] as [string, (number: number) => string][]) {
        test(`F10: 60 look-ups from ${what}: are not limited as one visitor`, async () => {
          expect(tooManyRequests(await lookUps(address))).toEqual([]);
        });
      }

      test("rate limit: many addresses cannot try identifiers of one phone", async () => {
        const answers: HttpResponse[] = [];
        for (let number = 0; number < 20; number++) {
          const phone = number % 2 ? "512000000" : "0512000000";
          answers.push(await post("/api/customer/login", login(phone, `10000000${10 + number}`), `203.0.113.${number}`));
        }
        expect(answers[0]?.status).not.toBe(429);
        expect(tooManyRequests(answers).length).toBeGreaterThan(5);
        expect(tooManyRequests(answers)[0]?.headers["retry-after"]).toBe("10");
        expect((await post("/api/customer/login", login(MARIA.phone, MARIA.nationalId), "203.0.113.99")).status).toBe(200);
      });

      test("rate limit: a body that hides the phone is rejected with 400", async () => {
        await sandbox.clearWire();
        for (const body of [
          '{"phoneNo":"\\u0035012345"}',
          '{"phoneNo":"1","phoneNo":"501234567"}',
          '{"type":"nationalId","value":"1\\",\\"phone\\":\\"5","phone":"501234567"}',
          '{"phone":"501234567","type":"nationalId","value":"1"}',
          "{}",
          "",
        ]) {
          for (const path of ["/api/customer/is_patient_exists", "/api/customer/login"]) {
            expect((await post(path, body, "203.0.113.100")).status, body).toBe(400);
          }
        }
        expect(await sandbox.wire()).toEqual([]);
      });

      test("rate limit: the hospital's own network has a higher limit", async () => {
        const home = await WebServer.start(kind, { services: sandbox.url, config, hospitalNetwork: true });
        try {
          const statuses = await Promise.all(
            Array.from({ length: 60 }, (_, number) =>
              send(`${home.url}/api/customer/is_patient_exists`, {
                method: "POST",
                headers: JSON_HEADERS,
                body: exists(`5100000${10 + number}`),
              }),
            ),
          );
          expect(tooManyRequests(statuses)).toEqual([]);
        } finally {
          await home.stop();
        }
      });
    }
  });
}
