import { LULWA } from "./people.ts";
import { expect, test } from "./portal.ts";
import { CodePage } from "./pages/code.ts";
for (const language of ["en", "ar"] as const)
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [390, 1280]) {
      test.describe(`${language} ${colorScheme} ${width}`, () => {
        test.use({ language, colorScheme, viewport: { width, height: 844 } });
        test("shot", async ({ page, patientSignIn, sandbox, words }) => {
          sandbox.config({ patient: { oneTimeCode: true } });
          const code = new CodePage(page, words);
          await patientSignIn.open("/");
          await patientSignIn.signIn(LULWA);
          await code.heading(code.say.heading).waitFor();
          await page.screenshot({ path: `/tmp/i6shots/${language}-${colorScheme}-${width}.png` });
          if (width === 390) {
            await code.enter("111111");
            await expect(code.summary).toBeFocused();
            await page.screenshot({ path: `/tmp/i6shots/${language}-${colorScheme}-${width}-wrong.png` });
          }
        });
      });
    }
