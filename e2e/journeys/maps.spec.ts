// Links from an address's coordinates to a map, where configured.

import { ABDULLAH, MARIA, NOURA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

test.describe("maps", () => {
  for (const [mapLink, href, site] of [
    ["geo", "geo:21.5433,39.1728", "your map app"],
    [
      "openstreetmap",
      "https://www.openstreetmap.org/?mlat=21.5433&mlon=39.1728#map=17/21.5433/39.1728",
      "openstreetmap.org",
    ],
    [
      "google",
      "https://www.google.com/maps/search/?api=1&query=21.5433%2C39.1728",
      "google.com",
    ],
  ] as const) {
    test(`map link: ${mapLink} names its target and the data it sends`, async ({
      page,
      patientSignIn,
      record,
      sandbox,
    }) => {
      sandbox.config({ mapLink });
      await patientSignIn.openAndSignIn(MARIA);
      await record.goTo("Addresses");
      const link = page.getByRole("link", { name: "Show on a map", exact: true });
      await expect(link).toHaveCount(2);
      await expect(link.first()).toHaveAttribute("href", href);
      await expect(link.first()).toHaveAttribute("rel", "noreferrer noopener");
      if (mapLink !== "geo") await expect(link.first()).toHaveAttribute("target", "_blank");
      await expect(
        page.getByText(`This opens another site or app. It tells ${site} where this address is.`),
      ).toHaveCount(2);
    });
  }

  test("map link: is absent when mapLink is not configured", async ({ page, patientSignIn, record }) => {
    await patientSignIn.openAndSignIn(MARIA);
    await record.goTo("Addresses");
    await expect(page.getByRole("main").getByRole("link")).toHaveCount(0);
  });

  test("map link: is absent when the coordinates are invalid", async ({ page, patientSignIn, record, sandbox }) => {
    sandbox.config({ mapLink: "google" });
    await patientSignIn.openAndSignIn(NOURA);
    await record.goTo("Addresses");
    expect(await record.value("Place on the map")).toBe("0,0");
    await expect(page.getByRole("main").getByRole("link")).toHaveCount(0);
  });

  test.describe("in Arabic", () => {
    test.use({ language: "ar" });

    test("map link: is shown with its notice in Arabic", async ({ page, patientSignIn, record, sandbox, messages }) => {
      sandbox.config({ mapLink: "openstreetmap" });
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.goTo(messages.addresses);
      await expect(record.link(messages.map)).toHaveCount(1);
      await expect(page.getByText("openstreetmap.org")).toBeVisible();
    });
  });
});

for (const latLong of ["24.6949,46.6853", "0,0", "here"]) {
  test(`addresses: one of a place alone (${latLong}), without a map link, is no empty card`, async ({ patientSignIn, record, sandbox, messages }) => {
    const body = JSON.stringify({ fileNo: "7", billingAddress: { latLong } });
    await patientSignIn.open("/");
    await sandbox.faults([{ call: "login", times: 1, fault: { kind: "status", status: 200, contentType: "application/json", body } }]);
    await patientSignIn.signIn(ABDULLAH);
    await record.goTo(messages.addresses);
    await expect(patientSignIn.page.locator(".card:visible")).toHaveCount(0);
    await expect(patientSignIn.page.getByRole("main")).toContainText("The hospital has no address for you.");
    expect(await record.value("Place on the map")).toBe(latLong);
  });
}
