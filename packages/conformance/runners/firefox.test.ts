import { firefox } from "../../emulator/src/testing/firefox.ts";
import { describeBrowser } from "./describe-browser.ts";

describeBrowser(firefox);
