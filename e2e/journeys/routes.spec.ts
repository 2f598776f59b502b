// Routes: the page, title and access of each address, and the history.

import type { Page } from "@playwright/test";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";

/** The History API's own step: Playwright's `goBack` waits for a page load that may not happen. */
const back = (page: Page) => page.evaluate(() => history.back());
const forward = (page: Page) => page.evaluate(() => history.forward());

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("routes: each page has its title and one h1", async ({
      page,
      patientSignIn,
      record,
      staffSignIn,
      messages,
    }) => {
      await patientSignIn.open("/nowhere");
      await patientSignIn.shows(messages.pageNotFound);
      await patientSignIn.open("/staff");
      await staffSignIn.shows(messages.staffSignIn);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.locator("html")).toHaveAttribute("dir", messages.dir);

      await patientSignIn.link(messages.patientSignIn).click();
      await patientSignIn.shows(messages.patientSignIn);
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(messages.profile);
      await record.goTo(messages.addresses);
      await record.shows(messages.addresses);
      await record.signOutButton.click();
      await patientSignIn.shows(messages.patientSignIn);

      await patientSignIn.link(messages.toStaff).click();
      await staffSignIn.signIn(KAVYA);
      await record.shows(messages.roles);
      await record.goTo(messages.profile);
      await record.shows(messages.profile);
    });
  });
}

const GUARDED = [
  { path: "/profile", signInHeading: "Patient sign in", address: "/?next=/profile" },
  { path: "/addresses", signInHeading: "Patient sign in", address: "/?next=/addresses" },
  { path: "/roles", signInHeading: "Staff sign in", address: "/staff?next=/roles" },
];
for (const { path, signInHeading, address } of GUARDED) {
  test(`protected route: ${path} shows the sign-in page to a guest and is shown after sign-in`, async ({
    page,
    patientSignIn,
    record,
    staffSignIn,
  }) => {
    await patientSignIn.open(path);
    await patientSignIn.shows(signInHeading);
    await expect(page).toHaveURL(address);
    if (path === "/roles") await staffSignIn.signIn(KAVYA);
    else await patientSignIn.signIn(ABDULLAH);
    await expect(page).toHaveURL(path);
    await record.shows({ "/profile": "Profile", "/addresses": "Addresses", "/roles": "Roles" }[path]!);
  });
}

test("next: an encoded slash leads to the same page", async ({ page, record, staffSignIn }) => {
  await staffSignIn.open("/staff?next=%2Fprofile");
  await staffSignIn.signIn(KAVYA);
  await record.shows("Profile");
  await expect(page).toHaveURL("/profile");
});

for (const next of [
  "//evil.example",
  "https://evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "/staff",
  "/profile/..",
  "%2F%2Fevil.example",
]) {
  test(`next: ${next} leads to the profile and requests nothing else`, async ({ page, patientSignIn, record }) => {
    const outside: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("evil")) outside.push(request.url());
    });
    await patientSignIn.open(`/?next=${next}`);
    // The URL itself contains the name; no request may.
    outside.length = 0;
    await patientSignIn.signIn(ABDULLAH);
    await record.shows("Profile");
    await expect(page).toHaveURL("/profile");
    expect(outside).toEqual([]);
  });
}

test("next: a page of the other audience leads to the first page of one's own", async ({
  page,
  record,
  staffSignIn,
}) => {
  await staffSignIn.open("/staff?next=/addresses");
  await staffSignIn.signIn(KAVYA);
  await record.shows("Roles");
  await expect(page).toHaveURL("/roles");
  await expect(record.navigation.getByRole("link")).toHaveText(["Profile", "Roles"]);
});

test("navigation: a patient has no roles link", async ({ patientSignIn, record }) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await expect(record.navigation.getByRole("link")).toHaveText(["Profile", "Addresses"]);
});

test("history: Back and Forward move through the visited pages", async ({ page, patientSignIn, record }) => {
  await patientSignIn.open("/staff");
  await patientSignIn.link("Patient sign in").click();
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
  await record.goTo("Addresses");
  await back(page);
  await record.shows("Profile");
  await expect(page).toHaveURL("/profile");
  await forward(page);
  await record.shows("Addresses");
});

test("history: Back from a protected route leaves it", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/nowhere");
  await patientSignIn.open("/profile");
  await patientSignIn.shows("Patient sign in");
  await page.goBack();
  await patientSignIn.ready();
  await patientSignIn.shows("Page not found");
});

test("history: Back skips the sign-in page after sign-in (K2)", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.open("/nowhere");
  await patientSignIn.link("Go to the start page").click();
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
  await back(page);
  await patientSignIn.shows("Page not found");
});

test("brand link: leads a signed-in person to the first page", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.goTo("Addresses");
  await record.link("Logistration").click();
  await record.shows("Profile");
  await expect(page).toHaveURL("/profile");
});

test("links: Control and click open a new tab", async ({ context, patientSignIn }) => {
  await patientSignIn.open("/");
  for (const name of ["Logistration", "Work here? Staff sign in"]) {
    const opened = context.waitForEvent("page");
    await patientSignIn.link(name).click({ modifiers: ["Control"] });
    const tab = await opened;
    await tab.locator("html[data-app-ready]").waitFor({ state: "attached" });
    await tab.close();
  }
  await patientSignIn.shows("Patient sign in");
});

test("reload: signs out, and the next sign-in returns to the page", async ({
  page,
  patientSignIn,
  record,
}) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.goTo("Addresses");
  await page.reload();
  await patientSignIn.shows("Patient sign in");
  await expect(page).toHaveURL("/?next=/addresses");
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Addresses");
});

test("reload: a staff profile leads to the staff sign-in page", async ({ page, record, staffSignIn }) => {
  await staffSignIn.openAndSignIn(KAVYA);
  await record.goTo("Profile");
  await page.reload();
  await staffSignIn.shows("Staff sign in");
  await expect(page).toHaveURL("/staff?next=/profile");
});

test("sign-out: leads to the sign-in page of the same audience", async ({
  page,
  patientSignIn,
  record,
  staffSignIn,
}) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");
  await expect(page).toHaveURL("/");
  await patientSignIn.link("Work here? Staff sign in").click();
  await staffSignIn.signIn(KAVYA);
  await record.shows("Roles");
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expect(page).toHaveURL("/staff");
});

test("focus: moves to the heading of a new page", async ({ page, patientSignIn, record }) => {
  await patientSignIn.open("/");
  // The browser sets the focus on the first page.
  await expect(patientSignIn.heading("Patient sign in")).not.toBeFocused();
  await patientSignIn.signIn(ABDULLAH);
  await expect(record.heading("Profile")).toBeFocused();
  await record.goTo("Addresses");
  await expect(record.heading("Addresses")).toBeFocused();
  await expect(
    record.navigation.getByRole("link", { name: "Addresses", exact: true }),
  ).toHaveAttribute("aria-current", "page");
  await back(page);
  await expect(record.heading("Profile")).toBeFocused();
  await record.signOutButton.click();
  await expect(patientSignIn.heading("Patient sign in")).toBeFocused();
  await patientSignIn.link("Work here? Staff sign in").click();
  await expect(patientSignIn.heading("Staff sign in")).toBeFocused();
  await patientSignIn.link("Patient sign in").click();
  await expect(patientSignIn.heading("Patient sign in")).toBeFocused();
});

test("sign-in link: the other audience's page is shown without a request", async ({ page, patientSignIn, staffSignIn, record }) => {
  await patientSignIn.open("/");
  await page.waitForLoadState("networkidle");
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  // Like a key press, which keeps the focus.
  await patientSignIn.link("Work here? Staff sign in").dispatchEvent("click");
  await staffSignIn.shows("Staff sign in");
  await expect(page).toHaveURL("/staff");
  // Chromium requests the icon again whenever the title changes.
  expect(fetched.filter((path) => path !== "/icon.svg")).toEqual([]);
  await back(page);
  await patientSignIn.shows("Patient sign in");
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
});

test("history: Back after a reload shows a working page", async ({
  page,
  patientSignIn,
  record,
  staffSignIn,
}) => {
  await patientSignIn.openAndSignIn(ABDULLAH);
  await record.signOutButton.click();
  await patientSignIn.shows("Patient sign in");
  await patientSignIn.link("Work here? Staff sign in").click();
  await staffSignIn.shows("Staff sign in");
  await page.reload();
  await staffSignIn.ready();

  await back(page);
  await patientSignIn.shows("Patient sign in");
  await expect(page).toHaveURL("/");
  await patientSignIn.signIn(ABDULLAH);
  await record.shows("Profile");
});

test("links: a link to the current page keeps the input", async ({
  page,
  patientSignIn,
}) => {
  await patientSignIn.open("/");
  await page.evaluate(() => Object.assign(window, { here: true }));
  await patientSignIn.phone.evaluate((input: HTMLInputElement) => (input.value = "0512345678"));
  await patientSignIn.link("Logistration").dispatchEvent("click");
  expect(await page.evaluate(() => "here" in window)).toBe(true);
  await expect(patientSignIn.phone).toHaveValue("0512345678");
});

test("skip link: moves the focus to the heading", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/");
  await page.keyboard.press("Tab");
  await expect(patientSignIn.link("Skip to main content")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(patientSignIn.heading("Patient sign in")).toBeFocused();
  await expect(page).toHaveURL("/");
});

test("not found: the page is shown and the URL is kept", async ({ page, patientSignIn }) => {
  for (const path of ["/nowhere", "/profile/1", "/staffs"]) {
    await patientSignIn.open(path);
    await patientSignIn.shows("Page not found");
    await expect(page).toHaveURL(path);
  }
  await patientSignIn.link("Go to the start page").click();
  await patientSignIn.shows("Patient sign in");
});

test("language button: changes lang and dir, and the choice survives a reload", async ({
  page,
  patientSignIn,
}) => {
  const arabic = patientSignIn.in("ar");
  await patientSignIn.open("/");
  await expect(patientSignIn.languageButton).toHaveAttribute("lang", "ar");
  await patientSignIn.languageButton.click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await page.reload();
  await arabic.shows("دخول المرضى");
  await expect(arabic.languageButton).toHaveAttribute("lang", "en");
});

test("theme button: changes the theme, and the choice survives a reload", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/");
  const html = page.locator("html");
  await expect(html).toHaveAttribute("data-theme", "light");
  await patientSignIn.button("Dark theme").click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await patientSignIn.button("Light theme").click();
  await expect(html).toHaveAttribute("data-theme", "light");
});

test.describe("with a dark system theme", () => {
  test.use({ colorScheme: "dark" });
  test("theme: follows the dark system theme", async ({ page, patientSignIn }) => {
    await patientSignIn.open("/");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
});
