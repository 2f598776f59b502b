// Steps of the staff journeys with the people of the recordings (crates/sandbox/people).

import type { BrowserContext, Page } from "@playwright/test";
import { AUTH_COOKIE } from "./fixtures.ts";
import type { Messages } from "./messages.ts";
import { StaffSignIn } from "./pages/staff_sign_in.ts";
import type { PlannedFault, Sandbox } from "./sandbox.ts";

/** A person of the recordings, such as `hfa`. */
export const recordedPerson = (name: string) => ({ username: `${name}@example.org`, password: "Horizon-7 é" });

/** The staff sign-in page in another tab of the same browser. */
export const inAnotherTab = async (context: BrowserContext, messages: Messages) =>
  new StaffSignIn(await context.newPage(), messages);

/** Configures one staff client, without time-outs by default. */
export function configureStaff(
  sandbox: Sandbox,
  client: string,
  more = {},
  session = { idleSeconds: 86_400, absoluteSeconds: 86_400 },
): void {
  const protocol = client === "web" || client === "mob" ? "2" : "1";
  sandbox.config({ staff: { entrances: [{ client, label: client, protocol }], ...more }, session });
}

/** The requests so far, such as `POST session 200`. */
export const calls = async (sandbox: Sandbox) =>
  (await sandbox.wire()).map(({ method, path, status }) => `${method} ${path.split("/").at(-1)} ${status}`);

/** Lets time pass while the page is in the background, and comes back to it. */
export async function leaveFor(page: Page, seconds: number): Promise<void> {
  await page.clock.fastForward(seconds * 1000);
  await page.evaluate(() => dispatchEvent(new Event("focus")));
}

/** Gives the next sign-in a cookie that is too long, as people with many organizations get from SPICE 2.0. */
export async function setTooLongCookie(sandbox: Sandbox, ...more: PlannedFault[]): Promise<void> {
  const cookie = `${AUTH_COOKIE}=${"x".repeat(4_200)}; Path=/; Secure; HttpOnly; SameSite=Strict`;
  await sandbox.faults([{ call: "session", times: 1, fault: { kind: "headers", set: { "Set-Cookie": cookie } } }, ...more]);
}
