import type { Reporter, TestModule } from "vitest/node";
import { howToGet } from "../../emulator/src/testing/browser.ts";
import { browsers, isLeftOut } from "../../emulator/src/testing/browsers.ts";

/** Says at the end of a run which browsers it was to have and did without. */
export class BrowsersReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests("skipped")].map(({ fullName }) => fullName),
    );
    for (const browser of browsers.filter(isLeftOut)) {
      const count = skipped.filter((name) => name.includes(`in ${browser.name}`)).length;
      if (count > 0)
        process.stderr.write(`\n!!! ${browser.name} was left out (${count} tests). ${howToGet(browser)}\n`);
    }
  }
}
