// Browsers whose `Intl` lacks something that the record uses. F24 is the id of the case from the field
// (docs/security.md).

import type { Page } from "@playwright/test";
import { expect, test } from "../support/page_fixtures.ts";
import type { PatientSignIn } from "../support/pages/patient_sign_in.ts";
import type { RecordPage } from "../support/pages/record_page.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";

/** Signs a patient in with a browser that lacks something, and expects the record, and no other page. */
async function showsRecord(
  page: Page,
  lack: () => void,
  { patientSignIn, record }: { patientSignIn: PatientSignIn; record: RecordPage },
): Promise<void> {
  await page.addInitScript(lack);
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.shows("Profile");
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.getByText("15 January 1990").first()).toBeVisible();
}

for (const [what, lack] of [
  [
    "unit style",
    () => {
      const { NumberFormat } = Intl;
      Intl.NumberFormat = new Proxy(NumberFormat, {
        construct(target, [locales, options]) {
          if (options?.style === "unit") throw new RangeError("style");
          return new target(locales, options);
        },
      });
    },
  ],
  ["NumberFormat", () => Reflect.deleteProperty(Intl, "NumberFormat")],
  [
    "a format method that works",
    () => {
      Object.defineProperty(Intl.NumberFormat.prototype, "format", {
        get() {
          throw new TypeError("format");
        },
      });
    },
  ],
] as [string, () => void][]) {
  test(`record: is shown, and alone, by a browser without ${what} (F24)`, async ({
    page,
    patientSignIn,
    record,
    staffSignIn,
  }) => {
    await showsRecord(page, lack, { patientSignIn, record });
    // No age without its unit.
    expect(await record.value("Age")).toBeUndefined();
    await record.goTo("Addresses");
    await record.signOutButton.click();
    await staffSignIn.openAndSignIn(KAVYA);
    await record.shows("Roles");
    await expect(page.getByRole("main")).toHaveCount(1);
  });
}

for (const [what, lack] of [
  ["DateTimeFormat", () => Reflect.deleteProperty(Intl, "DateTimeFormat")],
  [
    "resolvedOptions that works",
    () => {
      Intl.DateTimeFormat.prototype.resolvedOptions = () => {
        throw new TypeError("resolvedOptions");
      };
    },
  ],
] as [string, () => void][]) {
  test(`record: is shown, without a computed Hijri date, by a browser without ${what} (F24)`, async ({
    page,
    patientSignIn,
    record,
  }) => {
    await showsRecord(page, lack, { patientSignIn, record });
  });
}

test.describe("with an exception in the middle of a page change", () => {
  test.use({ brokenOnPurpose: true, allowedConsole: [/Broken on purpose/] });

  for (const [what, dispatch] of [
    ["an error of the program", () => dispatchEvent(new ErrorEvent("error", { error: new TypeError("Broken on purpose") }))],
    ["an error without its object", () => dispatchEvent(new ErrorEvent("error", { message: "Broken on purpose" }))],
    [
      "a refused promise",
      () => dispatchEvent(new PromiseRejectionEvent("unhandledrejection", { promise: Promise.resolve(), reason: "Broken on purpose" })),
    ],
  ] as [string, () => void][]) {
    test(`no two pages stay on the screen after ${what}, and one page does (F24)`, async ({ page, patientSignIn }) => {
      await patientSignIn.open("/");
      await patientSignIn.phone.fill("0512345678");
      await page.evaluate(dispatch);
      await expect(page.locator("html")).not.toHaveAttribute("data-app-failed");
      await expect(patientSignIn.phone).toHaveValue("0512345678");
      await page.evaluate(() => void document.getElementById("portal")?.append(document.createElement("main")));
      await page.evaluate(dispatch);
      await expect(page.locator("html")).toHaveAttribute("data-app-failed", "");
      await expect(page.locator("#portal")).toBeEmpty();
    });
  }
});
