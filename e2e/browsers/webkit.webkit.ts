// WebKit, the engine of iPhones, as WebKitGTK has it, by WebDriver. Run by `cargo xtask test --only webkit`.

import { startWebKit } from "../support/driven_browser.ts";
import { journeys, testIn } from "./shared_journeys.ts";

journeys(testIn(startWebKit));
