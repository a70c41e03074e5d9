// Finds Chromium for the browser tests, or installs it where that can be done without a question.
import { spawnSync } from "node:child_process";
import { findChromium } from "../packages/emulator/src/testing/chromium.ts";

function run(command: string, args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { env, stdio: ["ignore", "ignore", "inherit"] }).status === 0;
}

if (findChromium() === undefined) {
  const canInstall = process.getuid?.() === 0 && run("sh", ["-c", "command -v apt-get"]);
  if (canInstall) {
    console.error("There is no Chromium here: it is being installed with apt-get.");
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  }
  if (findChromium() === undefined) {
    console.error("The browser tests need Chromium. Install it (apt install chromium), or set CHROMIUM_PATH.");
    process.exitCode = 1;
  }
}
