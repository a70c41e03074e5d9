import type { Browser } from "./browser.ts";
import { chromium } from "./chromium.ts";
import { firefox } from "./firefox.ts";
import { webkit } from "./webkit.ts";

/** All that pages are tested in. */
export const browsers: readonly Browser[] = [chromium, firefox, webkit];

/** Whether a browser must be there: CI has all of them, and nobody goes without Chromium. */
export function isRequired(browser: Browser): boolean {
  return browser === chromium || process.env.CI === "true";
}

/** Whether tests do without a browser, as the end of a run then says. */
export function isLeftOut(browser: Browser): boolean {
  return !isRequired(browser) && browser.find() === undefined;
}
