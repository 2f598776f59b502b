// A browser that WebDriver drives, with the portal: page objects of the journeys in Firefox and WebKit.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { Builder, By, error, until, type WebDriver, type WebElement } from "selenium-webdriver";
import firefox from "selenium-webdriver/firefox.js";
import { type Language, MESSAGES, type Messages } from "./messages.ts";
import { endWithThisProcess, freePort } from "./web_server.ts";

export const TIMEOUT_MS = 20_000;

/** SHA-384 of no bytes. */
const HASH_OF_NOTHING = createHash("sha384").digest("base64");

/** A browser with the portal. */
export class DrivenBrowser {
  constructor(
    readonly driver: WebDriver,
    readonly messages: Messages,
    /** Console errors and warnings, uncaught errors, policy violations; none where the browser does not tell. */
    readonly consoleErrors: string[],
    private readonly stopDriver = (): unknown => undefined,
  ) {}

  /** A new tab, and no other, in which nothing is stored for the origin. */
  async renew(origin: string): Promise<void> {
    const before = await this.driver.getAllWindowHandles();
    await this.driver.switchTo().newWindow("tab");
    const tab = await this.driver.getWindowHandle();
    for (const other of before) {
      await this.driver.switchTo().window(other);
      await this.driver.close();
    }
    await this.driver.switchTo().window(tab);
    await this.driver.get(`${origin}/icon.svg`);
    await this.driver.manage().deleteAllCookies();
    await this.driver.executeScript("localStorage.clear(); sessionStorage.clear();");
    this.consoleErrors.splice(0);
  }

  async close(): Promise<void> {
    await this.driver.quit();
    this.stopDriver();
  }

  async open(url: string): Promise<void> {
    // WebKit's driver ends a command with this error where a page loads itself again, in another language.
    const unlessReloaded = (problem: unknown): [] => {
      if (problem instanceof error.NoSuchFrameError) return [];
      throw problem;
    };
    await this.driver.get(url).catch(unlessReloaded);
    const ready = By.css("html[data-app-ready]");
    await this.driver.wait(async () => (await this.driver.findElements(ready).catch(unlessReloaded)).length > 0, TIMEOUT_MS);
  }

  /** The element, once it exists and is visible. */
  private async find(by: By): Promise<WebElement> {
    const element = await this.driver.wait(until.elementLocated(by), TIMEOUT_MS);
    return this.driver.wait(until.elementIsVisible(element), TIMEOUT_MS);
  }

  async shows(heading: string): Promise<void> {
    await this.find(By.xpath(`//h1[normalize-space()=${quoted(heading)}]`));
    await this.driver.wait(until.titleIs(`${heading} – Logistration`), TIMEOUT_MS);
  }

  async fill(id: string, text: string): Promise<void> {
    const field = await this.find(By.id(id));
    await field.clear();
    await field.sendKeys(text);
  }

  async press(button: string): Promise<void> {
    await (await this.find(By.xpath(`//button[normalize-space()=${quoted(button)}]`))).click();
  }

  async follow(link: string): Promise<void> {
    await (await this.find(By.xpath(`//a[normalize-space()=${quoted(link)}]`))).click();
  }

  async says(text: string): Promise<void> {
    await this.find(By.xpath(`//*[contains(text(),${quoted(text)})]`));
  }

  async attribute(name: string): Promise<string | null> {
    return this.driver.findElement(By.css("html")).getAttribute(name);
  }

  async address(): Promise<string> {
    const { pathname, search } = new URL(await this.driver.getCurrentUrl());
    return pathname + search;
  }
}

/** A string literal in XPath. */
const quoted = (text: string) => (text.includes("'") ? `"${text}"` : `'${text}'`);

/** Firefox: FIREFOX, by GECKODRIVER. */
export async function startFirefox(language: Language): Promise<DrivenBrowser> {
  const options = new firefox.Options();
  options.addArguments("-headless");
  options.setPreference("intl.accept_languages", MESSAGES[language].locale);
  options.enableBidi();
  if (process.env.FIREFOX) options.setBinary(process.env.FIREFOX);
  const driver = await new Builder()
    .forBrowser("firefox")
    .setFirefoxOptions(options)
    .setFirefoxService(new firefox.ServiceBuilder(process.env.GECKODRIVER))
    .build();
  const complaints: string[] = [];
  const bidi = await driver.getBidi();
  await bidi.subscribe("log.entryAdded");
  bidi.socket.addEventListener("message", ({ data }) => {
    const { method, params } = JSON.parse(String(data)) as {
      method?: string;
      params?: { level: string; text: string | null };
    };
    if (method !== "log.entryAdded" || !params || params.level === "info" || params.level === "debug") return;
    // A page that loads itself again in another language cancels its loads, and Firefox compares their
    // integrity with that of no bytes.
    if (params.text?.includes(`computed hash is “${HASH_OF_NOTHING}”`)) return;
    complaints.push(`${params.level}: ${params.text}`);
  });
  // Runs before the page's scripts: Firefox reports policy violations only to its own console.
  await bidi.send({
    method: "script.addPreloadScript",
    params: {
      functionDeclaration: `() => addEventListener("securitypolicyviolation", (event) =>
        console.error("policy: " + event.effectiveDirective + " " + event.blockedURI))`,
    },
  });
  return new DrivenBrowser(driver, MESSAGES[language], complaints);
}

/**
 * WebKitGTK's own small browser, MINIBROWSER, by WEBKIT_DRIVER. It tells nothing of its console, and has the languages
 * of its environment.
 */
export async function startWebKit(language: Language): Promise<DrivenBrowser> {
  const server = `http://127.0.0.1:${await freePort()}`;
  const program = spawn(process.env.WEBKIT_DRIVER ?? "", [`--port=${new URL(server).port}`], { stdio: "inherit" });
  endWithThisProcess(program);
  while (!(await fetch(`${server}/status`).catch(() => null))?.ok) await new Promise((next) => setTimeout(next, 50));
  const driver = await new Builder()
    .usingServer(server)
    .withCapabilities({
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary: process.env.MINIBROWSER, args: ["--automation"] },
    })
    .build();
  return new DrivenBrowser(driver, MESSAGES[language], [], () => program.kill());
}
