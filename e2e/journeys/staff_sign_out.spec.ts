// Sign-out of staff: the session ends in the portal at once, and at the server.

import { KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

test("staff sign-out: the token is revoked and the staff sign-in page shown", async ({
  record,
  sandbox,
  staffSignIn,
}) => {
  await staffSignIn.openAndSignIn(KAVYA);
  await sandbox.clearWire();
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expect(staffSignIn.page).toHaveURL("/staff");

  const logouts = async () => (await sandbox.wire()).filter(({ call }) => call === "logout");
  await expect.poll(async () => (await logouts()).length).toBe(1);
  const [logout] = await logouts();
  expect(logout).toMatchObject({
    call: "logout",
    method: "GET",
    path: "/auth-service/logout",
    query: null,
    body: "",
    status: 200,
    headers: {
      authorization: expect.stringMatching(/^Bearer \S+$/),
      client: "spice mobile",
      tenantid: "4",
    },
  });
  // The token is not valid any more.
  const authorization = logout?.headers.authorization ?? "";
  const again = await fetch(`${sandbox.url}/user-service/user/validate`, {
    headers: { authorization },
  });
  expect(again.status).toBe(401);
});

test("staff sign-out: is a POST when configured, and is retried once", async ({
  record,
  sandbox,
  staffSignIn,
}) => {
  sandbox.config({ staff: { logoutMethod: "POST" } });
  await staffSignIn.openAndSignIn(KAVYA);
  await sandbox.clearWire();
  await sandbox.faults([{ call: "logout", times: 1, fault: { kind: "status", status: 502 } }]);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expect
    .poll(async () =>
      (await sandbox.wire()).filter(({ call }) => call === "logout").map(({ method, status }) => [method, status]),
    )
    .toEqual([
      ["POST", 502],
      ["POST", 200],
    ]);
});

test("staff sign-out: the session ends in the portal when the server does not respond", async ({
  page,
  record,
  sandbox,
  staffSignIn,
}) => {
  await staffSignIn.openAndSignIn(KAVYA);
  await sandbox.faults([{ call: "logout", times: null, fault: { kind: "dropBefore" } }]);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expect(page.getByText("PROVIDER")).toHaveCount(0);
});
