// What a hospital says on the portal's pages: links at the foot, a notice, other ways to sign in, and the page
// for people who forgot their password.

import { alikeIn } from "../support/fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

const PRIVACY = { label: { en: "Privacy notice", ar: "إشعار الخصوصية" }, url: "/privacy" };
const TEXT = { en: "The portal is down tonight from 22:00 to 02:00.", ar: "تتوقف البوابة الليلة من 22:00 إلى 02:00." };
const NOW = "2026-11-28T20:00:00+03:00";

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, alikeIn(language), () => {
    test.use({ language });

    test("links at the foot: stand on every page, and open new tabs", async ({ page, patientSignIn, record, sandbox }) => {
      sandbox.config({ brand: { links: [PRIVACY, { label: "Terms", url: "https://hospital.example/terms" }] } });
      const foot = page.getByRole("contentinfo").getByRole("link");
      const check = async () => {
        await expect(foot).toHaveText([new RegExp(PRIVACY.label[language]), /Terms/]);
        for (const link of await foot.all()) {
          await expect(link).toHaveAttribute("target", "_blank");
          await expect(link).toHaveAttribute("rel", "noreferrer");
          const { width, height } = (await link.boundingBox())!;
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
        }
      };
      await patientSignIn.open("/");
      await check();
      await patientSignIn.open("/staff");
      await check();
      await patientSignIn.open("/nowhere");
      await check();
      await patientSignIn.openAndSignIn(ABDULLAH);
      await check();
      await record.signOutButton.click();
    });

    test("notice: comes and goes at its moments, and is announced once", async ({ page, patientSignIn, sandbox }) => {
      sandbox.config({
        brand: { notice: { kind: "maintenance", text: TEXT, from: "2026-11-28T20:01:00+03:00", until: "2026-11-28T20:05:00+03:00" } },
      });
      await page.clock.install({ time: new Date(NOW) });
      await patientSignIn.open("/");
      const notice = page.getByRole("status").filter({ hasText: TEXT[language] });
      await expect(notice).toHaveCount(0);
      await page.clock.runFor(61_000);
      await expect(notice).toBeVisible();
      await page.evaluate(() => {
        const region = document.querySelector(".hospital-notice")!;
        Object.assign(window, { changes: 0 });
        new MutationObserver(() => (window as unknown as { changes: number }).changes++).observe(region, { childList: true, characterData: true, subtree: true });
      });
      // On every page, and without being announced again.
      await patientSignIn.link(language === "en" ? "Work here? Staff sign in" : "دخول الموظفين").click();
      await expect(notice).toBeVisible();
      await page.clock.runFor(120_000);
      expect(await page.evaluate(() => (window as unknown as { changes: number }).changes)).toBe(0);
      await page.clock.runFor(130_000);
      await expect(notice).toHaveCount(0);
      await expect(page.locator(".hospital-notice")).toBeEmpty();
    });

    test("other ways: are links below the patient's form", async ({ page, patientSignIn, sandbox, messages }) => {
      sandbox.config({ patient: { otherWays: [{ label: { en: "National identity provider", ar: "النفاذ الوطني" }, url: "https://id.example/start?client=7" }] } });
      await patientSignIn.open("/");
      const ways = page.getByRole("region", { name: messages.otherWays });
      await expect(ways.getByRole("link")).toHaveText([language === "en" ? "National identity provider" : "النفاذ الوطني"]);
      await expect(ways.getByRole("link")).toHaveAttribute("href", "https://id.example/start?client=7");
      await expect(ways.getByRole("link")).toHaveAttribute("rel", "noreferrer");
      await patientSignIn.open("/staff");
      await expect(ways).toHaveCount(0);
    });

    test("forgotten password: is a link on the form, and in the errors that it answers", async ({ staffSignIn, sandbox, messages }) => {
      sandbox.config({ staff: { forgotPasswordUrl: "https://spice.example/forgot" } });
      await staffSignIn.open("/staff");
      const link = staffSignIn.link(messages.forgotPassword);
      await expect(link).toHaveCount(1);
      await expect(link).toHaveAttribute("href", "https://spice.example/forgot");
      await staffSignIn.submitButton.click();
      await staffSignIn.showsErrors([messages.usernameEmpty, messages.passwordEmpty], messages.staffSignIn);
      await expect(staffSignIn.errorSummary.getByRole("link", { name: messages.forgotPassword })).toHaveCount(0);
      await staffSignIn.signIn({ username: KAVYA.username, password: "wrong" });
      await staffSignIn.showsErrors(messages.wrongCredentials, messages.staffSignIn);
      await expect(staffSignIn.errorSummary.getByRole("link", { name: messages.forgotPassword })).toBeVisible();
    });
  });
}

test("notice: without moments is there from the start, and an old one never", async ({ page, patientSignIn, sandbox }) => {
  sandbox.config({ brand: { notice: { kind: "outage", text: TEXT } } });
  await patientSignIn.open("/");
  await expect(page.getByText(TEXT.en)).toBeVisible();
  sandbox.config({ brand: { notice: { kind: "outage", text: TEXT, until: "2020-01-01T00:00:00Z" } } });
  await patientSignIn.open("/");
  await expect(page.getByText(TEXT.en)).toHaveCount(0);
});
