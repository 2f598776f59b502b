// The first picture of README: the demo hospital on a desktop and on phones, in both languages, made of the pictures
// of its pages.

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";

const FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), "../../docs/img");
const source = (name: string) => `data:image/png;base64,${readFileSync(resolve(FOLDER, `${name}.png`), "base64")}`;

/** A window or phone: the picture of a page, its width on the page and in the picture, and the place. */
const screen = (name: string, of: number, width: number, height: number, left: number, top: number, frame: string) => {
  const scale = width / of;
  return `<div style="left:${left}px;top:${top}px;width:${width}px;height:${height}px;${frame}">
    <img src="${source(name)}" style="width:${of * scale}px" alt=""></div>`;
};
const WINDOW = "border-radius:14px;border:1px solid #c3d0d8";
const PHONE = "border-radius:34px;border:9px solid #10202c";

test.use({ viewport: { width: 1600, height: 900 }, deviceScaleFactor: 1 });

test("README: its first picture is made of the pictures of the pages", async ({ page }) => {
  await page.setContent(`<style>
    body { margin: 0; background: linear-gradient(120deg, #dfe9f3, #f4f7fa 55%, #e4eef0); }
    div { position: absolute; overflow: hidden; background: #fff; box-shadow: 0 18px 50px #10202c40; }
  </style>
  ${screen("patient-sign-in-en-light-1280", 1280, 880, 630, 40, 60, WINDOW)}
  ${screen("profile-ar-dark-1280", 1280, 640, 520, 930, 340, WINDOW)}
  ${screen("profile-en-light-390", 390, 300, 640, 800, 210, PHONE)}
  ${screen("patient-sign-in-ar-light-390", 390, 270, 560, 1290, 50, PHONE)}`);
  await page.waitForFunction(() => [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0));
  await expect(page).toHaveScreenshot("readme.png");
});
