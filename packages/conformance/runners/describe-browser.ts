import { fileURLToPath } from "node:url";
import type { Browser } from "../../emulator/src/testing/browser.ts";
import { isLeftOut } from "../../emulator/src/testing/browsers.ts";
import { browserBundle, inBrowser } from "../../emulator/src/testing/in-browser.ts";
import { describeRuntime, type RunAll } from "./describe-runtime.ts";
import { only } from "./selected-cases.ts";

const main = fileURLToPath(new URL("./browser-main.ts", import.meta.url));

/** States that all cases hold in a page of a browser. */
export function describeBrowser(browser: Browser): void {
  const runAll: RunAll = async (emulatorUrl, onResult) => {
    const script = await browserBundle(main);
    await inBrowser<void>(browser, {
      read: (path) => (path === "/main.js" ? script : undefined),
      query: { emulator: emulatorUrl, only },
      onPost(path, body, end) {
        if (path === "/result") onResult(JSON.parse(body));
        if (path === "/end") end();
        return undefined;
      },
      limitMs: 570_000,
    });
  };
  describeRuntime(browser.name, runAll, isLeftOut(browser));
}
