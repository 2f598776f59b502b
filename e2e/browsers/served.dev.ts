// The portal as `trunk serve` serves it, with the sandbox behind it as README describes. Run by
// `cargo xtask test --only commands`, which starts both and passes the address.

import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

const served = process.env.LOGISTRATION_SERVED ?? "";

// An unoptimised program is large, and Trunk may still be compiling.
test.setTimeout(300_000);

test("trunk serve: a patient and a nurse sign in", async ({
  page,
  patientSignIn,
  staffSignIn,
  record,
}) => {
  await expect(async () => {
    await page.goto(served);
    await patientSignIn.ready(15_000);
  }).toPass({ timeout: 280_000 });
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
  await record.signOutButton.click();
  await patientSignIn.link("Work here? Staff sign in").click();
  await staffSignIn.signIn(KAVYA);
  await record.shows("Roles");
});
