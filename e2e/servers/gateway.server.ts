// What the servers of deploy/ let through to both services, and what they take off on the way. The service
// is the test's own: it records its requests. Run by `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { RecordingService } from "../support/recording_service.ts";
import { headOf, INVALID_BODIES, send } from "../support/send.ts";
import { call, PATIENT_CALLS, STAFF_CALLS } from "../support/service_calls.ts";
import { configFolder, endWithThisProcess, freePort, WebServer, type WebServerKind, PROGRAMS } from "../support/web_server.ts";

const docs = resolve(dirname(fileURLToPath(import.meta.url)), "../../docs");

/** The portal's origins in these tests. The server's own URL, and with it `Host`, is not among them. */
const OWN = "https://portal.hospital.example";
const ALSO_OWN = "https://sign-in.hospital.example";
const FOREIGN = "https://elsewhere.example";

const OTHER_CALLS = [
  "GET /api/customer/login",
  "PUT /api/customer/login",
  "HEAD /api/customer/verify_otp",
  "OPTIONS /api/customer/resend_otp",
  "POST /api/customer/is_patient_exists?phoneNo=500000000",
  "POST /api/customer/verify_otp?x",
  "POST /api/customer/login/",
  "GET /api/customer/logout",
  "PUT /api/customer/logout",
  "POST /api/customer/logout?all",
  "POST /api/customer/all",
  "GET /auth-service/session",
  "OPTIONS /auth-service/session",
  "POST /auth-service/session?username=x",
  "POST /auth-service/sessio%6e",
  "POST /auth-service//session",
  "POST /auth-service/x/../session",
  "POST /auth-service/session/",
  "PUT /auth-service/logout",
  "HEAD /auth-service/logout",
  "POST /user-service/user/validate",
  "HEAD /user-service/user/validate",
  "PUT /user-service/user/profile",
  "PATCH /user-service/user/profile",
  "DELETE /user-service/user/profile",
  "HEAD /user-service/user/profile",
  "GET /user-service/user/profile?id=1",
  "GET /user-service/user/profile/1",
  "GET /user-service/user/forgot-password/x/y",
  "POST /user-service/user",
  "GET /auth-service",
];
/** Other spellings of a call, and calls with a query: the service would get what the client wrote. */
const OTHER_SPELLINGS = [
  "POST /api/customer/%2e%2e/customer/login",
  "POST /api/customer/x%2f..%2flogin",
  "POST /api/customer%2flogin",
  "POST /api/customer/login?",
  "POST /api/customer/login;x=1",
  "POST /auth-service/%2e%2e/auth-service/session",
  "POST /auth-service/..%2fauth-service/session",
  "POST /auth-service%2fsession",
  "POST /auth-service/session?",
  "POST /auth-service/session;jsessionid=1",
  "POST /AUTH-SERVICE/session",
  "GET /user-service/user/%2e%2e/user/profile",
  "GET /user-service/user/profile?",
  "GET /user-service/user%2fprofile",
];
/** Headers from which a service could take another address, method, body or visitor. */
const OVERRIDES = {
  "x-original-url": "/user-service/user/all",
  "x-rewrite-url": "/user-service/user/all",
  "x-original-uri": "/user-service/user/all",
  "x-forwarded-prefix": "/admin",
  "x-forwarded-host": "elsewhere.example",
  "x-http-method-override": "DELETE",
  "x-http-method": "DELETE",
  "x-method-override": "DELETE",
  "x-real-ip": "192.0.2.1",
  "x-client-ip": "192.0.2.1",
  "true-client-ip": "192.0.2.1",
  "client-ip": "192.0.2.1",
  "cf-connecting-ip": "192.0.2.1",
  "cf-connecting-ipv6": "2001:db8::1",
  "fastly-client-ip": "192.0.2.1",
  "http-method-override": "DELETE",
  "base-url": "/user-service/user/all",
  "request-uri": "/user-service/user/all",
  forwarded: "for=192.0.2.1;host=elsewhere.example",
};

type Headers = Record<string, string>;

for (const kind of ["nginx", "caddy"] as WebServerKind[]) {
  test.describe(`gateway of ${kind}`, () => {
    test.skip(!PROGRAMS[kind], `there is no ${kind} here`);
    // All tests share one server.
    test.describe.configure({ mode: "default" });

    let service: RecordingService;
    let config: string;
    let server: WebServer;

    test.beforeAll(async () => {
      service = await RecordingService.start();
      config = configFolder();
      server = await WebServer.start(kind, { services: service.url, config, ownOrigins: [OWN, ALSO_OWN] });
    });
    test.beforeEach(() => service.reset());
    test.afterAll(async () => {
      await server?.stop();
      await service?.stop();
      if (config) rmSync(config, { recursive: true, force: true });
    });

    for (const name of [...PATIENT_CALLS, ...STAFF_CALLS]) {
      test(`${name}: reaches the service`, async () => {
        expect((await call(server.url, name)).status).toBe(200);
        expect(service.take().map(({ call }) => call)).toEqual([name]);
      });
    }

    for (const name of OTHER_CALLS) {
      test(`${name}: is answered with 404, without the service`, async () => {
        const response = await call(server.url, name);
        expect(response.status).toBe(404);
        expect(response.headers["cache-control"]).toBe("no-store");
        expect(service.take()).toEqual([]);
        // To Caddy the name of a service without a path is a page.
        if (!name.startsWith("HEAD ") && (kind === "nginx" || name !== "GET /auth-service")) {
          expect(response.headers["content-type"]).toContain("application/json");
          expect(JSON.parse(response.body)).toEqual({ message: "There is no such call" });
        }
      });
    }

    for (const name of OTHER_SPELLINGS) {
      test(`D1: ${name}: is refused, without the service`, async () => {
        const { status } = await call(server.url, name);
        expect([400, 404, 405]).toContain(status);
        expect(service.take()).toEqual([]);
      });
    }

    for (const name of [...PATIENT_CALLS, ...STAFF_CALLS]) {
      test(`D1: ${name} with headers that name another address, method or visitor: the service gets none of them`, async () => {
        expect((await call(server.url, name, OVERRIDES)).status).toBe(200);
        const [received] = service.take();
        expect(received?.call).toBe(name);
        for (const [header, value] of Object.entries(OVERRIDES)) {
          // Caddy writes X-Forwarded-Host itself.
          expect(received?.headers[header], header).not.toBe(value);
        }
        expect(String(received?.headers["x-forwarded-for"])).toMatch(/^[0-9.]+$/);
      });
    }

    test("D1: headers of a call: the service gets those that the portal and its browser send", async () => {
      const browser = { "accept-language": "ar", "user-agent": "a browser", "sec-fetch-site": "same-origin" };
      const staff = { client: "spice mobile", authorization: "Bearer x", tenantid: "4", "content-type": "multipart/form-data; boundary=x" };
      for (const [calls, sent] of [
        [STAFF_CALLS, { ...browser, ...staff, accept: "*/*" }],
        // An application in front of the patient service decides by them.
        [PATIENT_CALLS, { ...browser, accept: "application/json", origin: OWN }],
      ] as [string[], Headers][]) {
        for (const name of calls) {
          await call(server.url, name, sent);
          expect(service.take()[0]?.headers, name).toMatchObject(sent);
        }
      }
      // Those of the services' documents.
      const passed = readFileSync(join(docs, "../deploy/nginx/call.conf"), "utf8").toLowerCase();
      for (const document of ["patient", "staff"]) {
        const text = readFileSync(join(docs, `openapi/${document}.yaml`), "utf8");
        const names = [...text.matchAll(/name: (\S+)\n +in: header/g)].map(([, name]) => name!.toLowerCase());
        expect(names.length, document).toBeGreaterThan(0);
        for (const name of names) expect(passed, document).toContain(`proxy_set_header ${name} `);
      }
    });

    test("headers of a call: the service gets its own name, the visitor's address and scheme, and HTTP/1.1", async () => {
      for (const name of [...PATIENT_CALLS, ...STAFF_CALLS]) {
        for (const scheme of ["http", "https"]) {
          await call(server.url, name, { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": scheme });
          const [received] = service.take();
          expect(received?.httpVersion, name).toBe("1.1");
          // From nginx to itself.
          expect(received?.headers, name).not.toHaveProperty("x-phone");
          expect(received?.headers, name).toMatchObject({
            host: new URL(service.url).host,
            // Caddy is given no proxy whose word it takes.
            ...(kind === "nginx"
              ? { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": scheme }
              : { "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http" }),
          });
        }
      }
    });

    test("headers of a response: the service's CORS, caching and software headers are removed", async () => {
      service.response.headers = {
        "access-control-allow-origin": "*",
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "authorization",
        "cache-control": "public, max-age=60",
        "content-encoding": "identity",
        expires: "Thu, 01 Dec 2094 16:00:00 GMT",
        server: "Tomcat/9.0",
        "x-powered-by": "Express",
      };
      for (const name of [...PATIENT_CALLS, ...STAFF_CALLS]) {
        const { headers } = await call(server.url, name);
        expect(headers["content-encoding"], "others pass").toBe("identity");
        expect(headers["cache-control"], name).toBe("no-store");
        for (const header of ["access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers", "expires", "x-powered-by"]) {
          expect(headers[header], `${header} of ${name}`).toBeUndefined();
        }
        expect(headers.server, name).toBe(kind === "nginx" ? "nginx" : undefined);
      }
    });

    test("response of a service: is not compressed", async () => {
      service.response.body = JSON.stringify("x".repeat(10_000));
      for (const name of [...PATIENT_CALLS, ...STAFF_CALLS]) {
        const { headers, body } = await call(server.url, name, { "accept-encoding": "gzip, br" });
        expect(headers["content-encoding"], name).toBeUndefined();
        expect(body.length, name).toBe(10_002);
      }
    });

    // A message about a limit, the size of a body or a service that fails would write the query into the log.
    test("D3: query of a call or a page: is in no log, whatever is wrong with the request", async () => {
      const gone = await WebServer.start(kind, { services: "http://127.0.0.1:9", config });
      const SECRET = "0512345678";
      const big = "x".repeat(9_000);
      const post = (path: string, body: string, method = "POST") =>
        send(gone.url, { method, path, headers: { "content-type": "application/json", "x-forwarded-for": "198.51.100.77" }, body });
      try {
        for (let number = 0; number < 30; number++) {
          await post(`/api/customer/is_patient_exists?phoneNo=${SECRET}`, JSON.stringify({ phoneNo: "512345679" }));
          await post("/api/customer/is_patient_exists", JSON.stringify({ phoneNo: "512345679" }));
        }
        for (const path of ["/api/customer/login", "/auth-service/session", "/user-service/user/validate", "/", "/staff", "/config.json", "/nowhere.json", "/nowhere"]) {
          for (const method of ["POST", "GET", "PUT"]) {
            await post(`${path}?phone=${SECRET}`, big, method).catch(() => {});
            await post(`${path}?phone=${SECRET}`, "{}", method);
            await post(`${path}?phone=${SECRET}`, "", method);
            for (const [header, body] of INVALID_BODIES) {
              await headOf(gone.url, [`${method} ${path}?phone=${SECRET} HTTP/1.1`, `Host: ${new URL(gone.url).host}`, header], body).catch(() => {});
            }
          }
        }
        await post("/api/customer/login", big);
        await post("/end", "");
        await expect.poll(() => gone.log()).toContain("/end");
        const log = gone.log();
        expect(log).toContain("/api/customer/login");
        expect(log.split("\n").filter((line) => line.includes(SECRET))).toEqual([]);
      } finally {
        await gone.stop();
      }
    });

    test("Logistration-Gateway: once with pages, files, calls, refusals and errors", async () => {
      const responses = {
        page: await send(server.url, { path: "/" }),
        missing: await send(server.url, { path: "/there-is-none.js" }),
        config: await send(server.url, { path: "/config.json" }),
        call: await call(server.url, "POST /auth-service/session"),
        refusal: await call(server.url, "POST /auth-service/session", { origin: FOREIGN }),
        unknown: await call(server.url, "GET /auth-service"),
      };
      const statuses = Object.values(responses).map(({ status }) => status);
      expect(statuses).toEqual([200, 404, 200, 200, 403, 404]);
      for (const [name, { headers }] of Object.entries(responses)) {
        expect(headers["logistration-gateway"], name).toBe("3");
      }
    });

    /** Sec-Fetch-Site and Origin of staff calls. */
    const CALLERS: { name: string; site?: string; origin?: string; passes: boolean }[] = [
      { name: "of the portal", site: "same-origin", origin: OWN, passes: true },
      { name: "of the portal at an address that is not listed", site: "same-origin", origin: FOREIGN, passes: true },
      { name: "of the portal by GET, which has no Origin", site: "same-origin", passes: true },
      { name: "without Sec-Fetch-Site from the portal's origin", origin: OWN, passes: true },
      { name: "without Sec-Fetch-Site from the portal's second origin", origin: ALSO_OWN, passes: true },
      { name: "without Sec-Fetch-Site and Origin", passes: true },
      { name: "of another site", site: "cross-site", origin: FOREIGN, passes: false },
      { name: "of another site by GET, which has no Origin", site: "cross-site", passes: false },
      { name: "of another site with the portal's origin", site: "cross-site", origin: OWN, passes: false },
      { name: "of another host of the same site", site: "same-site", origin: "https://www.hospital.example", passes: false },
      { name: "of a typed address", site: "none", passes: false },
      { name: "without Sec-Fetch-Site from another origin", origin: FOREIGN, passes: false },
      { name: "without Sec-Fetch-Site from an origin that begins like the portal's", origin: `${OWN}.elsewhere.example`, passes: false },
      { name: "without Sec-Fetch-Site from an opaque origin", origin: "null", passes: false },
      { name: "without Sec-Fetch-Site from the origin that Host names", origin: "Host", passes: false },
    ];
    for (const { name, site, origin, passes } of CALLERS) {
      test(`staff call ${name}: ${passes ? "passes, without its Origin" : "is refused with 403, without the service"}`, async () => {
        const headers = {
          ...(site && { "sec-fetch-site": site }),
          ...(origin && { origin: origin === "Host" ? server.url : origin }),
        };
        for (const staffCall of STAFF_CALLS) {
          const response = await call(server.url, staffCall, headers);
          const received = service.take();
          if (passes) {
            expect(response.status, staffCall).toBe(200);
            expect(received.map(({ call }) => call)).toEqual([staffCall]);
            expect(received[0]?.headers.origin, staffCall).toBeUndefined();
          } else {
            expect(response.status, staffCall).toBe(403);
            expect(response.headers["content-type"], staffCall).toContain("application/json");
            expect(response.headers["cache-control"], staffCall).toBe("no-store");
            expect(JSON.parse(response.body)).toEqual({ message: "Calls from other sites are refused" });
            expect(received, staffCall).toEqual([]);
          }
        }
      });
    }

    const COOKIES = ["AuthCookie=x; Path=/; HttpOnly", "JSESSIONID=y; Path=/"];

    test("cookies: pass on staff calls in both directions", async () => {
      service.response.headers = { "set-cookie": COOKIES };
      for (const name of STAFF_CALLS) {
        const response = await call(server.url, name, { cookie: "AuthCookie=x" });
        expect(response.headers["set-cookie"], name).toEqual(COOKIES);
        expect(service.take()[0]?.headers.cookie, name).toBe("AuthCookie=x");
      }
    });

    test("cookies: are removed from patient calls in both directions", async () => {
      service.response.headers = { "set-cookie": COOKIES };
      for (const name of PATIENT_CALLS) {
        const response = await call(server.url, name, { cookie: "AuthCookie=x" });
        expect(response.status, name).toBe(200);
        expect(response.headers["set-cookie"], name).toBeUndefined();
        const [received] = service.take();
        expect(received?.call).toBe(name);
        expect(received?.headers.cookie, name).toBeUndefined();
      }
    });

    test("commented line for the cookies of patient calls, when in effect: they pass in both directions", async () => {
      const withCookies = await WebServer.start(kind, { services: service.url, config, patientCookies: true });
      service.response.headers = { "set-cookie": COOKIES };
      try {
        for (const name of PATIENT_CALLS) {
          const response = await call(withCookies.url, name, { cookie: "session=x" });
          expect(response.status, name).toBe(200);
          expect(response.headers["set-cookie"], name).toEqual(COOKIES);
          const [received] = service.take();
          expect(received?.call).toBe(name);
          expect(received?.headers.cookie, name).toBe("session=x");
        }
      } finally {
        await withCookies.stop();
      }
    });

    test("WWW-Authenticate of a service: is removed, and the status is kept", async () => {
      service.response = { status: 401, headers: { "www-authenticate": 'Basic realm="service"' } };
      for (const name of [...PATIENT_CALLS, ...STAFF_CALLS]) {
        const response = await call(server.url, name);
        expect(response.status, name).toBe(401);
        expect(response.headers["www-authenticate"], name).toBeUndefined();
        expect(service.take(), name).toHaveLength(1);
      }
    });

    test("ID of a request: is the gateway's own, never the client's or the service's, and the same upstream and in the response", async () => {
      const ids = new Set<string>();
      for (const name of [...PATIENT_CALLS, ...STAFF_CALLS]) {
        service.response.headers = { "x-request-id": "of-the-service" };
        const response = await call(server.url, name, { "x-request-id": "of-the-client" });
        const [received] = service.take();
        const id = String(received?.headers["x-request-id"]);
        expect(id, name).toMatch(/^[0-9a-f-]{32,36}$/);
        expect(response.headers["x-request-id"], name).toBe(id);
        ids.add(id);
      }
      expect(ids.size).toBe(PATIENT_CALLS.length + STAFF_CALLS.length);
    });

    test("ID of a request: is in the response where the service cannot be reached, and not in pages", async () => {
      const gone = await WebServer.start(kind, { services: "http://127.0.0.1:9", config });
      try {
        for (const name of ["POST /api/customer/login", "POST /auth-service/session"]) {
          const response = await call(gone.url, name);
          expect([502, 503], name).toContain(response.status);
          expect(response.headers["x-request-id"], name).toMatch(/^[0-9a-f-]{32,36}$/);
          if (kind === "caddy") continue;
          expect(response.headers["content-type"], name).toBe("application/json");
          expect(JSON.parse(response.body), name).toEqual({ message: "The service cannot be reached" });
        }
        expect((await send(gone.url, { method: "GET", path: "/", headers: {} })).headers["x-request-id"]).toBeUndefined();
      } finally {
        await gone.stop();
      }
    });

    for (const length of [9_000, 15_000, 31_000]) {
      test(`F6: token of ${length} characters: passes from the service and back to it`, async () => {
        const authorization = `Bearer ${"t".repeat(length)}`;
        service.response.headers = { authorization };
        const opened = await call(server.url, "POST /auth-service/session");
        expect(opened.status).toBe(200);
        expect(opened.headers.authorization === authorization, "the token at sign-in").toBe(true);
        service.reset();
        for (const name of ["POST /auth-service/logout", "GET /user-service/user/validate", "GET /user-service/user/profile"]) {
          expect((await call(server.url, name, { authorization })).status, name).toBe(200);
          expect(service.take()[0]?.headers.authorization === authorization, `the token at ${name}`).toBe(true);
        }
      });

      test(`F6: cookie of ${length} characters: passes from the service and back to it`, async () => {
        const cookie = `AuthCookie=${"c".repeat(length)}`;
        service.response.headers = { "set-cookie": cookie };
        const opened = await call(server.url, "POST /auth-service/session");
        expect(opened.status).toBe(200);
        expect(opened.headers["set-cookie"]?.[0] === cookie, "the cookie at sign-in").toBe(true);
        service.reset();
        expect((await call(server.url, "POST /user-service/user/profile", { cookie })).status).toBe(200);
        expect(service.take()[0]?.headers.cookie === cookie, "the cookie at the profile").toBe(true);
      });
    }

    test("F6: request header of 60,000 characters: is rejected, without the service", async () => {
      const { status } = await call(server.url, "POST /auth-service/logout", { authorization: "t".repeat(60_000) });
      expect([400, 431]).toContain(status);
      expect(service.take()).toEqual([]);
    });

    test("R3: commented line for the cookie's domain, when in effect: a cookie has no domain, and keeps its other attributes", async () => {
      const hostOnly = await WebServer.start(kind, { services: service.url, config, hostOnlyCookies: true });
      const others = ["Path=/", "Max-Age=7200", "Secure", "HttpOnly", "SameSite=Strict"];
      service.response.headers = {
        "set-cookie": [["AuthCookie=x", "Path=/", "Domain=spice.example", ...others.slice(1)].join("; "), "JSESSIONID=y; domain=.spice.example"],
      };
      try {
        const cookies = (await call(hostOnly.url, "POST /auth-service/session")).headers["set-cookie"] ?? [];
        // Browsers ignore a domain without a value: RFC 6265, 5.2.3.
        const attributes = cookies.map((cookie) => cookie.split("; ").filter((attribute) => !/^domain=$/i.test(attribute)));
        expect(attributes).toEqual([["AuthCookie=x", ...others], ["JSESSIONID=y"]]);
      } finally {
        await hostOnly.stop();
      }
    });

    if (kind === "nginx") {
      test("pages and files: are only read, and without a body", async () => {
        for (const path of ["/", "/staff", "/config.json", "/icon.svg"]) {
          for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "GET"]) {
            const response = await send(server.url, { method, path, body: "x" });
            expect(response.status, `${method} ${path}`).toBe(405);
            expect(JSON.parse(response.body)).toEqual({ message: "There is no such call" });
          }
          for (const method of ["GET", "HEAD"]) expect((await send(server.url, { method, path })).status, `${method} ${path}`).toBe(200);
        }
      });

      test("the second server: answers calls only that the first one has passed on", async () => {
        const second = `http://127.0.0.1:${/server 127\.0\.0\.1:(\d+);/.exec(server.read("nginx.conf"))![1]}`;
        const passedOn = { "x-phone": "500000000" };
        for (const name of ["GET /", "POST /api/customer/all", "GET /api/customer/login"]) {
          expect((await call(second, name, passedOn)).status, name).toBe(404);
        }
        expect((await call(second, "POST /api/customer/login")).status).toBe(400);
        expect(service.take()).toEqual([]);
      });

      test("access log: has one line of each call, and none of a health check", async () => {
        const lines = () => server.log().split("\n").filter((line) => line.includes(" POST /api/customer/is_patient_exists "));
        const before = lines().length;
        const { headers } = await call(server.url, "POST /api/customer/is_patient_exists");
        await send(`${server.url}/healthz`);
        await call(server.url, "POST /auth-service/end-of-this-test");
        await expect.poll(() => server.log()).toContain("/end-of-this-test");
        const [line, ...others] = lines().slice(before);
        expect(line).toContain(String(headers["x-request-id"]));
        expect(others).toEqual([]);
        expect(server.log()).not.toContain("healthz");
      });
    } else {
      test("Caddy's own port for changes of its configuration: is closed", async () => {
        const config = await fetch("http://127.0.0.1:2019/config/").then((response) => response.text(), () => "");
        // Another Caddy of this machine may have it open.
        expect(config).not.toContain(new URL(server.url).port);
      });
    }

    test.describe("in a folder of a site behind another nginx, which rewrites Host", () => {
      test.skip(!PROGRAMS.nginx, "there is no nginx here");

      let site: Site;
      let gateway: WebServer | undefined;
      // The site's configuration that operators are shown.
      const shown = readFileSync(join(docs, "../examples/folder-of-a-site/site.conf"), "utf8");

      test.beforeAll(async () => {
        expect(shown).toContain("http://portal.internal/");
        const port = await freePort();
        gateway = await WebServer.start(kind, { services: service.url, config, ownOrigins: [`http://127.0.0.1:${port}`] });
        site = await Site.start(port, shown.replace("http://portal.internal/", `${gateway.url}/`));
      });
      test.afterAll(async () => {
        await site?.stop();
        await gateway?.stop();
      });

      const inFolder = (name: string) => name.replace(" /", " /portal/");

      test("staff calls of the site's origin: pass, with and without Sec-Fetch-Site", async () => {
        for (const name of STAFF_CALLS) {
          const callers: Headers[] = [{ origin: site.url, "sec-fetch-site": "same-origin" }, { origin: site.url }, {}];
          for (const headers of callers) {
            expect((await call(site.url, inFolder(name), headers)).status, name).toBe(200);
            const received = service.take();
            expect(received.map(({ call }) => call)).toEqual([name]);
            expect(received[0]?.headers.origin).toBeUndefined();
          }
        }
      });

      test("staff calls of other origins: are refused with 403, without the service", async () => {
        // The last is the origin of the rewritten Host.
        const callers: Headers[] = [{ origin: FOREIGN, "sec-fetch-site": "cross-site" }, { origin: FOREIGN }, { origin: gateway!.url }];
        for (const name of STAFF_CALLS) {
          for (const headers of callers) {
            expect((await call(site.url, inFolder(name), headers)).status, name).toBe(403);
          }
        }
        expect(service.take()).toEqual([]);
      });

      for (const length of [5_000, 15_000, 31_000]) {
        const authorization = `Bearer ${"t".repeat(length)}`;

        test(`R14: token of ${length} characters: passes from the service and back to it`, async () => {
          service.response.headers = { authorization };
          const opened = await call(site.url, "POST /portal/auth-service/session");
          expect(opened.status).toBe(200);
          expect(opened.headers.authorization === authorization).toBe(true);
          expect((await call(site.url, "POST /portal/auth-service/logout", { authorization })).status).toBe(200);
          expect(service.take()[1]?.headers.authorization === authorization).toBe(true);
        });

        test(`R14: token of ${length} characters without the sizes that docs/operations.md shows: gives 502, as its table of the log says`, async () => {
          const without = shown.replace(/^ *(?:large_client_header_buffers|proxy_buffers|proxy_buffer_size) .*$/gm, "");
          const small = await Site.start(await freePort(), without.replace("http://portal.internal/", `${gateway!.url}/`));
          service.response.headers = { authorization };
          try {
            expect((await call(small.url, "POST /portal/auth-service/session")).status).toBe(502);
          } finally {
            await small.stop();
          }
        });
      }
    });
  });
}

/** Another nginx in front, with a configuration of its own for its server. */
class Site {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly nginx: ChildProcess,
  ) {}

  static async start(port: number, configuration: string): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), "logistration-site-"));
    const scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    writeFileSync(
      join(folder, "nginx.conf"),
      `daemon off;
      pid ${folder}/pid;
      error_log stderr crit;
      ${process.getuid?.() === 0 ? "user root;" : ""}
      events {}
      http {
        access_log off;
        ${scratch.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n")}
        server {
          listen 127.0.0.1:${port};
          ${configuration}
        }
      }`,
    );
    const nginx = spawn(PROGRAMS.nginx!, ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    endWithThisProcess(nginx);
    const site = new Site(`http://127.0.0.1:${port}`, folder, nginx);
    await expect.poll(() => fetch(`${site.url}/portal/healthz`).then(({ status }) => status, () => 0)).toBe(200);
    return site;
  }

  async stop(): Promise<void> {
    if (this.nginx.exitCode === null) {
      const ended = once(this.nginx, "exit");
      this.nginx.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
