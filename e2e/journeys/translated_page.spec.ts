// A page translator at work on the running portal: it replaces text nodes at any time, and what changes later is
// still seen. Row F5 and F5e; K3 is in prerender.spec.ts.

import type { Page } from "@playwright/test";
import { expect, test } from "../support/page_fixtures.ts";
import { MESSAGES } from "../support/messages.ts";
import { stopClock } from "../support/clock.ts";
import { ABDULLAH, KAVYA, MARIA } from "../support/people.ts";

/** How translators put a translation in the place of a text node. */
const KINDS = {
  "replaces each text node by an element": (text: Text, font: HTMLElement) => text.replaceWith(font),
  "inserts an element and then removes the text node": (text: Text, font: HTMLElement) => {
    text.before(font);
    text.remove();
  },
  "wraps each text node": (text: Text, font: HTMLElement) => {
    const translation = font.textContent!;
    text.replaceWith(font);
    font.replaceChildren(text);
    text.data = translation;
  },
  "changes each text node in place": (text: Text, font: HTMLElement) => void (text.data = font.textContent!),
  "sets the text of each element anew": (text: Text, font: HTMLElement) => {
    const parent = text.parentElement!;
    if (parent.childNodes.length === 1) parent.textContent = font.textContent;
    else text.replaceWith(font);
  },
};

/** Translates the page, and from then on what is added, by putting a mark before each text. */
async function translate(page: Page, kind: keyof typeof KINDS): Promise<void> {
  await page.evaluate(`(() => {
    const put = ${KINDS[kind].toString()};
    const translate = (root) => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const all = root.nodeType === Node.TEXT_NODE ? [root] : [];
      while (texts.nextNode()) all.push(texts.currentNode);
      for (const text of all) {
        if (!text.isConnected || !text.data.trim() || text.data.startsWith("~") || text.parentElement.closest("[translate=no]")) continue;
        const font = document.createElement("font");
        const inner = document.createElement("font");
        inner.textContent = "~" + text.data;
        font.append(inner);
        put(text, font);
      }
    };
    const portal = document.getElementById("portal");
    translate(portal);
    new MutationObserver((changes) => {
      for (const { target, type, addedNodes } of changes) {
        for (const node of type === "characterData" ? [target] : addedNodes) if (node.isConnected) translate(node);
      }
    }).observe(portal, { childList: true, characterData: true, subtree: true });
  })()`);
}

for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
  test.describe(`a translator that ${kind}`, () => {
    test("errors and the language change after it (F5)", async ({ page, patientSignIn, messages }) => {
      await patientSignIn.open("/");
      await translate(page, kind);
      await expect(page.locator(".sign-in__intro")).toHaveText(/^~/);
      await page.locator("#phone").fill("1");
      await page.locator("button[type=submit]").click();
      const error = page.locator("#phone-error");
      await expect(error).toContainText("~This number is too short");
      await page.locator("#phone").fill("x");
      await page.locator("button[type=submit]").click();
      await expect(error).not.toContainText("too short");
      await expect(error).toContainText(/~.*digits/);
      await page.getByRole("button", { name: messages.otherLanguage }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(`~${MESSAGES.ar.patientSignIn}`);
      await expect(page.locator("button[type=submit]")).toHaveText(`~${MESSAGES.ar.signIn}`);
    });

    test("the countdown of a refusal and the busy button change after it (F5)", async ({ page, patientSignIn, sandbox }) => {
      await stopClock(page);
      await patientSignIn.open("/");
      await translate(page, kind);
      await sandbox.faults([
        { call: "exists", times: 1, fault: { kind: "status", status: 429, headers: { "Retry-After": "90" }, body: "" } },
      ]);
      await page.locator("#phone").fill(ABDULLAH.phone);
      await page.locator("#national-id").fill(ABDULLAH.nationalId);
      await page.locator("button[type=submit]").click();
      const left = page.locator("form .countdown");
      await expect(left).toContainText("~1:30 min");
      await page.clock.runFor(5_000);
      await expect(left).toContainText("~1:25 min");
      await page.clock.runFor(5_000);
      await expect(left).toContainText("~1:20 min");
      await page.clock.runFor(81_000);
      await expect(left).toBeHidden();
      await sandbox.faults([{ call: "exists", times: 1, fault: { kind: "delay", ms: 1_500 } }]);
      await page.locator("button[type=submit]").click();
      await expect(page.locator("button[type=submit]")).toHaveText(/^~Signing in/);
    });

    test("the countdown to the end of the session changes after it (F5)", async ({ page, patientSignIn, record }) => {
      await stopClock(page);
      await patientSignIn.openAndSignIn(ABDULLAH);
      await record.shows("Profile");
      await translate(page, kind);
      const dialog = page.locator(".dialog[open]");
      for (let minutes = 0; minutes < 30 && !(await dialog.isVisible()); minutes += 1) await page.clock.runFor(60_000);
      await expect(dialog).toBeVisible();
      const left = dialog.locator(".dialog__countdown");
      const before = await left.innerText();
      expect(before).toMatch(/^~/);
      await page.clock.runFor(10_000);
      await expect(left).not.toHaveText(before);
      await expect(left).toHaveText(/^~/);
    });
  });
}

test("a whole visit works with a translator at work (F5)", async ({ page, patientSignIn, sandbox }) => {
  await patientSignIn.open("/");
  await translate(page, "replaces each text node by an element");
  await page.locator("#phone").fill(MARIA.phone);
  await page.getByRole("radio").nth(1).check();
  await page.locator("#patient-id").fill(MARIA.patientId);
  await page.locator("button[type=submit]").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("~Profile");
  await page.getByRole("link", { name: "~Addresses" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("~Addresses");
  await page.getByRole("button", { name: "~العربية" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`~${MESSAGES.ar.addresses}`);
  await page.getByRole("button", { name: "~English" }).click();
  await page.getByRole("button", { name: "~Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("~Patient sign in");
  await expect(page.getByText(MARIA.name)).toHaveCount(0);
  expect((await sandbox.wire()).map(({ call }) => call)).toEqual(["exists", "login"]);
});

test.describe("values that a translator must not touch (F5e)", () => {
  /** The values on the page that a translator may translate. */
  const translatable = (page: Page) =>
    page
      .getByRole("main")
      .locator("[data-value]:not([translate=no])")
      .evaluateAll((values) => values.map((value) => value.closest(".description-list__row")?.querySelector("dt")?.textContent));

  test("a patient's names, numbers, addresses and coordinates are kept (F5e)", async ({ page, patientSignIn, record }) => {
    await patientSignIn.open("/");
    await patientSignIn.phone.fill(`+966 ${ABDULLAH.phone}`);
    await expect(page.locator("#phone-readback [translate=no]")).toHaveText(/\+966/);
    await patientSignIn.signIn(ABDULLAH);
    await record.shows("Profile");
    const words = ["Date of birth", "Date of birth (Hijri)", "Age", "Gender", "ID type", "Marital status"];
    expect(await translatable(page)).toEqual(words);
    await record.openFullScreen();
    await expect(page.locator(".barcode-dialog__value bdi")).toHaveAttribute("translate", "no");
    await page.keyboard.press("Escape");
    await record.goTo("Addresses");
    expect(await translatable(page)).toEqual([]);
  });

  test("a staff member's names and numbers are kept (F5e)", async ({ page, staffSignIn, record }) => {
    await staffSignIn.openAndSignIn(KAVYA);
    await record.goTo("Profile");
    expect(await translatable(page)).toEqual(["Account", "Gender", "Signed in at"]);
  });
});
