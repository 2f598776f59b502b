// The reference of a service fault: below the message, the same in every language, copied by one press, with
// the ID of the request that is in the gateway's log. connection_faults.spec.ts, one_time_code.spec.ts and
// staff_outages.spec.ts look at the reference of each fault.

import type { Page } from "@playwright/test";
import { ABDULLAH } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { configureStaff, recordedPerson, setTooLongCookie } from "../support/staff.ts";

const SHAPE = { kind: "status", status: 200, body: "[]", contentType: "application/json" } as const;

for (const language of ["en", "ar"] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language, permissions: ["clipboard-read", "clipboard-write"] });

    test("reference: is copied by one press, with the ID of the request", async ({ page, patientSignIn, sandbox, messages }) => {
      await patientSignIn.open("/");
      await sandbox.faults([{ call: "login", times: null, fault: SHAPE }]);
      await patientSignIn.signIn(ABDULLAH);
      await patientSignIn.showsErrors(messages.invalidResponse, messages.patientSignIn);
      await patientSignIn.showsReference("P2-SHAPE");
      const login = (await sandbox.wire()).find(({ call }) => call === "login")!;
      const id = login.headers["x-request-id"];
      const text = id ? `P2-SHAPE ${id}` : "P2-SHAPE";
      await expect(patientSignIn.reference).toHaveText(text);
      if (process.env.LOGISTRATION_FRONT) expect(id).toMatch(/^[0-9a-f]{32}$/);

      const copy = patientSignIn.button(messages.copyReference);
      const size = (await copy.boundingBox())!;
      expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(44);
      await copy.click();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
      await expect(page.getByText(messages.copied, { exact: true })).toBeVisible();
      // The focus stays on the button: nothing moved.
      await expect(copy).toBeFocused();

      const other = patientSignIn.in(language === "en" ? "ar" : "en");
      await patientSignIn.languageButton.click();
      await expect(other.reference).toHaveText(text);
    });
  });
}

test("reference: an ID of a request that is no plain short text is not shown", { tag: "@direct", annotation: { type: "direct", description: "a gateway replaces the ID of the request" } }, async ({ page, patientSignIn, sandbox, messages }) => {
  await patientSignIn.open("/");
  for (const [id, shown] of [
    ["7c9e6679-7425-40de-944b-e07fc1f90ae7", "P2-SHAPE 7c9e6679-7425-40de-944b-e07fc1f90ae7"],
    ["<b>512345678</b>", "P2-SHAPE"],
    ["x".repeat(65), "P2-SHAPE"],
  ] as const) {
    await page.route("**/api/customer/login", (route) => route.fulfill({ status: 200, body: "[]", headers: { "x-request-id": id } }));
    await patientSignIn.signIn(ABDULLAH);
    await patientSignIn.showsErrors(messages.invalidResponse, "Patient sign in");
    await expect(patientSignIn.reference).toHaveText(shown);
    await page.unroute("**/api/customer/login");
  }
  void sandbox;
});

test.describe("reportUrl", () => {
  /** The reports that a page sends, with everything in them. */
  const reportsOf = (page: Page) => {
    const reports: unknown[] = [];
    page.on("request", (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname.startsWith("/report")) reports.push([request.method(), pathname + search, request.postData(), request.headers().referer ?? ""]);
    });
    return reports;
  };

  test("reportUrl: gets the constant part of a reference, and nothing else", async ({ page, patientSignIn, sandbox, messages }) => {
    sandbox.config({ reportUrl: "/report" });
    const reports = reportsOf(page);
    await patientSignIn.open("/");
    // What the person can correct is no fault.
    await patientSignIn.signIn({ phone: ABDULLAH.phone, nationalId: "1098765434" });
    await patientSignIn.showsErrors(messages.notFound, messages.patientSignIn);
    await sandbox.faults([{ call: "login", times: null, fault: SHAPE }]);
    await patientSignIn.signIn(ABDULLAH);
    await patientSignIn.showsReference("P2-SHAPE");
    await expect.poll(() => reports).toEqual([["POST", "/report/P2-SHAPE", null, ""]]);
  });

  test("reportUrl absent: nothing is reported", async ({ page, patientSignIn, sandbox }) => {
    const reports = reportsOf(page);
    await patientSignIn.open("/");
    await sandbox.faults([{ call: "login", times: null, fault: SHAPE }]);
    await patientSignIn.signIn(ABDULLAH);
    await patientSignIn.showsReference("P2-SHAPE");
    await page.waitForTimeout(500);
    expect(reports).toEqual([]);
  });
});

test("reference: the check of a session that the browser did not keep has its own", async ({ sandbox, staffSignIn, messages }) => {
  configureStaff(sandbox, "web");
  await staffSignIn.open("/staff");
  await setTooLongCookie(sandbox);
  await staffSignIn.signIn(recordedPerson("hfa"));
  await staffSignIn.showsErrors(messages.sessionNotKept, "Staff sign in");
  await staffSignIn.showsReference("S2-COOKIE");
  await expect.poll(async () => (await sandbox.wire()).at(-1)?.call).toBe("logout");
});

test("reference: none for what the person can correct", async ({ patientSignIn, staffSignIn, messages }) => {
  await patientSignIn.open("/");
  await patientSignIn.signIn({ ...ABDULLAH, phone: "0599999999" });
  await patientSignIn.showsErrors(messages.notFound, "Patient sign in");
  await patientSignIn.showsReference(null);
  await staffSignIn.open("/staff");
  await staffSignIn.signIn({ username: "nobody@example.org", password: "wrong" });
  await staffSignIn.showsErrors(messages.wrongCredentials, "Staff sign in");
  await staffSignIn.showsReference(null);
  await staffSignIn.submitButton.click();
  await staffSignIn.showsReference(null);
});
