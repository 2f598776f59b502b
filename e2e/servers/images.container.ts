// The running container images of deploy/Containerfile: both kinds of people sign in. Run by
// `cargo xtask nightly container`, which builds and starts them.

import { expect, test } from "@playwright/test";
import { MESSAGES } from "../support/messages.ts";
import { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import { RecordPage } from "../support/pages/record_page.ts";
import { StaffSignIn } from "../support/pages/staff_sign_in.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";

const url = process.env.LOGISTRATION_CONTAINER ?? "";

for (const target of ["portal", "demo"]) {
  test.describe(`image ${target}`, { tag: `@${target}` }, () => {
    test.beforeAll(async () => {
      await expect.poll(() => fetch(url).then(({ status }) => status, () => 0), { timeout: 20_000 }).toBe(200);
    });

    test("a patient and a staff member sign in, and nothing is refused or fails", async ({ page }) => {
      const problems: string[] = [];
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      page.on("response", (response) => response.status() >= 400 && problems.push(`${response.status()} ${response.url()}`));
      const messages = MESSAGES.en;
      const record = new RecordPage(page, messages);
      await page.goto(url);
      await new PatientSignIn(page, messages).signIn(ABDULLAH);
      await record.shows(messages.profile);
      await record.signOutButton.click();
      await page.goto(`${url}/staff`);
      await new StaffSignIn(page, messages).signIn(KAVYA);
      await record.shows(messages.roles);
      expect(problems).toEqual([]);
    });

    test("Logistration-Gateway: is sent by the image with nginx", async () => {
      const { headers } = await fetch(url);
      expect(headers.has("logistration-gateway")).toBe(target === "portal");
    });

    test("version.json: has the commit of the source archive", async () => {
      expect(await (await fetch(`${url}/version.json`)).json()).toMatchObject({
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      });
    });
  });
}
