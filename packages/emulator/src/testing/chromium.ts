import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";

const places = [
  process.env.CHROMIUM_PATH ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Where a Chromium is, if there is one. */
export function findChromium(): string | undefined {
  return places.find((place) => place !== "" && existsSync(place));
}

/** Opens a page, which may open others; whoever calls it has to kill the process. */
export function openPage(chromium: string, profileFolder: string, url: string): ChildProcess {
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-popup-blocking",
  ];
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const media = ["--autoplay-policy=no-user-gesture-required", `--user-data-dir=${profileFolder}`];
  return spawn(chromium, [...flags, ...quiet, ...media, url], { stdio: "ignore" });
}
