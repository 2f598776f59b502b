// Numbers in any notation are sent as documented, and the field keeps what was typed.

import type { Locator } from "@playwright/test";
import { ABDULLAH, KAVYA } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";

const PHONES = [
  "0512345678",
  "512345678",
  "٠٥١٢ ٣٤٥ ٦٧٨",
  "۰۵۱۲۳۴۵۶۷۸",
  "０５１２３４５６７８",
  "+966 (0)51-234-5678",
  "00966512345678",
  "9660512345678",
  "\u200e+966 51 234 5678\u202c",
  "051\u00a0234\u20115678",
  "  051.234.5678 ",
  // Row F8.
  "05\ufffc12345678\ufe0f",
  "（０５１）２３４－５６７８",
  "051٬234٬5678",
  "966512345678+",
];

test("phone: each is sent as 512345678 and stays as typed", async ({ patientSignIn, sandbox, messages }) => {
  await patientSignIn.open("/");
  for (const phone of PHONES) {
    await test.step(JSON.stringify(phone), async () => {
      await sandbox.clearWire();
      await patientSignIn.signIn({ phone, nationalId: ABDULLAH.nationalId });
      await expect.poll(async () => (await sandbox.wire()).map(({ body }) => body)).toEqual(['{"phoneNo":"512345678"}']);
      // An unknown number.
      await patientSignIn.showsErrors(messages.notFound, messages.patientSignIn);
      await expect(patientSignIn.phone).toHaveValue(phone);
    });
  }
});

test("phone: the field keeps its text while typing and when left", async ({ page, patientSignIn }) => {
  await patientSignIn.open("/");
  await patientSignIn.phone.pressSequentially("+966 (0)51-234-5678");
  await page.keyboard.press("Tab");
  await expect(patientSignIn.phone).toHaveValue("+966 (0)51-234-5678");
});

for (const [name, details, written, sent] of [
  [
    "National ID: each is sent as ten digits",
    (nationalId: string) => ({ phone: ABDULLAH.phone, nationalId }),
    ["١٠١٢٣٤٥٦٧٢", "1 012 345 672", "\u200f1012345672", " 1012345672 "],
    '{"type":"nationalId","value":"1012345672","phone":"501234567"}',
  ],
  [
    "Patient ID: each is sent as 0012345 (F8)",
    (patientId: string) => ({ phone: ABDULLAH.phone, patientId }),
    ["00\u200b12345", "00١٢٬345", "００１２３４５", "0012345\ufffc\ufe0f"],
    '{"type":"patientId","value":"0012345","phone":"501234567"}',
  ],
] as const) {
  test(name, async ({ patientSignIn, record, sandbox }) => {
    for (const identifier of written) {
      await test.step(JSON.stringify(identifier), async () => {
        await sandbox.clearWire();
        await patientSignIn.openAndSignIn(details(identifier));
        await record.signOutButton.waitFor();
        expect((await sandbox.wire())[1]?.body).toBe(sent);
      });
    }
  });
}

test(`user name: each is sent as ${KAVYA.username} (F8)`, async ({ record, sandbox, staffSignIn }) => {
  for (const username of ["ka\u200bvya_pro@spice.mdt", "kavya_pro\u200e@spice.mdt", "kavya_pro＠spice．mdt", "\ufeffｋａｖｙａ＿pro@spice.mdt\u3164"]) {
    await test.step(JSON.stringify(username), async () => {
      await staffSignIn.open("/staff");
      await sandbox.clearWire();
      await staffSignIn.signIn({ username, password: KAVYA.password });
      await record.shows("Roles");
      expect((await sandbox.wire()).find(({ call }) => call === "session")?.form?.username).toBe(KAVYA.username);
      await record.signOutButton.click();
      await staffSignIn.shows("Staff sign in");
    });
  }
});

for (const [field, what] of [
  ["phone", "٠٥١٢٣٤٥٫٦٧٨"],
  ["national-id", "١٠١٢٣٤٥٦٧٫٢"],
  ["patient-id", "١٢٫٣"],
] as const) {
  test(`${field}: an Arabic decimal mark is refused (K17)`, async ({ page, patientSignIn, sandbox }) => {
    await patientSignIn.open("/");
    if (field === "patient-id") await patientSignIn.byPatientId.check();
    await page.locator(`#${field}`).fill(what);
    await patientSignIn.submitButton.click();
    await expect(page.locator(`#${field}`)).toHaveAttribute("aria-invalid", "true");
    expect(await sandbox.wire()).toEqual([]);
  });
}

test("patient sign-in: values set by a password manager without events are read (K4)", async ({
  patientSignIn,
  record,
}) => {
  await patientSignIn.open("/");
  const fill = (input: HTMLElement | SVGElement, text: string) => {
    (input as HTMLInputElement).value = text;
  };
  await patientSignIn.phone.evaluate(fill, ABDULLAH.phone);
  await patientSignIn.nationalId.evaluate(fill, ABDULLAH.nationalId);
  await patientSignIn.submitButton.click();
  await record.shows("Profile");
});

test("staff sign-in: values set by a password manager without events are read (K4)", async ({
  record,
  staffSignIn,
}) => {
  await staffSignIn.open("/staff");
  const fill = (input: HTMLElement | SVGElement, text: string) => {
    (input as HTMLInputElement).value = text;
  };
  await staffSignIn.username.evaluate(fill, KAVYA.username);
  await staffSignIn.password.evaluate(fill, KAVYA.password);
  await staffSignIn.submitButton.click();
  await record.shows("Roles");
});

test.describe("with a clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("sign-in: every field accepts paste", async ({ page, patientSignIn, record, staffSignIn }) => {
    const pasteInto = async (field: Locator, text: string) => {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await field.focus();
      await page.keyboard.press("ControlOrMeta+V");
      await expect(field).toHaveValue(text);
    };
    await patientSignIn.open("/");
    await patientSignIn.byPatientId.check();
    await pasteInto(patientSignIn.patientId, ABDULLAH.patientId);
    await patientSignIn.byNationalId.check();
    await pasteInto(patientSignIn.phone, ABDULLAH.phone);
    await pasteInto(patientSignIn.nationalId, ABDULLAH.nationalId);
    await page.keyboard.press("Enter");
    await record.shows("Profile");
    await staffSignIn.open("/staff");
    await pasteInto(staffSignIn.username, KAVYA.username);
    await pasteInto(staffSignIn.password, KAVYA.password);
    await page.keyboard.press("Enter");
    await record.shows("Roles");
  });
});

test("phone: only configured country codes are removed", async ({ patientSignIn, sandbox, messages }) => {
  sandbox.config({ patient: { countryCodes: ["966", "971"] } });
  await patientSignIn.open("/");
  await patientSignIn.signIn({ phone: "+971 51 234 5678", nationalId: ABDULLAH.nationalId });
  await patientSignIn.showsErrors(messages.notFound, messages.patientSignIn);
  await sandbox.clearWire();
  await patientSignIn.signIn({ phone: "+973 51 234 5678", nationalId: ABDULLAH.nationalId });
  await expect(patientSignIn.phone).toHaveAttribute("aria-invalid", "true");
  expect(await sandbox.wire()).toEqual([]);
});
