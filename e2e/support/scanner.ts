// A scanner at the desk: zbar, reading codes off a picture of the page.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Locator, TestInfo } from "@playwright/test";

const run = promisify(execFile);

/** A patient's file number, in both codes, as the scanner tells it. */
export const expectedCodes = (number: string) => [`CODE-128:${number}`, `QR-Code:${number}`];

/** What it reads off a part of the page: kind and text of each code, by kind. */
export async function scan(part: Locator, info: TestInfo): Promise<string[]> {
  const picture = info.outputPath(`scanned-${Date.now()}.png`);
  await part.screenshot({ path: picture, animations: "disabled" });
  // It ends with 4 where it finds nothing.
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
