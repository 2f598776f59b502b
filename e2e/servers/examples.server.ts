// The examples of deploy/ as they are delivered: what an installation gets before it has changed anything but
// names. Run by `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import { Example } from "../support/example.ts";
import { NameServer } from "../support/name_server.ts";
import { headOf, INVALID_BODIES, send } from "../support/send.ts";
import { configFolder, BROTLI, freePort, PROGRAMS, WebServer } from "../support/web_server.ts";

const deploy = resolve(dirname(fileURLToPath(import.meta.url)), "../../deploy");
const IPV6 = existsSync("/proc/net/if_inet6");

// Mozilla's Server Side TLS 6.0, "intermediate": https://ssl-config.mozilla.org/guidelines/6.0.json. Those for
// certificates of RSA; those of ECDSA have the same names but for that.
const SUITES_OF_TLS_1_2 = ["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305"];
const SUITES_OF_TLS_1_3 = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"];

test.skip(!PROGRAMS.nginx || !BROTLI, "there is no nginx with brotli here");

for (const kind of ["nginx", "container"] as const) {
  test(`deploy example: nginx accepts the configuration for ${kind}`, async () => {
    const example = await Example.prepare(kind);
    try {
      const { status, stderr } = spawnSync(PROGRAMS.nginx!, ["-t", "-e", "stderr", "-c", join(example.folder, "nginx.conf")], { encoding: "utf8" });
      expect(status, stderr).toBe(0);
    } finally {
      await example.remove();
    }
  });

  test(`R11: deploy example of ${kind}: starts where neither service nor a name server can be reached`, async () => {
    const example = await Example.prepare(kind);
    try {
      await example.start();
    } finally {
      await example.remove();
    }
  });
}

test.describe("nginx on a machine of its own", () => {
  test.describe.configure({ mode: "default" });

  let example: Example;
  let http: string;

  test.beforeAll(async () => {
    example = await Example.prepare("nginx");
    mkdirSync(join(example.folder, "webroot/.well-known/acme-challenge"), { recursive: true });
    writeFileSync(join(example.folder, "webroot/.well-known/acme-challenge/token"), "token.thumbprint");
    writeFileSync(join(example.folder, "webroot/.well-known/security.txt"), "Contact: mailto:security@hospital.example\n");
    await example.start();
    http = `http://127.0.0.1:${example.ports.http}`;
  });
  test.afterAll(() => example?.remove());

  for (const path of ["/", "/staff?lang=ar", "/?next=/profile", "/.well-known/security.txt", "//elsewhere.example/x", "/healthz"]) {
    for (const host of ["portal.hospital.example", "elsewhere.example"]) {
      test(`R10: http://${host}${path}: 308 to https at the portal's own name`, async () => {
        const { status, headers } = await send(http, { path, headers: { host } });
        expect([status, headers.location]).toEqual([308, `https://portal.hospital.example${path}`]);
      });
    }
  }

  test("R10: POST over http: 308 to https, so that nothing is answered over http", async () => {
    const path = "/auth-service/session";
    const { status, headers } = await send(http, { method: "POST", path, body: "x" });
    expect([status, headers.location]).toEqual([308, `https://portal.hospital.example${path}`]);
  });

  test("D3: query of a request over http: is in no log, whatever is wrong with the request", async () => {
    const SECRET = "0512345678";
    for (const path of ["/", "/api/customer/login", "/.well-known/acme-challenge/other"]) {
      for (const method of ["GET", "POST", "PUT"]) {
        for (const body of ["", "{}", "x".repeat(9_000), "x".repeat(2_000_000)]) {
          await send(http, { method, path: `${path}?phone=${SECRET}`, body }).catch(() => {});
        }
        for (const [header, body] of INVALID_BODIES) await headOf(http, [`${method} ${path}?phone=${SECRET} HTTP/1.1`, "Host: x", header], body).catch(() => {});
      }
    }
    await send(http, { path: "/end" });
    await expect.poll(() => example.log()).toContain("/end");
    expect(example.log()).toContain("/api/customer/login");
    expect(example.log().split("\n").filter((line) => line.includes(SECRET))).toEqual([]);
  });

  test("R9: a challenge of ACME over http: is served", async () => {
    expect(await send(`${http}/.well-known/acme-challenge/token`)).toMatchObject({ status: 200, body: "token.thumbprint" });
    expect((await send(`${http}/.well-known/acme-challenge/other`)).status).toBe(404);
  });

  test("R12: answers by IPv4 and by IPv6", async () => {
    test.skip(!IPV6, "there is no IPv6 here");
    for (const address of ["127.0.0.1", "[::1]"]) {
      expect((await send(`http://${address}:${example.ports.http}/`)).status, address).toBe(308);
    }
  });

  test("R12: without the lines for IPv6: starts, and answers by IPv4", async () => {
    const without = await Example.prepare("nginx");
    try {
      for (const name of ["server.conf", "plain-http.conf"]) without.edit([`local/${name}`, /^ *listen \[::\].*$/gm, ""]);
      await without.start();
      expect((await send(`http://127.0.0.1:${without.ports.http}/`)).status).toBe(308);
      await expect(send(`http://[::1]:${without.ports.http}/`)).rejects.toThrow();
    } finally {
      await without.remove();
    }
  });

  test("TLS: has exactly the protocols, suites and curves of Mozilla's intermediate recommendation 6.0", async () => {
    const accepted = await acceptedBy(example.ports.https);
    expect(accepted.protocols).toEqual(["TLSv1.2", "TLSv1.3"]);
    expect(accepted.suites).toEqual([...SUITES_OF_TLS_1_2, ...SUITES_OF_TLS_1_3].sort());
    expect(accepted.curves).toEqual(["X25519", "prime256v1", "secp384r1"]);
    const file = readFileSync(join(deploy, "nginx/local/server.conf"), "utf8");
    const ecdsa = SUITES_OF_TLS_1_2.map((suite) => suite.replace("RSA", "ECDSA"));
    expect(/^ssl_ciphers (.*);$/m.exec(file)?.[1]?.split(":").sort()).toEqual([...ecdsa, ...SUITES_OF_TLS_1_2].sort());
    expect(file).toMatch(/^ssl_prefer_server_ciphers off;$/m);
  });
});

/** What a server accepts: protocols, suites and curves, each tried by itself. */
async function acceptedBy(port: number, servername = "portal.hospital.example") {
  const handshake = (options: object) =>
    new Promise<boolean>((done) => {
      // Security level 0, or OpenSSL itself would refuse what is old.
      const socket = connectTls({ port, host: "127.0.0.1", servername, rejectUnauthorized: false, ciphers: "ALL:@SECLEVEL=0", ...options }, () => {
        socket.end();
        done(true);
      });
      socket.on("error", () => done(false));
    });
  const filter = async <T>(values: T[], options: (value: T) => object) => {
    const found: T[] = [];
    for (const value of values) if (await handshake(options(value))) found.push(value);
    return found;
  };
  const exactly = (version: string) => ({ minVersion: version, maxVersion: version });
  const OF_TLS_1_2 = [
    ...["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305", "AES128-SHA256", "AES256-SHA384", "AES128-SHA", "AES256-SHA"]
      .flatMap((end) => [`ECDHE-RSA-${end}`, `ECDHE-ECDSA-${end}`]),
    ...["DHE-RSA-AES128-GCM-SHA256", "DHE-RSA-AES256-GCM-SHA384", "DHE-RSA-CHACHA20-POLY1305", "DHE-RSA-AES256-SHA"],
    ...["AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA", "ECDHE-ARIA128-GCM-SHA256", "NULL-SHA256"],
  ];
  const OF_TLS_1_3 = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256"];
  return {
    protocols: await filter(["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"], exactly),
    suites: [
      ...(await filter(OF_TLS_1_2, (suite) => ({ ...exactly("TLSv1.2"), ciphers: `${suite}:@SECLEVEL=0` }))),
      ...(await filter(OF_TLS_1_3, (ciphers) => ({ ...exactly("TLSv1.3"), ciphers }))),
    ].sort(),
    curves: await filter(["X25519", "prime256v1", "secp384r1", "secp521r1", "X448"], (ecdhCurve) => ({ ecdhCurve })),
  };
}

test.describe("nginx in the container", () => {
  /** Runs a test with the container's nginx. */
  const withContainer = async (prepare: (example: Example) => void, check: (url: string, example: Example) => Promise<void>) => {
    const example = await Example.prepare("container");
    try {
      prepare(example);
      await example.start();
      await check(`http://127.0.0.1:${example.ports.http}`, example);
    } finally {
      await example.remove();
    }
  };

  test("R10: behind an Ingress that ends TLS: answers over http, without a redirect", async () => {
    await withContainer(() => {}, async (url) => {
      for (const path of ["/", "/staff", "/healthz"]) {
        const headers = { "x-forwarded-proto": "https", host: "portal.hospital.example" };
        expect((await send(url, { path, headers })).status, path).toBe(200);
      }
    });
  });

  test("R12: IPv6 in the kernel: answers by both", async () => {
    test.skip(!IPV6, "there is no IPv6 here");
    await withContainer(() => {}, async (_, { ports }) => {
      for (const address of ["127.0.0.1", "[::1]"]) {
        expect((await send(`http://${address}:${ports.http}/healthz`)).status, address).toBe(200);
      }
    });
  });

  test("R12: no IPv6 in the kernel: starts, answers by IPv4, and asks for no IPv6 addresses", async () => {
    await withContainer(
      (example) => example.edit(["start.sh", "/proc/net/if_inet6", `${example.folder}/if_inet6`]),
      async (url, { folder, ports }) => {
        expect((await send(`${url}/healthz`)).status).toBe(200);
        await expect(send(`http://[::1]:${ports.http}/healthz`)).rejects.toThrow();
        expect(readFileSync(join(folder, "start/resolver.conf"), "utf8")).toBe("resolver 127.0.0.1 valid=10s ipv6=off;\n");
      },
    );
  });

  for (const [what, text, expected] of [
    ["two name servers", "nameserver 10.96.0.10\nnameserver  192.0.2.53\n", "resolver 10.96.0.10 192.0.2.53 valid=10s ;\n"],
    ["a name server with an IPv6 address", "search x\nnameserver fd00::a\n", "resolver [fd00::a] valid=10s ;\n"],
    ["a link-local one, which nginx cannot ask, and no end of line", "nameserver fe80::1%eth0\n#nameserver 192.0.2.1\nnameserver 192.0.2.2", "resolver 192.0.2.2 valid=10s ;\n"],
    ["none", "options ndots:5\n", undefined],
  ] as const) {
    test(`R11: resolv.conf with ${what}: starts, with exactly the name servers that can be asked`, async () => {
      test.skip(!IPV6, "there is no IPv6 here");
      await withContainer(
        ({ folder }) => writeFileSync(join(folder, "resolv.conf"), text),
        async (url, { folder }) => {
          expect((await send(`${url}/healthz`)).status).toBe(200);
          const file = join(folder, "start/resolver.conf");
          expect(existsSync(file) ? readFileSync(file, "utf8") : undefined).toBe(expected);
        },
      );
    });
  }

  // The name is written once, in `proxy_pass`: it is looked up, sent as Host and by TLS, and verified.
  for (const [audience, host, name] of [
    ["staff", "spice.hospital.example", "POST /auth-service/session"],
    ["staff", "spice.hospital.example", "GET /user-service/user/validate"],
    ["patient", "middleware.hospital.example", "POST /api/customer/verify_otp"],
  ] as const) {
    for (const [what, subject, trusted, status] of [
      ["with its own certificate: gets the call", host, true, 200],
      ["with a certificate of another name: gets nothing", "elsewhere.example", true, 502],
      ["with a certificate of an authority that is not trusted: gets nothing", host, false, 502],
    ] as const) {
      test(`R11: ${name}: the ${audience} service over TLS, ${what}`, async () => {
        const folder = mkdtempSync(join(tmpdir(), "logistration-certificate-"));
        const [key, cert, other] = ["key.pem", "cert.pem", "other.pem"].map((file) => join(folder, file)) as [string, string, string];
        const certify = (subject: string, cert: string) =>
          execFileSync("openssl", [
            ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", `/CN=${subject}`, "-addext", `subjectAltName=DNS:${subject}`],
            ...["-keyout", key, "-out", cert],
          ], { stdio: "ignore" });
        certify(host, other);
        certify(subject, cert);
        const seen: (string | false | undefined)[][] = [];
        const service = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
          seen.push([`${request.method} ${request.url}`, request.headers.host, (request.socket as TLSSocket & { servername?: string | false }).servername]);
          response.end("{}");
        }).listen(0, "127.0.0.1");
        await once(service, "listening");
        const { port } = service.address() as AddressInfo;
        const names = await NameServer.start();
        names.names.set(host, ["127.0.0.1"]);
        try {
          await withContainer(
            (example) =>
              example.edit(
                [`local/${audience}-service.conf`, `${host}$call`, `${host}:${port}$$call`],
                [`local/${audience}-service.conf`, "/etc/ssl/certs/ca-certificates.crt", trusted ? cert : other],
                ["local/http.conf", /^include .*resolver.*$/m, `resolver ${names.address};`],
              ),
            async (url) => {
              const [method, path] = name.split(" ") as [string, string];
              expect((await send(url, { method, path, headers: { "content-type": "application/json" }, body: method === "POST" ? "{}" : "" })).status).toBe(status);
            },
          );
          expect(seen).toEqual(status === 200 ? [[name, `${host}:${port}`, host]] : []);
        } finally {
          service.closeAllConnections();
          service.close();
          await names.stop();
          rmSync(folder, { recursive: true, force: true });
        }
      });
    }
  }

  // A NetworkPolicy lets only the Ingress controller connect (see manifests.server.ts). It writes the visitor's
  // address last; what stands before it is the visitor's own.
  for (const [what, trusted, forwarded, counted] of [
    ["by the controller: the address that it wrote", "127.0.0.0/8", "203.0.113.5", "203.0.113.5"],
    ["by the controller, after one that the visitor wrote: the controller's", "127.0.0.0/8", "198.51.100.9, 203.0.113.5", "203.0.113.5"],
    ["by the controller, after ones of the pods' network that the visitor wrote: the controller's", "127.0.0.0/8", "198.51.100.9, 127.0.0.7, 203.0.113.5", "203.0.113.5"],
    ["by the controller, of a visitor in the pods' own network: the visitor's", "127.0.0.0/8", "198.51.100.9, 127.0.0.7", "127.0.0.7"],
    ["by another pod: that pod's own", "192.0.2.0/24", "203.0.113.5", "127.0.0.1"],
  ] as const) {
    test(`D2: X-Forwarded-For ${what}`, async () => {
      await withContainer(
        (example) => example.edit(["addresses/visitors.conf", /set_real_ip_from 10\.\S+;/, `set_real_ip_from ${trusted};`]),
        async (url, { folder }) => {
          await send(`${url}/staff`, { headers: { "x-forwarded-for": forwarded } });
          await expect.poll(() => readFileSync(join(folder, "access.log"), "utf8")).toContain(` ${counted} GET /staff.html`);
        },
      );
    });
  }

  // In a cluster with both.
  for (const [what, trusted, forwarded, counted] of [
    ["a visitor's IPv6 address: that one", "::1/128", "2001:db8::5", "2001:db8::5"],
    ["a visitor's IPv4 address, after one that the visitor wrote: the controller's", "::1/128", "2001:db8::9, 203.0.113.5", "203.0.113.5"],
    ["an address, by another pod: that pod's own", "fd00::/8", "2001:db8::5", "::1"],
  ] as const) {
    test(`D2: X-Forwarded-For over IPv6 with ${what}`, async () => {
      test.skip(!IPV6, "there is no IPv6 here");
      await withContainer(
        (example) => example.edit(["addresses/visitors.conf", /set_real_ip_from f\S+;/, `set_real_ip_from ${trusted};`]),
        async (_, { folder, ports }) => {
          await send(`http://[::1]:${ports.http}/staff`, { headers: { "x-forwarded-for": forwarded } });
          await expect.poll(() => readFileSync(join(folder, "access.log"), "utf8")).toContain(` ${counted} GET /staff.html`);
        },
      );
    });
  }
});

test.describe("Caddy on a machine of its own", () => {
  test.skip(!PROGRAMS.caddy, "there is no caddy here");
  test.describe.configure({ mode: "default" });

  let config: string;
  let caddy: WebServer;
  let ports: { http: number; https: number };

  test.beforeAll(async () => {
    config = configFolder();
    ports = { http: await freePort(), https: await freePort() };
    caddy = await WebServer.start("caddy", { services: "http://127.0.0.1:9", config, ownCertificate: ports });
  });
  test.afterAll(async () => {
    await caddy?.stop();
    if (config) rmSync(config, { recursive: true, force: true });
  });

  for (const path of ["/", "/staff?lang=ar", "/?next=/profile"]) {
    test(`R10: http://localhost${path}: 308 to https`, async () => {
      const { status, headers } = await send(`http://127.0.0.1:${ports.http}`, { path, headers: { host: "localhost" } });
      expect([status, headers.location]).toEqual([308, `https://localhost${path}`]);
    });
  }

  test("R12: answers by IPv4 and by IPv6", async () => {
    test.skip(!IPV6, "there is no IPv6 here");
    for (const address of ["127.0.0.1", "[::1]"]) {
      expect((await send(`http://${address}:${ports.http}/`, { headers: { host: "localhost" } })).status, address).toBe(308);
    }
  });

  // Its own certificate is of ECDSA.
  test("TLS: has exactly the protocols and suites of Mozilla's intermediate recommendation 6.0, and of its curves two", async () => {
    const accepted = await acceptedBy(ports.https, "localhost");
    expect(accepted.protocols).toEqual(["TLSv1.2", "TLSv1.3"]);
    const suites = [...SUITES_OF_TLS_1_2.map((suite) => suite.replace("RSA", "ECDSA")), ...SUITES_OF_TLS_1_3];
    expect(accepted.suites).toEqual(suites.sort());
    expect(accepted.curves).toEqual(["X25519", "prime256v1"]);
  });
});
