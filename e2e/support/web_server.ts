// The servers of deploy/, each in front of the sandbox or a test's own service. Only the settings of an
// installation are written here; the rest is the configuration of deploy/, byte for byte, but for the port of
// nginx's second server, for journeys one other number (see `noPhoneLimit`), and the type of the program where a test
// says so.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
/** The folder of the built portal. */
export const DIST = resolve(here, "../../dist");
/** The folder of the configurations; another where one of their lines is taken out, see servers/lines.deletions.ts. */
export const DEPLOY = process.env.LOGISTRATION_DEPLOY ?? resolve(here, "../../deploy");

export type WebServerKind = "nginx" | "caddy";

/** The servers installed on this machine, with the paths of their programs; set by `cargo xtask test`. */
export const PROGRAMS: Record<WebServerKind, string | undefined> = {
  nginx: process.env.LOGISTRATION_NGINX,
  caddy: process.env.LOGISTRATION_CADDY,
};

/** The path of nginx's brotli module; without it nginx serves gzip. */
export const BROTLI = process.env.LOGISTRATION_NGINX_BROTLI;

/** More than one, so that the tests show that workers share the counters. */
const WORKERS = 2;

export interface WebServerOptions {
  /** The URL of both services. */
  services: string;
  /** The URL of the staff service, where it is another. */
  staffService?: string;
  /** The address and port of the name server, for nginx with its options; by default there is none. */
  nameServer?: string;
  /** The folder with `.well-known/`. */
  webroot?: string;
  /** The folder with `config.json`. */
  config: string;
  /** Whether this machine counts as the hospital's own network, with a higher limit. */
  hospitalNetwork?: boolean;
  /** Whether the limit by phone is lifted, for many journeys with the same few people. */
  noPhoneLimit?: boolean;
  /** The portal's own origins; by default the server's URL. */
  ownOrigins?: string[];
  /** Whether the commented line that takes the domain off the staff service's cookies is in effect. */
  hostOnlyCookies?: boolean;
  /** Whether the commented line that lets cookies pass on patient calls is in effect. */
  patientCookies?: boolean;
  /** The languages for browsers that list none of the portal's. */
  languages?: { patient: string; staff: string };
  /** Caddy's own ports where it has a certificate, for localhost, of an authority of its own. */
  ownCertificate?: { http: number; https: number };
  /** The type of the program, in place of `application/wasm`; empty for none. */
  programType?: string;
  /** The portal to serve. */
  dist?: string;
  /** The folder of the configurations. */
  deploy?: string;
}

/** A web server in front of both services. */
export class WebServer {
  private output = "";

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(kind: WebServerKind, behind: WebServerOptions): Promise<WebServer> {
    const program = PROGRAMS[kind];
    const headers = process.env.LOGISTRATION_HEADERS;
    if (!program || !headers) {
      throw new Error(`there is no ${kind} here: run \`cargo xtask test --only servers\``);
    }
    const folder = mkdtempSync(join(tmpdir(), `logistration-${kind}-`));
    const port = behind.ownCertificate?.http ?? (await freePort());
    const url = `http://127.0.0.1:${port}`;
    const args =
      kind === "nginx"
        ? await nginx(folder, headers, port, behind)
        : caddy(folder, headers, behind);
    const child = spawn(program, args, {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        PORTAL_SITE: behind.ownCertificate ? "localhost" : url,
        PORTAL_DIST: behind.dist ?? DIST,
        PORTAL_CONFIG: behind.config,
        PORTAL_WEBROOT: behind.webroot ?? behind.config,
        PORTAL_ORIGINS: (behind.ownOrigins ?? [url]).join(" "),
        PATIENT_SERVICE: behind.services,
        STAFF_SERVICE: behind.staffService ?? behind.services,
        ...(behind.languages && {
          PATIENT_LANGUAGE: behind.languages.patient,
          STAFF_LANGUAGE: behind.languages.staff,
        }),
      },
    });
    endWithThisProcess(child);
    const server = new WebServer(url, child, folder);
    child.stderr?.on("data", (data) => (server.output += data));
    for (let attempts = 0; ; attempts++) {
      const response = await fetch(`${url}/healthz`, { redirect: "manual" }).catch(() => undefined);
      // Whatever it answers: a server without its health check has started, too.
      if (response) return server;
      if (attempts === 100 || child.exitCode !== null) {
        await server.stop();
        throw new Error(`${kind} did not start:\n${server.output}`);
      }
      await new Promise((next) => setTimeout(next, 100));
    }
  }

  /** The process's ID. */
  get pid(): number {
    return this.child.pid!;
  }

  /** A file of its configuration, as it has been started with. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** All of its output and its access log so far. */
  log(): string {
    const file = join(this.folder, "access.log");
    return this.output + (existsSync(file) ? readFileSync(file, "utf8") : "");
  }

  /** Reloads nginx, as after a release: until then it may serve files that it has open. */
  async reload(): Promise<void> {
    let left = WORKERS;
    const anew = new Promise<void>((done) =>
      this.child.stderr?.on("data", (data) => {
        left -= String(data).match(/worker process \d+ exited/g)?.length ?? 0;
        if (left <= 0) done();
      }),
    );
    this.child.kill("SIGHUP");
    await anew;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, "exit");
      this.child.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Ends a program when this process ends. */
export function endWithThisProcess(child: ChildProcess): void {
  const end = () => child.kill();
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
}

/** A new folder with a `config.json`. */
export function configFolder(config = "{}"): string {
  const folder = mkdtempSync(join(tmpdir(), "logistration-config-"));
  writeFileSync(join(folder, "config.json"), config);
  return folder;
}

/** A port without a listener. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function nginx(folder: string, headers: string, port: number, behind: WebServerOptions): Promise<string[]> {
  const { deploy = DEPLOY } = behind;
  const local = (name: string, text: string) => writeFileSync(join(folder, "local", name), text);
  let config = readFileSync(join(deploy, "nginx/nginx.conf"), "utf8");
  if (behind.programType !== undefined) {
    // nginx sends no type where the name has none and the default is empty.
    const location = "location ~ \\.wasm$ { types {} default_type TYPE; try_files $uri =404; }";
    config = config.replace("location / {", () => `${location.replace("TYPE", `"${behind.programType}"`)}\n location / {`);
  }
  // A high limit, not none: the limit's location also rejects bodies that are not the portal's.
  const rate = behind.noPhoneLimit ? "rate=6000r/m" : "rate=6r/m";
  const byPhone = `127.0.0.1:${await freePort()}`;
  writeFileSync(join(folder, "nginx.conf"), config.replace("rate=6r/m", rate).replaceAll("127.0.0.1:8079", byPhone));
  for (const name of ["call.conf", "visitor.conf"]) cpSync(join(deploy, "nginx", name), join(folder, name));
  cpSync(join(headers, "headers.nginx.conf"), join(folder, "headers.nginx.conf"));
  mkdirSync(join(folder, "local"));
  const root = process.getuid?.() === 0;
  local(
    "main.conf",
    `${BROTLI && existsSync(BROTLI) ? `load_module ${BROTLI};` : ""}
    ${root ? "user root;" : ""}
    daemon off;
    worker_processes ${WORKERS};
    pid ${folder}/pid;
    error_log stderr notice;`,
  );
  const scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  local(
    "http.conf",
    `${BROTLI ? "brotli_static on;" : ""}
    access_log ${folder}/access.log plain;
    ${scratch.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n")}
    # So that a test can be several visitors.
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Forwarded-For;
    ${behind.nameServer ? `resolver ${behind.nameServer};` : ""}`,
  );
  local(
    "server.conf",
    `listen 127.0.0.1:${port};
    root ${behind.dist ?? DIST};
    location = /config.json { root ${behind.config}; open_file_cache off; }`,
  );
  local("plain-http.conf", "");
  local("webroot.conf", `root ${behind.webroot ?? behind.config};`);
  const languages = readFileSync(join(deploy, "nginx/local/languages.conf"), "utf8");
  local(
    "languages.conf",
    behind.languages
      ? languages.replace("$ en;", `$ ${behind.languages.staff};`).replace("default en;", `default ${behind.languages.patient};`)
      : languages,
  );
  local("own-addresses.conf", behind.hospitalNetwork ? "127.0.0.1 1;" : "");
  local("own-origins.conf", (behind.ownOrigins ?? [`http://127.0.0.1:${port}`]).map((origin) => `${origin} 1;\n`).join(""));
  const patientLine = commented(readFileSync(join(deploy, "nginx/local/patient-cookies.conf"), "utf8"), "proxy_set_header Cookie");
  local("patient-cookies.conf", behind.patientCookies ? patientLine : "");
  local("patient-service.conf", `proxy_pass ${behind.services}$call;`);
  const cookieLine = behind.hostOnlyCookies
    ? commented(readFileSync(join(deploy, "nginx/local/staff-service.conf"), "utf8"), "proxy_cookie_domain")
    : "";
  local("staff-service.conf", `${cookieLine}\nproxy_pass ${behind.staffService ?? behind.services}$call;`);
  return ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr"];
}

/** The directive that a configuration has in a comment. */
function commented(config: string, directive: string): string {
  const line = new RegExp(`^\\s*# (${directive} .*)$`, "m").exec(config)?.[1];
  if (!line) throw new Error(`no commented line with ${directive}`);
  return line;
}

function caddy(folder: string, headers: string, behind: WebServerOptions): string[] {
  let config = readFileSync(join(behind.deploy ?? DEPLOY, "caddy/Caddyfile"), "utf8");
  const enable = (directive: string) => {
    const line = commented(config, directive);
    config = config.replace(`# ${line}`, () => line);
  };
  if (behind.hostOnlyCookies) enable("header_down Set-Cookie");
  if (behind.patientCookies) enable("vars patient_cookies");
  if (behind.ownCertificate) {
    const { http, https } = behind.ownCertificate;
    config = config.replace("admin off", `admin off\n\thttp_port ${http}\n\thttps_port ${https}\n\tlocal_certs\n\tskip_install_trust`);
  }
  if (behind.programType !== undefined) {
    const header = behind.programType ? `Content-Type ${behind.programType}` : "-Content-Type";
    config = config.replace("@manifest path", `@program path *.wasm\n\t\t\theader @program {\n\t\t\t\tdefer\n\t\t\t\t${header}\n\t\t\t}\n\t\t\t@manifest path`);
  }
  // Without it Caddy asks the machine's own name servers.
  if (behind.nameServer) config = config.replace("transport http {", `transport http {\n\t\tresolvers udp/${behind.nameServer}`);
  writeFileSync(join(folder, "Caddyfile"), config);
  cpSync(join(headers, "headers.caddy"), join(folder, "headers.caddy"));
  return ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
}
