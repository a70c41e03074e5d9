// Finds the browsers that the tests must have, or installs them where that can be done without a question.
import { spawnSync } from "node:child_process";
import { howToGet } from "../packages/emulator/src/testing/browser.ts";
import { browsers, isRequired } from "../packages/emulator/src/testing/browsers.ts";

function run(command: string, args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { env, stdio: ["ignore", "ignore", "inherit"] }).status === 0;
}

const missing = () => browsers.filter((browser) => isRequired(browser) && browser.find() === undefined);

const names = missing().map(({ name }) => name);
const canInstall = names.length > 0 && process.getuid?.() === 0 && run("sh", ["-c", "command -v apt-get"]);
if (canInstall) {
  console.error(`There is no ${names.join(", no ")} here: being installed with apt-get.`);
  const packages = missing().flatMap((browser) => browser.packages);
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", ...packages]);
}
for (const browser of missing()) {
  console.error(howToGet(browser));
  process.exitCode = 1;
}
