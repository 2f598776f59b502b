// Pages are rendered with the tests' own fonts and no others, so that heights and pictures are the same on
// every machine (xtask/src/setup/fonts.rs).

import { ABDULLAH } from "../support/people.ts";
import { expect, test } from "../support/page_fixtures.ts";
import { LANGUAGES } from "../support/messages.ts";

/** Font families by `--fonts`. Where fonts could not be set, `cargo xtask test` says so. */
const FONTS: Record<string, RegExp> = {
  noto: /^Noto Sans( Arabic)?( SemiBold| Medium| Bold)?$/,
  dejavu: /^DejaVu Sans$/,
};
const chosen = FONTS[process.env.LOGISTRATION_FONTS ?? ""];

for (const language of chosen ? LANGUAGES : []) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("fonts: every text is rendered with a test font", async ({ page, patientSignIn, record, messages }) => {
      const client = await page.context().newCDPSession(page);
      await client.send("DOM.enable");
      await client.send("CSS.enable");
      const families = async () => {
        const { root } = await client.send("DOM.getDocument", { depth: -1 });
        const found = new Set<string>();
        const { nodeIds } = await client.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "body *" });
        for (const nodeId of nodeIds) {
          const { fonts } = await client.send("CSS.getPlatformFontsForNode", { nodeId });
          for (const { familyName } of fonts) found.add(familyName);
        }
        return [...found];
      };
      await patientSignIn.open("/");
      await patientSignIn.shows(messages.patientSignIn);
      const signIn = await families();
      expect(signIn).not.toEqual([]);
      for (const family of signIn) expect(family).toMatch(chosen!);
      await patientSignIn.signIn(ABDULLAH);
      await record.shows(messages.profile);
      for (const family of await families()) expect(family).toMatch(chosen!);
    });
  });
}
