// An update on a machine, by the commands of docs/upgrade.md, while people visit. Run by
// `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { RecordingService } from "../support/recording_service.ts";
import { copyOfBuild, nextRelease } from "../support/releases.ts";
import { send } from "../support/send.ts";
import { configFolder, PROGRAMS, WebServer } from "../support/web_server.ts";

const PAGE = join(import.meta.dirname, "../../docs/upgrade.md");

/** The commands of the documentation, in another folder and without the reload. */
function commands(root: string): string {
  const [, block] = /<!-- run: .*update\.server\.ts -->\n```sh\n([^`]*)```/.exec(readFileSync(PAGE, "utf8")) ?? [];
  expect(block).toContain("nginx -s reload\n");
  return block!.replaceAll("/srv/logistration", root).replace("nginx -s reload\n", "");
}

test("update by docs/upgrade.md while people visit: no request of a page or its files fails", async () => {
  test.skip(!PROGRAMS.nginx, "there is no nginx here");
  const root = mkdtempSync(join(tmpdir(), "logistration-update-"));
  const config = configFolder();
  const service = await RecordingService.start();
  for (const [name, built] of [["0.1.0", copyOfBuild()], ["0.2.0", nextRelease()]] as const) {
    mkdirSync(join(root, "releases", name), { recursive: true });
    renameSync(built, join(root, "releases", name, "dist"));
  }
  symlinkSync("releases/0.1.0", join(root, "current"));
  symlinkSync("current/dist", join(root, "dist"));
  const server = await WebServer.start("nginx", { services: service.url, config, dist: join(root, "dist") });

  const failures: string[] = [];
  const visits: { program: string; began: number; ended: number }[] = [];
  let over = false;
  // On a connection of its own: a reload closes kept ones, and where that meets a request, a browser repeats it.
  const get = (path: string) => send(server.url, { path, headers: { connection: "close" } });
  /** A page, and after a while the files that it names. */
  const visit = async (path: string, wait: number) => {
    const began = Date.now();
    const page = await get(path);
    const html = page.body;
    if (page.status !== 200) failures.push(`${page.status} ${path}`);
    await pause(wait);
    const files = new Set(html.match(/\/[a-z]+-[0-9a-f]{16}\.(?:js|wasm|css)/g));
    if (files.size < 2) failures.push(`${path} names ${files.size} files`);
    for (const file of [...files, "/config.json", "/version.json"]) {
      const { status } = await get(file);
      if (status !== 200) failures.push(`${status} ${file}`);
    }
    visits.push({ program: [...files].find((file) => file.endsWith(".wasm")) ?? "", began, ended: Date.now() });
  };
  const visitor = async (path: string, wait: number) => {
    while (!over) await visit(path, wait).catch((error) => failures.push(`${path}: ${error}`));
  };
  const visitors = ["/", "/staff", "/?lang=ar", "/profile"].flatMap((path) => [0, 50, 700].map((wait) => visitor(path, wait)));
  try {
    await pause(1_500);
    const switched = Date.now();
    const { status, stderr } = spawnSync("sh", ["-ec", commands(root)], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    await server.reload();
    await pause(1_500);
    over = true;
    await Promise.all(visitors);

    expect(failures).toEqual([]);
    expect(visits.length).toBeGreaterThan(50);
    expect(new Set(visits.map(({ program }) => program)).size, "programs of both releases").toBe(2);
    const [first] = visits;
    // Pages that were open at the switch got their own files after it.
    expect(visits.filter(({ program, began, ended }) => program === first!.program && began < switched && ended > switched)).not.toEqual([]);
  } finally {
    over = true;
    await Promise.all(visitors);
    await server.stop();
    await service.stop();
    for (const folder of [root, config]) rmSync(folder, { recursive: true, force: true });
  }
});
