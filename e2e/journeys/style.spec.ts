// The style in two parts: that of the prerendered pages is inlined (style/page), the rest (style/program)
// is loaded beside the program and applied before the program starts.

import { expect, test } from "../support/page_fixtures.ts";
import { ABDULLAH, KAVYA } from "../support/people.ts";

/** Runs in the page: the selectors of the inlined style, and those that match a visible element. */
function selectors(): { all: string[]; used: string[] } {
  const rules = (list: CSSRuleList): CSSStyleRule[] =>
    [...list].flatMap((rule) => {
      if (rule instanceof CSSStyleRule) return [rule];
      return rule instanceof CSSMediaRule ? rules(rule.cssRules) : [];
    });
  const inPage = [...document.styleSheets].filter((sheet) => !sheet.href);
  const all = inPage
    .flatMap((sheet) => rules(sheet.cssRules))
    // Rules that hide an element, which is therefore not visible.
    .filter((rule) => rule.style.display !== "none")
    .flatMap((rule) => rule.selectorText.split(/,\s*(?![^()]*\))/));
  // States that change without the program, or by an attribute of the root element.
  const anyState = (selector: string) =>
    selector
      .replace(/::[\w-]+/g, "")
      .replace(/:(hover|focus-visible|focus)\b/g, ":is(*)")
      .replace(/:root(\[[^\]]*\]|:not\(\[[^\]]*\]\))*/g, ":root") || "*";
  const inView = (selector: string) =>
    [...document.querySelectorAll(anyState(selector))].some((element) => element.checkVisibility());
  return { all, used: all.filter(inView) };
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("page style: every rule matches an element of a prerendered page", async ({ page, sandbox }) => {
    const used = new Set<string>();
    let all: string[] = [];
    for (const language of ["en", "ar"]) {
      await page.setExtraHTTPHeaders({ "accept-language": language });
      for (const path of ["/", "/staff", "/nowhere"]) {
        await page.goto(sandbox.url + path);
        // Without scripts these two are hidden in favour of `<noscript>`; and a hospital's help phone and links
        // are in the footer.
        await page.evaluate(() => {
          for (const part of document.querySelectorAll<HTMLElement>("#portal, .failed")) {
            part.style.setProperty("display", "flex", "important");
          }
          const links = document.createElement("ul");
          links.className = "outward-links";
          links.append("links");
          document.querySelector(".footer")?.append("help", links);
        });
        for (const width of [390, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          const seen = await page.evaluate(selectors);
          all = seen.all;
          for (const selector of seen.used) used.add(selector);
        }
      }
    }
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((selector) => !used.has(selector))).toEqual([]);
  });
});

test("program style: is applied before the program starts on a slow connection", async ({ page, patientSignIn, staffSignIn, record }) => {
  let releaseStyle = () => {};
  const released = new Promise<void>((resolve) => (releaseStyle = resolve));
  await page.route("**/program-*.css", async (route) => {
    await released;
    await route.continue();
  });
  // The computed style of each card when it is inserted.
  await page.addInitScript(() => {
    const radii: string[] = [];
    Object.assign(window, { radii });
    new MutationObserver(() => {
      for (const card of document.querySelectorAll(".card, .nav, .error-summary:not([hidden])")) {
        const { borderRadius, display } = getComputedStyle(card);
        radii.push(card.classList.contains("nav") ? display : borderRadius);
      }
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await page.goto("/", { waitUntil: "commit" });
  // The page is painted, with its form, before the rest of the style has loaded.
  await expect(patientSignIn.phone).toBeVisible();
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  await patientSignIn.phone.fill(ABDULLAH.phone);
  await patientSignIn.nationalId.fill(ABDULLAH.nationalId);
  await expect(page.locator("html")).not.toHaveAttribute("data-app-ready");
  releaseStyle();
  await patientSignIn.ready();
  await patientSignIn.submitButton.click();
  await record.shows("Profile");
  await record.signOutButton.click();
  await patientSignIn.link("Work here? Staff sign in").click();
  await staffSignIn.submitButton.click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await staffSignIn.signIn(KAVYA);
  await record.shows("Roles");
  const styles = await page.evaluate(() => (window as unknown as { radii: string[] }).radii);
  expect(styles.length).toBeGreaterThan(3);
  expect(new Set(styles)).toEqual(new Set(["20px", "flex", "12px"]));
});
