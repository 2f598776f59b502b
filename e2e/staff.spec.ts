// A member of staff signs in, sees profile and roles, and signs out on the server too.

import { AMAL, KAVYA, LAYLA, passwordHash, RIMA, sample, SAMIR } from "./people.ts";
import { expect, test } from "./portal.ts";

/** Clinical staff and administrators. */
const TWO_ENTRANCES = {
  staff: {
    entrances: [
      { client: "spice mobile", label: { en: "Clinical staff", ar: "الطاقم الطبي" } },
      { client: "spice web", label: { en: "Administrators", ar: "الإداريون" } },
    ],
  },
};

test("the documented sample answer shows every value", async ({ page, record, staffSignIn }) => {
  await page.clock.setFixedTime("2026-11-22T12:30:00+03:00");
  await staffSignIn.enter(KAVYA);
  await record.shows("Roles");
  expect(await record.cards()).toEqual([
    [
      "Provider",
      [
        ["Status", "Active · Not deleted"],
        ["Role name", "PROVIDER"],
        ["Permission", "PROVIDER"],
        ["Role number", "17"],
        ["Created by user", "0"],
        ["Updated by user", "0"],
      ],
    ],
    [
      "Account",
      [
        [
          "Status",
          "Active · Not expired · Not locked · Password not expired · Not blocked · Not a super user",
        ],
      ],
    ],
    [
      "Workplace",
      [
        ["Organisation", "Medical Care"],
        ["Organisation number", "4"],
        ["Tenant number", "4"],
        ["Country", "Kenya"],
        ["Country number", "1"],
        ["Country calling code", "254"],
        ["Tenant number of the country", "1"],
        ["Units", "Metric (kilograms, centimetres)"],
      ],
    ],
    [
      "Time zone",
      [
        ["Time zone", "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi"],
        // Half past twelve in Riyadh, where these tests' browser is.
        ["Time there now", "Sunday 15:00"],
        ["Hours from UTC (world time)", "+05:30"],
        ["Time zone number", "1"],
      ],
    ],
  ]);

  await record.go("Profile");
  await record.shows("Profile");
  expect(await record.value("Phone")).toMatch(/^•+65$/);
  await record.reveal();
  expect(await record.cards()).toEqual([
    [
      "About you",
      [
        ["First name", "Kavya"],
        ["Last name", "Provider"],
        ["Gender", "Female"],
      ],
    ],
    ["Contact", [["Phone", "+254 887XXX7565"]]],
    [
      "Account",
      [
        ["Username", "kavya_pro@spice.mdt"],
        ["User number", "5"],
        // 1685527129699 in Riyadh, where these tests' browser is.
        ["Signed in at", "31 May 2023 at 12:58"],
        ["Language number", "1"],
      ],
    ],
  ]);
});

test("no leaf of the documented sample answer is forgotten", async ({
  record,
  sandbox,
  staffSignIn,
}) => {
  // Each text and number gets a value of its own, so that each has to be found.
  const told = new Map<string, string>();
  const marked = mark(sample("fixtures/staff-session.json"), "", told);
  await sandbox.faults([
    {
      call: "session",
      times: 1,
      fault: {
        kind: "status",
        status: 200,
        contentType: "text/x-json;charset=UTF-8",
        headers: { Authorization: "Bearer made-up" },
        body: JSON.stringify(marked),
      },
    },
  ]);
  await staffSignIn.enter(KAVYA);
  const seen = await record.values();
  await record.go("Profile");
  await record.reveal();
  seen.push(...(await record.values()));

  expect(told.size).toBe(24);
  const text = seen.join("\n");
  expect([...told].filter(([, value]) => !text.includes(value))).toEqual([]);
});

/** The same JSON with every text and number replaced by one that is there only once. */
function mark(value: unknown, path: string, told: Map<string, string>): unknown {
  if (Array.isArray(value)) return value.map((inner, at) => mark(inner, `${path}.${at}`, told));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, mark(inner, path ? `${path}.${key}` : key, told)]),
    );
  }
  // A moment and the flags are told in other words, which the test above looks at.
  if (path === "currentDate" || typeof value === "boolean" || value === null) return value;
  const marked = typeof value === "number" ? 90_000 + told.size : `«${path}»`;
  told.set(path, String(marked));
  return marked;
}

test.describe("in Arabic", () => {
  test.use({ language: "ar" });

  test("a nurse signs in and reads her record", async ({ record, staffSignIn, words }) => {
    await staffSignIn.enter(AMAL);
    await record.shows(words.roles);
    expect(await record.value("اسم الدور")).toBe("NURSE");
    expect(await record.value("الحالة")).toBe("مفعّل · غير محذوف");
    expect(await record.value("وحدات القياس")).toBe("متري (كيلوغرام، سنتيمتر)");
    await record.go(words.profile);
    await record.reveal();
    expect(await record.value("الهاتف")).toBe("+966 50XXX4567");
    expect(await record.value("اسم المستخدم")).toBe(AMAL.username);
    expect(await record.value("وقت الدخول")).toMatch(/^١ يناير ٢٠٢٦/);
  });
});

test("all of many roles are shown, an unknown one by its own name", async ({
  record,
  sandbox,
  staffSignIn,
}) => {
  // No entrance of SPICE's: the answer lists all roles.
  sandbox.config({ staff: { entrances: [{ client: "logistration", label: "Everybody" }] } });
  await staffSignIn.enter(SAMIR);
  const titles = (await record.cards()).map(([title]) => title);
  expect(titles).toEqual([
    "Lab Technician",
    "Nurse",
    "Report Admin",
    "Red Risk User",
    "Bed Manager",
    "Account",
    "Workplace",
    "Time zone",
  ]);
});

test("the password can be shown and hidden again", async ({ page, staffSignIn }) => {
  await staffSignIn.open("/staff");
  await staffSignIn.password.fill("Spice@123");
  await expect(staffSignIn.password).toHaveAttribute("type", "password");
  await staffSignIn.button("Show password").click();
  await expect(staffSignIn.password).toHaveAttribute("type", "text");
  await expect(page.getByRole("status").filter({ hasText: "Your password is shown" })).toHaveCount(1);
  await staffSignIn.button("Hide password").click();
  await expect(staffSignIn.password).toHaveAttribute("type", "password");
  await expect(staffSignIn.password).toHaveValue("Spice@123");
});

test("signing out revokes the token and leads back to the staff's page", async ({
  record,
  sandbox,
  staffSignIn,
}) => {
  await staffSignIn.enter(KAVYA);
  await sandbox.clearWire();
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expect(staffSignIn.page).toHaveURL("/staff");

  await expect.poll(async () => (await sandbox.wire()).length).toBe(1);
  const [logout] = await sandbox.wire();
  expect(logout).toMatchObject({
    call: "logout",
    method: "GET",
    path: "/auth-service/logout",
    query: null,
    body: "",
    status: 200,
    headers: { authorization: expect.stringMatching(/^Bearer \S+$/), tenantid: "4" },
  });
  // The token is worth nothing any more.
  const authorization = logout?.headers.authorization ?? "";
  const again = await fetch(`${sandbox.url}/user-service/user/validate`, {
    headers: { authorization },
  });
  expect(again.status).toBe(401);
});

test("signing out can be a POST, and is tried once more when it fails", async ({
  record,
  sandbox,
  staffSignIn,
}) => {
  sandbox.config({ staff: { logoutMethod: "POST" } });
  await staffSignIn.enter(KAVYA);
  await sandbox.clearWire();
  await sandbox.faults([{ call: "logout", times: 1, fault: { kind: "status", status: 502 } }]);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expect
    .poll(async () => (await sandbox.wire()).map(({ method, status }) => [method, status]))
    .toEqual([
      ["POST", 502],
      ["POST", 200],
    ]);
});

test("a server that does not answer keeps nobody signed in here", async ({
  page,
  record,
  sandbox,
  staffSignIn,
}) => {
  await staffSignIn.enter(KAVYA);
  await sandbox.faults([{ call: "logout", times: null, fault: { kind: "dropBefore" } }]);
  await record.signOutButton.click();
  await staffSignIn.shows("Staff sign in");
  await expect(page.getByText("PROVIDER")).toHaveCount(0);
});

test("with one entrance there is nothing to choose", async ({ page, staffSignIn }) => {
  await staffSignIn.open("/staff");
  await expect(staffSignIn.submit).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
});

test("of two entrances the chosen one decides the client", async ({
  page,
  record,
  sandbox,
  staffSignIn,
}) => {
  sandbox.config(TWO_ENTRANCES);
  await staffSignIn.open("/staff");
  await expect(page.getByRole("radiogroup", { name: "Sign in as" })).toBeVisible();
  await expect(staffSignIn.entrance("Clinical staff")).toBeChecked();
  await staffSignIn.entrance("Administrators").check();
  await staffSignIn.signIn(LAYLA);
  await record.shows("Roles");
  expect(await record.value("Role name")).toBe("SUPER_ADMIN");
  const [session] = await sandbox.wire();
  expect(session?.headers.client).toBe("spice web");
  // All 128 characters, leading zeros too.
  expect(session?.form?.password).toBe(passwordHash(LAYLA.password));
});

test("the wrong entrance says so, and the other one lets in", async ({
  record,
  sandbox,
  staffSignIn,
  words,
}) => {
  sandbox.config(TWO_ENTRANCES);
  await staffSignIn.open("/staff");
  await staffSignIn.signIn(LAYLA);
  await staffSignIn.complains(words.noPermissionOtherEntrance, "Staff sign in");
  await expect(staffSignIn.username).toHaveValue(LAYLA.username);
  await staffSignIn.entrance("Administrators").check();
  await staffSignIn.password.fill(LAYLA.password);
  await staffSignIn.submit.click();
  await record.shows("Roles");
});

test("entrances are labelled in the page's language", async ({ sandbox, staffSignIn }) => {
  sandbox.config(TWO_ENTRANCES);
  await staffSignIn.open("/staff");
  await staffSignIn.entrance("Administrators").check();
  await staffSignIn.languageButton.click();
  await expect(staffSignIn.entrance("الإداريون")).toBeChecked();
});

for (const person of [SAMIR, RIMA, AMAL]) {
  test(`${person.username} signs in with a password that is not plain ASCII or a name that is no plain address`, async ({
    record,
    sandbox,
    staffSignIn,
  }) => {
    sandbox.config({ staff: { entrances: [{ client: "logistration", label: "Everybody" }] } });
    await staffSignIn.enter(person);
    await record.go("Profile");
    expect(await record.value("Username")).toBe(person.username);
  });
}

test("a user name is trimmed, a password is not", async ({ record, sandbox, staffSignIn }) => {
  const ziad = { username: "  ziad.expired@spice.mdt ", password: "  two spaces around  " };
  await staffSignIn.enter(ziad);
  const [session] = await sandbox.wire();
  expect(session?.form?.username).toBe("ziad.expired@spice.mdt");
  expect((await record.values()).join()).toContain(
    "Active · Expired · Not locked · Password expired · Not blocked",
  );
});
