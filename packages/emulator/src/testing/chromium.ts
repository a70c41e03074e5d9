import { type Browser, firstPlace, startBrowser } from "./browser.ts";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
const allowed = ["--disable-popup-blocking", "--autoplay-policy=no-user-gesture-required"];

export const chromium: Browser = {
  name: "Chromium",
  packages: ["chromium"],
  variable: "CHROMIUM_PATH",
  find: () => firstPlace("CHROMIUM_PATH", places),
  open: async (place, profileFolder, url) =>
    startBrowser(place, [...flags, ...quiet, ...allowed, `--user-data-dir=${profileFolder}`, url]),
};
