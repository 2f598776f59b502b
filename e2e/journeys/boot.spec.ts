// Starting the portal, and the failure page when it cannot start. Errors of a running portal are checked
// after every test (fixtures.ts).

import { ABDULLAH } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

test.describe("without the program", () => {
  test.use({ brokenOnPurpose: true });

  for (const file of ["**/*.wasm", "**/logistration-*.js"]) {
    test(`failure page: is shown when ${file} cannot be loaded, and a reload recovers`, async ({ page }) => {
      await page.route(file, (route) => route.abort());
      await page.goto("/");
      await expect(
        page.getByRole("heading", { level: 1, name: "The portal does not work right now" }),
      ).toBeVisible();
      await expect(page.getByRole("heading", { level: 1, name: "البوابة لا تعمل الآن" })).toBeVisible();
      await expect(page.getByRole("textbox")).toHaveCount(0);

      await page.unroute(file);
      await page.getByRole("link", { name: /^Reload/ }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Patient sign in" })).toBeVisible();
      await expect(
        page.getByRole("heading", { name: "The portal does not work right now" }),
      ).toBeHidden();
    });
  }

  test("failure page: is shown at an address without a prerendered page, and a reload recovers", async ({
    page,
    patientSignIn,
  }) => {
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("/nowhere");
    await expect(page.getByRole("heading", { name: "The portal does not work right now" })).toBeVisible();

    await page.unroute("**/*.wasm");
    await page.getByRole("link", { name: "Reload" }).click();
    await patientSignIn.shows("Page not found");
  });

  test.describe("with a program of other bytes than the build's", () => {
    test.use({ allowedConsole: [/integrity/] });

    test("failure page: is shown when the integrity of the program does not match", async ({ page }) => {
      await page.route("**/*.wasm", (route) =>
        route.fulfill({ contentType: "application/wasm", body: "\0asm" }),
      );
      await page.goto("/");
      await expect(
        page.getByRole("heading", { level: 1, name: "The portal does not work right now" }),
      ).toBeVisible();
    });
  });
});

test.describe("without the boot script", () => {
  test.use({ allowedConsole: [/integrity/] });

  for (const missing of ["blocked", "changed by a byte (K14)", "another script (K14)", "another type (K14)"]) {
    test(`failure page: is shown after 30 seconds and the form sends nothing when the boot script is ${missing}`, async ({
      page,
      patientSignIn,
    }) => {
      await page.route("**/boot-*.js", async (route) => {
        if (missing === "blocked") return route.abort();
        const response = await route.fetch();
        if (missing.startsWith("another type")) return route.fulfill({ response, contentType: "text/html" });
        const body = missing.startsWith("another script") ? "" : `${await response.text()}\n`;
        return route.fulfill({ response, body });
      });
      await page.goto("/");
      const failureHeading = page.getByRole("heading", { name: "The portal does not work right now" });
      await expect(patientSignIn.phone).toBeVisible();
      await expect(failureHeading).toBeHidden();
      // The style's animation after 30 seconds.
      await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
      await expect(failureHeading).toBeVisible();
      await expect(page.getByRole("alert")).toContainText("use a newer browser");
      await expect(page.getByRole("alert")).toContainText("متصفح أحدث");
      // Without scripts the form sends nothing, and puts nothing into the URL.
      await patientSignIn.fill({ phone: ABDULLAH.phone, nationalId: ABDULLAH.nationalId });
      await patientSignIn.submitButton.click();
      await expect(page).toHaveURL("/");

      await page.unrouteAll();
      await page.reload();
      await patientSignIn.ready();
      await expect(failureHeading).toBeHidden();
    });
  }
});

test("record: is shown by a browser without Intl.DisplayNames, Intl.ListFormat and BroadcastChannel", async ({
  page,
  patientSignIn,
  record,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Intl, "DisplayNames");
    Reflect.deleteProperty(Intl, "ListFormat");
    Reflect.deleteProperty(window, "BroadcastChannel");
  });
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.shows("Profile");
  await expect(page.getByText(ABDULLAH.name)).toBeVisible();
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");
});

test.describe("with a program that traps", () => {
  test.use({ brokenOnPurpose: true, allowedConsole: [/Broken on purpose|unreachable/] });

  test("failure page: replaces the record when the program traps", async ({
    page,
    patientSignIn,
    record,
  }) => {
    await patientSignIn.open("/");
    await patientSignIn.signIn(ABDULLAH);
    await patientSignIn.heading("Profile").waitFor();
    await expect(page.getByText(ABDULLAH.name)).toBeVisible();
    await page.evaluate(() => {
      Document.prototype.createElement = () => {
        throw new Error("Broken on purpose");
      };
    });
    await record.link("Addresses").click();
    await expect(
      page.getByRole("heading", { level: 1, name: "The portal does not work right now" }),
    ).toBeVisible();
    expect(await page.locator("html").innerHTML()).not.toContain(ABDULLAH.name);
  });
});

test("early submit: the form is validated once the program has loaded", async ({
  page,
  patientSignIn,
  sandbox,
  messages,
}) => {
  let releaseProgram = () => {};
  const released = new Promise<void>((resolve) => (releaseProgram = resolve));
  await page.route("**/*.wasm", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto("/");
  // Not a mobile number: the warning is shown as well.
  await patientSignIn.phone.fill("0112345678");
  for (let press = 0; press < 3; press += 1) await patientSignIn.phone.press("Enter");
  await expect(patientSignIn.errorSummary).toBeHidden();

  releaseProgram();
  await patientSignIn.showsErrors(messages.nationalIdEmpty, messages.patientSignIn);
  await expect(patientSignIn.phone).toHaveAccessibleDescription(new RegExp(messages.phoneNotSaudi));
  await patientSignIn.signIn(ABDULLAH);
  await patientSignIn.heading(messages.profile).waitFor();
  expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("sign-in page: says in both languages that JavaScript is needed when it is off", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "This portal needs JavaScript" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "تحتاج هذه البوابة إلى JavaScript" })).toBeVisible();
  });
});

test("data-app-ready: is set only after config.json has arrived", async ({ page, patientSignIn }) => {
  let releaseConfig = () => {};
  const released = new Promise<void>((resolve) => (releaseConfig = resolve));
  await page.route("**/config.json", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto("/", { waitUntil: "commit" });
  await expect(page).toHaveTitle("Patient sign in – Logistration");
  await expect(page.locator("html[data-app-ready]")).toHaveCount(0);
  releaseConfig();
  await patientSignIn.ready();
  await patientSignIn.signIn(ABDULLAH);
  await patientSignIn.heading("Profile").waitFor();
});

test("first load: all requests go to the portal's origin, and the program is loaded once", async ({
  page,
  patientSignIn,
  sandbox,
}) => {
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  await patientSignIn.open("/");
  expect(requested.filter((url) => !url.startsWith(`${sandbox.portal}/`))).toEqual([]);
  expect(requested.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
});
