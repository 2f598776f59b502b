// Starts examples/new-application in front of the sandbox: the portal, the patient calls and `/app/` are then on
// one origin. `cargo xtask test` builds it; by hand: cargo build -p new-application.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { listeningUrl, type Sandbox } from "./sandbox.ts";
import { endWithThisProcess } from "./web_server.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The name of its cookie over http. */
export const APPLICATION_COOKIE = "session";

export interface NewApplication {
  url: string;
  stop: () => Promise<void>;
}

export async function startNewApplication(sandbox: Sandbox): Promise<NewApplication> {
  const program = process.env.LOGISTRATION_NEW_APPLICATION ?? resolve(root, "target/debug/new-application");
  const child = spawn(program, ["--middleware", sandbox.url, "--portal", sandbox.url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  endWithThisProcess(child);
  return {
    url: await listeningUrl(child, "new-application"),
    stop: async () => {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}
