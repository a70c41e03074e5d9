import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, firstPlace, startBrowser } from "./browser.ts";

const places = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/** No question, no page but ours, and no request but those of the page. */
const preferences = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.newtabpage.enabled": false,
  "browser.preonboarding.enabled": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.getAddons.cache.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
  // It sends at most 80 requests a second from all pages together, which is less than the cases of one page make.
  "network.http.pacing.requests.enabled": false,
  // A page may open another unasked.
  "dom.disable_open_during_load": false,
};

const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);

export const firefox: Browser = {
  name: "Firefox",
  packages: ["firefox-esr"],
  variable: "FIREFOX_PATH",
  find: () => firstPlace("FIREFOX_PATH", places),
  async open(place, profileFolder, url) {
    await writeFile(join(profileFolder, "user.js"), lines.join(""));
    const args = ["--headless", "--no-remote", "--profile", profileFolder, url];
    return startBrowser(place, args, { HOME: profileFolder, MOZ_CRASHREPORTER_DISABLE: "1" });
  },
};
