// Staff sign in, see profile and roles, and sign out on the server too.

import { AMAL, KAVYA, LAYLA, passwordHash, RIMA, sample, SAMIR } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import type { Sandbox } from "../support/sandbox.ts";
import { LANGUAGES } from "../support/messages.ts";
import type { Card } from "../support/pages/record_page.ts";

/** Clinical staff and administrators. */
const TWO_STAFF_CLIENTS = {
  staff: {
    entrances: [
      { client: "spice mobile", label: { en: "Clinical staff", ar: "الطاقم الصحي" } },
      { client: "spice web", label: { en: "Administrators", ar: "إدارة النظام" } },
    ],
  },
};

test("staff record: the documented sample response is shown as expected", async ({ page, record, staffSignIn }) => {
  await page.clock.setFixedTime("2026-11-22T12:30:00+03:00");
  await staffSignIn.openAndSignIn(KAVYA);
  await record.shows("Roles");
  const identity: Card = [
    "Signed in as",
    [
      ["Name", "Kavya Provider"],
      ["Username", "kavya_pro@spice.mdt"],
      ["Organisation", "Medical Care"],
      ["Country", "Kenya"],
      ["Account", "Active"],
    ],
  ];
  expect(await record.cards()).toEqual([
    identity,
    // Only what is out of the ordinary.
    ["Provider", []],
    [
      "Workplace",
      [
        ["Units", "Metric (kilograms, centimetres)"],
        ["Time zone", "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi"],
      ],
    ],
    // Details for support.
    [
      "Provider",
      [
        ["Status", "Active · Not deleted"],
        ["Role name", "PROVIDER"],
        ["Permission code", "PROVIDER"],
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
        ["Organisation number", "4"],
        ["Tenant number", "4"],
        ["Country number", "1"],
        ["Country calling code", "254"],
        ["Tenant number of the country", "1"],
        ["Hours from UTC (world time)", "+05:30"],
        ["Time zone number", "1"],
      ],
    ],
  ]);

  await record.goTo("Profile");
  await record.shows("Profile");
  expect(await record.value("Phone")).toMatch(/^•+65$/);
  await record.revealAll();
  expect(await record.cards()).toEqual([
    identity,
    [
      "About you",
      [
        ["Gender", "Female"],
      ],
    ],
    ["Contact", [["Phone", "+254 887XXX7565"]]],
    // Details for support.
    [
      "Name",
      [
        ["First name", "Kavya"],
        ["Last name", "Provider"],
      ],
    ],
    [
      "Account",
      [
        ["User number", "5"],
        ["Language number", "1"],
        // 1685527129699 in Riyadh, the time zone of the test browser.
        ["Signed in at", "31 May 2023 at 12:58"],
      ],
    ],
  ]);
});

test("staff record: every value of the documented sample response is shown", async ({
  record,
  sandbox,
  staffSignIn,
}) => {
  // Each text and number gets a unique value, so that each must be found.
  const leaves = new Map<string, string>();
  const marked = markLeaves(sample("fixtures/staff-session.json"), "", leaves);
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
  await staffSignIn.openAndSignIn(KAVYA);
  const seen = await record.values();
  await record.goTo("Profile");
  await record.revealAll();
  seen.push(...(await record.values()));

  expect(leaves.size).toBe(24);
  const text = seen.join("\n");
  expect([...leaves].filter(([, value]) => !text.includes(value))).toEqual([]);
});

/** The same JSON with a unique value for every text and number. */
function markLeaves(value: unknown, path: string, leaves: Map<string, string>): unknown {
  if (Array.isArray(value)) return value.map((inner, at) => markLeaves(inner, `${path}.${at}`, leaves));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, markLeaves(inner, path ? `${path}.${key}` : key, leaves)]),
    );
  }
  // Timestamp and flags are formatted; the test above checks them.
  if (path === "currentDate" || typeof value === "boolean" || value === null) return value;
  const marked = typeof value === "number" ? 90_000 + leaves.size : `«${path}»`;
  leaves.set(path, String(marked));
  return marked;
}

test.describe("in Arabic", () => {
  test.use({ language: "ar" });

  test("staff record: is shown in Arabic", async ({ record, staffSignIn, messages }) => {
    await staffSignIn.openAndSignIn(AMAL);
    await record.shows(messages.roles);
    const [, role, , support] = await record.cards();
    expect(role).toEqual(["ممرض/ممرضة", []]);
    expect(support?.[0]).toBe("ممرض/ممرضة");
    expect(support?.[1]).toContainEqual(["الحالة", "مفعّل · غير محذوف"]);
    expect(await record.value("اسم الدور الوظيفي")).toBe("NURSE");
    expect(await record.value("وحدات القياس")).toBe("متري (كيلوغرام، سنتيمتر)");
    await record.goTo(messages.profile);
    await record.revealAll();
    expect(await record.value("الهاتف")).toBe("+966 50XXX4567");
    expect(await record.value("اسم المستخدم")).toBe(AMAL.username);
    expect(await record.value("وقت الدخول")).toMatch(/^1 يناير 2026/);
  });
});

test("roles page: all roles are shown, an unknown one by its own name", async ({
  record,
  sandbox,
  staffSignIn,
}) => {
  // Not a client of SPICE: the response lists all roles.
  sandbox.config({ staff: { entrances: [{ client: "logistration", label: "Everybody" }] } });
  await staffSignIn.openAndSignIn(SAMIR);
  const titles = (await record.cards()).map(([title]) => title);
  const roles = ["Lab Technician", "Nurse", "Report Admin", "High-Risk Patient Follow-up", "Bed Manager"];
  expect(titles).toEqual(["Signed in as", ...roles, "Workplace", ...roles, "Account", "Workplace"]);
});

/** SPICE's roles, of both versions, as the service names them. */
const ROLES =
  "SUPER_USER SUPER_ADMIN REGION_ADMIN ACCOUNT_ADMIN OPERATING_UNIT_ADMIN REPORT_ADMIN HEALTH_COACH HEALTH_SCREENER HRIO LAB_TECHNICIAN NURSE NUTRITIONIST PHARMACIST PHYSICIAN_PRESCRIBER PROVIDER RED_RISK_USER SYSTEM_ADMIN employee job EMR_REPORT_ADMIN EMR_REGION_ADMIN EMR_ACCOUNT_ADMIN EMR_OPERATING_UNIT_ADMIN EMR_SITE_ADMIN CHW PEER_SUPERVISOR HEALTH_FACILITY_ADMIN SECHN MCHA CHA MID_WIFE LAB_ASSISTANT SRN DISTRICT_ADMIN CHIEFDOM_ADMIN".split(
    " ",
  );

/** Sets Kavya's response with other roles. */
async function withRoles(sandbox: Sandbox, roles: object[]): Promise<void> {
  const { staff } = await sandbox.people();
  const kavya = staff.find(({ username }) => username === KAVYA.username);
  await sandbox.faults([
    {
      call: "session",
      times: 1,
      fault: {
        kind: "status",
        status: 200,
        headers: { Authorization: "Bearer made-up" },
        body: JSON.stringify({ ...(kavya?.answer as object), roles }),
      },
    },
  ]);
}

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("roles page: every SPICE role has a job title in the page's language", async ({
      page,
      record,
      sandbox,
      staffSignIn,
    }) => {
      await withRoles(sandbox, ROLES.map((name) => ({ name })));
      await staffSignIn.openAndSignIn(KAVYA);
      const titles = (await record.cards()).map(([title]) => title).slice(1, ROLES.length + 1);
      expect(titles).toHaveLength(35);
      for (const title of titles) expect(title).toMatch(language === "ar" ? /^[ء-ْ/ ]+$/ : /^[A-Za-z: -]+$/);
      expect(titles[ROLES.indexOf("NURSE")]).toBe(language === "ar" ? "ممرض/ممرضة" : "Nurse");
      expect(titles[ROLES.indexOf("CHW")]).toBe(
        language === "ar" ? "عامل صحي مجتمعي" : "Community Health Worker",
      );
      // No title is in another language than the page.
      await expect(page.locator("h2 bdi[lang]")).toHaveCount(0);
    });

    test("roles page: an unknown role keeps its own name with lang and dir", async ({
      page,
      record,
      sandbox,
      staffSignIn,
    }) => {
      await withRoles(sandbox, [{ name: "BED_MANAGER" }, { name: "ممرضة_أولى" }]);
      await staffSignIn.openAndSignIn(KAVYA);
      const titles = (await record.cards()).map(([title]) => title).slice(1, 3);
      expect(titles).toEqual(["Bed Manager", "ممرضة أولى"]);
      const own = page.getByText("Bed Manager", { exact: true }).filter({ visible: true });
      if (language === "ar") {
        await expect(own).toHaveAttribute("lang", "en");
        await expect(own).toHaveAttribute("dir", "ltr");
      } else {
        await expect(own).not.toHaveAttribute("lang");
      }
      await expect(page.getByText("ممرضة أولى", { exact: true }).filter({ visible: true })).not.toHaveAttribute("lang");
    });

    test("roles page: timestamps of a role are formatted, and invalid ones shown as received", async ({
      record,
      sandbox,
      staffSignIn,
    }) => {
      await withRoles(sandbox, [
        {
          name: "NURSE",
          createdAt: "2022-09-07T11:42:51.887+00:00",
          updatedAt: 1_767_225_600_000,
        },
        { name: "PROVIDER", createdAt: "last week", updatedAt: "2022-09-07T11:42:51" },
      ]);
      await staffSignIn.openAndSignIn(KAVYA);
      const [created, updated] = language === "ar" ? ["تاريخ الإنشاء", "تاريخ التحديث"] : ["Created", "Updated"];
      const timestamps = (await record.cards())
        .map(([, rows]) => rows.filter(([label]) => label === created || label === updated).map(([, it]) => it))
        .filter((it) => it.length > 0);
      // In the browser's time zone, Riyadh.
      expect(timestamps[0]).toEqual(
        language === "ar"
          ? [expect.stringMatching(/^7 سبتمبر 2022.*2:42/), expect.stringMatching(/^1 يناير 2026.*3:00/)]
          : ["7 September 2022 at 14:42", "1 January 2026 at 03:00"],
      );
      expect(timestamps[1]).toEqual(["last week", "2022-09-07T11:42:51"]);
    });

    test("password field: is masked again on submit and when the page returns from the back-forward cache", async ({
      page,
      sandbox,
      staffSignIn,
      messages,
    }) => {
      await staffSignIn.open("/staff");
      await staffSignIn.username.fill(KAVYA.username);
      await staffSignIn.password.fill(KAVYA.password);
      await staffSignIn.button(messages.showPassword).click();
      await expect(staffSignIn.password).toHaveAttribute("type", "text");
      await sandbox.faults([{ call: "session", times: 1, fault: { kind: "delay", ms: 1_500 } }]);
      await staffSignIn.submitButton.click();
      await expect(staffSignIn.button(messages.signingIn)).toBeVisible();
      await expect(staffSignIn.password).toHaveAttribute("type", "password");
      await staffSignIn.heading(messages.roles).waitFor();

      await staffSignIn.open("/staff");
      await staffSignIn.password.fill("x");
      await staffSignIn.button(messages.showPassword).click();
      await expect(staffSignIn.password).toHaveAttribute("type", "text");
      // Like a page restored from the back-forward cache.
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
      await expect(staffSignIn.password).toHaveAttribute("type", "password");
      await expect(staffSignIn.button(messages.showPassword)).toBeVisible();
    });
  });
}

test("password field: can be shown and masked again", async ({ page, staffSignIn }) => {
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

test("staff sign-in: one staff client offers no choice", async ({ page, staffSignIn }) => {
  await staffSignIn.open("/staff");
  await expect(staffSignIn.submitButton).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
});

test("staff sign-in: the chosen staff client is sent as the client header", async ({
  page,
  record,
  sandbox,
  staffSignIn,
}) => {
  sandbox.config(TWO_STAFF_CLIENTS);
  await staffSignIn.open("/staff");
  await expect(page.getByRole("radiogroup", { name: "Sign in as" })).toBeVisible();
  await expect(staffSignIn.staffClient("Clinical staff")).toBeChecked();
  await staffSignIn.staffClient("Administrators").check();
  await staffSignIn.signIn(LAYLA);
  await record.shows("Roles");
  expect(await record.value("Role name")).toBe("SUPER_ADMIN");
  const [session] = await sandbox.wire();
  expect(session?.headers.client).toBe("spice web");
  // All 128 characters, leading zeros included.
  expect(session?.form?.password).toBe(passwordHash(LAYLA.password));
});

test("staff sign-in: the wrong staff client shows an error, and the other one signs in", async ({
  record,
  sandbox,
  staffSignIn,
  messages,
}) => {
  sandbox.config(TWO_STAFF_CLIENTS);
  await staffSignIn.open("/staff");
  await staffSignIn.signIn(LAYLA);
  await staffSignIn.showsErrors(messages.noPermissionOtherClient, "Staff sign in");
  await expect(staffSignIn.username).toHaveValue(LAYLA.username);
  await staffSignIn.staffClient("Administrators").check();
  await staffSignIn.password.fill(LAYLA.password);
  await staffSignIn.submitButton.click();
  await record.shows("Roles");
});

test("staff sign-in: staff clients are labelled in the page's language", async ({ sandbox, staffSignIn }) => {
  sandbox.config(TWO_STAFF_CLIENTS);
  await staffSignIn.open("/staff");
  await staffSignIn.staffClient("Administrators").check();
  await staffSignIn.languageButton.click();
  await expect(staffSignIn.staffClient("إدارة النظام")).toBeChecked();
});

for (const person of [SAMIR, RIMA, AMAL]) {
  test(`staff sign-in: ${person.username} signs in with a non-ASCII password or an unusual user name`, async ({
    record,
    sandbox,
    staffSignIn,
  }) => {
    sandbox.config({ staff: { entrances: [{ client: "logistration", label: "Everybody" }] } });
    await staffSignIn.openAndSignIn(person);
    await record.goTo("Profile");
    expect(await record.value("Username")).toBe(person.username);
  });
}

test("staff sign-in: the user name is trimmed, the password is not", async ({ record, sandbox, staffSignIn }) => {
  const ziad = { username: "  ziad.expired@spice.mdt ", password: "  two spaces around  " };
  await staffSignIn.openAndSignIn(ziad);
  const [session] = await sandbox.wire();
  expect(session?.form?.username).toBe("ziad.expired@spice.mdt");
  expect((await record.values()).join()).toContain(
    "Active · Expired · Not locked · Password expired · Not blocked",
  );
});
