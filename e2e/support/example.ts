// The examples of deploy/ as they are delivered: nginx on a machine of its own, and nginx in the container of
// Kubernetes. Only ports, and names and files that exist only in an installation, are replaced.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEPLOY as deploy, DIST, endWithThisProcess, freePort, PROGRAMS } from "./web_server.ts";

const ROOT = process.getuid?.() === 0;

export type ExampleKind = "nginx" | "container";

/** A replacement of a text in a file of the example. */
export type Edit = [file: string, from: RegExp | string, to: string];

export class Example {
  /** The ports for http and https; the container has only the first. */
  readonly ports: { http: number; https: number };
  private child: ChildProcess | undefined;
  private output = "";

  private constructor(
    readonly kind: ExampleKind,
    readonly folder: string,
    ports: [number, number],
  ) {
    this.ports = { http: ports[0], https: ports[1] };
  }

  /** The files of an example in a folder of their own. */
  static async prepare(kind: ExampleKind): Promise<Example> {
    const folder = mkdtempSync(join(tmpdir(), "logistration-example-"));
    const example = new Example(kind, folder, [await freePort(), await freePort()]);
    const { http, https } = example.ports;
    cpSync(join(deploy, "nginx"), folder, { recursive: true });
    cpSync(join(process.env.LOGISTRATION_HEADERS ?? "", "headers.nginx.conf"), join(folder, "headers.nginx.conf"));
    for (const name of ["config", "webroot"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "config/config.json"), "{}");
    if (kind === "container") {
      cpSync(join(deploy, "container/local"), join(folder, "local"), { recursive: true });
      cpSync(join(deploy, "kubernetes/services"), join(folder, "local"), { recursive: true });
      cpSync(join(deploy, "kubernetes/addresses"), join(folder, "addresses"), { recursive: true });
      cpSync(join(deploy, "container/start"), join(folder, "start.sh"));
      chmodSync(join(folder, "start.sh"), 0o755);
      writeFileSync(join(folder, "resolv.conf"), "search cluster.local\nnameserver 127.0.0.1\noptions ndots:5\n");
      example.edit(
        ["local/http.conf", /\/tmp\//g, `${folder}/`],
        ["local/http.conf", "/dev/stdout", `${folder}/access.log`],
        ["local/server.conf", /\/tmp\//g, `${folder}/`],
        ["local/server.conf", "8080", String(http)],
        ["start.sh", /\/tmp\//g, `${folder}/`],
        ["start.sh", "8080", String(http)],
        ["start.sh", "/etc/resolv.conf", `${folder}/resolv.conf`],
        ["start.sh", "/usr/sbin/nginx", PROGRAMS.nginx ?? ""],
        ["start.sh", "/etc/logistration/nginx.conf", `${folder}/nginx.conf`],
      );
    } else {
      execFileSync("openssl", [
        ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=example"],
        ...["-keyout", join(folder, "key.pem"), "-out", join(folder, "fullchain.pem")],
      ], { stdio: "ignore" });
      example.edit(
        ["local/http.conf", "/var/log/nginx/portal.log", `${folder}/access.log`],
        ["local/server.conf", /\/etc\/ssl\/portal/g, folder],
        // Ports under 1024 need root.
        ["local/server.conf", /^(?<listen>listen .*)\b443\b/gm, `$<listen>${https}`],
        ["local/plain-http.conf", /^(?<listen> *listen .*)\b80\b/gm, `$<listen>${http}`],
        ["local/main.conf", /^user .*;/m, "daemon off;"],
      );
    }
    example.edit(
      ["nginx.conf", /127\.0\.0\.1:8079/g, `127.0.0.1:${await freePort()}`],
      ["local/main.conf", /^pid .*;/m, `pid ${folder}/pid;${ROOT ? " user root;" : ""}`],
      ["local/server.conf", "/srv/logistration/dist", DIST],
      ["local/server.conf", "/srv/logistration/config", join(folder, "config")],
      ["local/webroot.conf", "root /srv/logistration/webroot", `root ${folder}/webroot`],
    );
    return example;
  }

  /** Replaces texts in files of the example, each of which must be there. */
  edit(...edits: Edit[]): void {
    for (const [name, from, to] of edits) {
      const path = join(this.folder, name);
      const text = readFileSync(path, "utf8");
      if (typeof from === "string" ? !text.includes(from) : text.search(from) < 0) throw new Error(`${name} has no ${from}`);
      writeFileSync(path, text.replace(from, to));
    }
  }

  /** The process's ID. */
  get pid(): number {
    return this.child!.pid!;
  }

  /** All of its output and its access log so far. */
  log(): string {
    return this.output + readFileSync(join(this.folder, "access.log"), "utf8");
  }

  /** Starts it, and waits until it answers. */
  async start(): Promise<void> {
    const [program, args] =
      this.kind === "container"
        ? [join(this.folder, "start.sh"), []]
        : [PROGRAMS.nginx!, ["-c", join(this.folder, "nginx.conf"), "-e", "stderr"]];
    this.child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    endWithThisProcess(this.child);
    this.child.stderr?.on("data", (data) => (this.output += data));
    for (let attempts = 0; ; attempts++) {
      const response = await fetch(`http://127.0.0.1:${this.ports.http}/healthz`, { redirect: "manual" }).catch(() => undefined);
      if (response) return;
      if (attempts === 100 || this.child.exitCode !== null) throw new Error(`${this.kind} did not start:\n${this.output}`);
      await new Promise((next) => setTimeout(next, 100));
    }
  }

  async remove(): Promise<void> {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, "exit");
      this.child.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
