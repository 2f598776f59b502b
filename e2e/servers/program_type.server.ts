// Servers that have no type for WebAssembly: the program starts all the same. Run by
// `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { rmSync } from "node:fs";
import { MESSAGES } from "../support/messages.ts";
import { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import { RecordPage } from "../support/pages/record_page.ts";
import { ABDULLAH } from "../support/people.ts";
import { Sandbox } from "../support/sandbox.ts";
import { configFolder, PROGRAMS, WebServer, type WebServerKind } from "../support/web_server.ts";

for (const kind of ["nginx", "caddy"] as WebServerKind[]) {
  for (const type of ["application/octet-stream", "text/plain", ""]) {
    test(`F11: ${kind} that serves the program ${type ? `as ${type}` : "without a type"}: a patient signs in`, async ({ page }) => {
      test.skip(!PROGRAMS[kind], `there is no ${kind} here`);
      const sandbox = await Sandbox.start({ direct: true });
      const config = configFolder();
      const server = await WebServer.start(kind, { services: sandbox.url, config, programType: type });
      try {
        const program = page.waitForResponse("**/*.wasm");
        const signIn = new PatientSignIn(page, MESSAGES.en);
        await signIn.open(`${server.url}/`);
        expect((await (await program).headerValue("content-type")) ?? "").toBe(type);
        await signIn.signIn(ABDULLAH);
        await new RecordPage(page, MESSAGES.en).shows("Profile");
      } finally {
        await server.stop();
        await sandbox.stop();
        rmSync(config, { recursive: true, force: true });
      }
    });
  }
}
