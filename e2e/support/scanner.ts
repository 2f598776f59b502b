// A bar code scanner: zbar, on a picture of the page.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Locator, TestInfo } from "@playwright/test";

const run = promisify(execFile);

/** A Patient ID in both codes, as the scanner prints it. */
export const expectedCodes = (number: string) => [`CODE-128:${number}`, `QR-Code:${number}`];

/** The codes on a part of the page, as `TYPE:text`, sorted. */
export async function scan(part: Locator, info: TestInfo): Promise<string[]> {
  const picture = info.outputPath(`scanned-${Date.now()}.png`);
  await part.screenshot({ path: picture, animations: "disabled" });
  return scanPicture(picture);
}

/** The codes on a picture, as `TYPE:text`, sorted. */
export async function scanPicture(picture: string): Promise<string[]> {
  // zbarimg exits with 4 when it finds nothing.
  const { stdout } = await run("zbarimg", [
    "--quiet",
    "--nodbus",
    "-Sdisable",
    "-Sqrcode.enable",
    "-Scode128.enable",
    picture,
  ]).catch((error: { code?: number; stdout: string }) => {
    if (error.code === 4) return { stdout: "" };
    throw error;
  });
  return stdout.trim().split("\n").filter(Boolean).sort();
}
