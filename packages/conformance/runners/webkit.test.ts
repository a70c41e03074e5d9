import { webkit } from "../../emulator/src/testing/webkit.ts";
import { describeBrowser } from "./describe-browser.ts";

describeBrowser(webkit);
