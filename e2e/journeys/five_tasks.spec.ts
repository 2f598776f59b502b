// What people come to the record pages for: each takes one look, or one press, on a phone and on a desktop.

import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";

for (const language of LANGUAGES) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
    test.describe(`${language}, ${viewport.width} px`, () => {
      test.use({ language, viewport, permissions: ["clipboard-read", "clipboard-write"] });

      test("five tasks: file number, whose record, phone to copy, address and role", async ({ page, patientSignIn, record, staffSignIn, messages }, info) => {
        const picture = async (task: string) => {
          await page.screenshot({ path: info.outputPath(`${task}.png`), animations: "disabled" });
        };
        const main = page.getByRole("main");
        await patientSignIn.openAndSignIn(ABDULLAH);
        // Seen at once, without scrolling: the number to read out, and whose record it is.
        await expect(main.getByText(ABDULLAH.patientId, { exact: true })).toBeInViewport({ ratio: 1 });
        const name = language === "ar" ? "عبدالله صالح الحربي" : ABDULLAH.name;
        await expect(main.getByText(name, { exact: true })).toBeInViewport({ ratio: 1 });
        await picture("file number, whose record");
        // One press each.
        await record.copyButton(messages.mobileNumber).click();
        await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`+966 ${ABDULLAH.phone}`);
        await expect(record.toast).toBeInViewport({ ratio: 1 });
        await picture("phone copied");
        await record.goTo(messages.addresses);
        await expect(main.getByText("7421 Prince Turki Street", { exact: true })).toBeInViewport({ ratio: 1 });
        await picture("address");
        await record.signOutButton.click();
        await staffSignIn.openAndSignIn(KAVYA);
        const role = language === "ar" ? "ممارس صحي" : "Provider";
        await expect(main.getByRole("heading", { name: role, exact: true })).toBeInViewport({ ratio: 1 });
        await picture("role");
      });
    });
  }
}
