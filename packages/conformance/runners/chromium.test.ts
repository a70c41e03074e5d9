import { chromium } from "../../emulator/src/testing/chromium.ts";
import { describeBrowser } from "./describe-browser.ts";

describeBrowser(chromium);
