import { expect, test } from "./fixtures.ts";
import { AxeBuilder } from "@axe-core/playwright";
test("zz patient", async ({ page, sandbox }) => {
  const { patients } = await sandbox.people();
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Patient sign in" })).toBeVisible();
  await page.getByRole("textbox", { name: "Mobile number" }).fill(patients[0]!.phone);
  await page.getByRole("textbox", { name: "National ID number" }).fill(patients[0]!.nationalId!);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Profile" })).toBeVisible();
  expect((await sandbox.wire()).map((e) => e.call)).toEqual(["exists", "login"]);
  await new AxeBuilder({ page }).analyze();
});
