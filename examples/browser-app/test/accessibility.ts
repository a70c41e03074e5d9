import axe from "axe-core";
import { describe, expect, it } from "vitest";
import type { Tab } from "./driver.ts";
import { askAndWait, shows } from "./page-words.ts";
import { freshTab, signedIn, type World } from "./world.ts";

/** What axe finds wrong, a line each. */
async function violations(tab: Tab): Promise<unknown> {
  await tab.evaluate(`${axe.source}; 0`);
  return tab.evaluate(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + " " + target + " " + failureSummary)))`);
}

const THEMES = ["light", "dark"] as const;
const SIZES = [
  [390, 844],
  [1440, 900],
] as const;

export function testAccessibility(theWorld: () => World): void {
  describe("for everybody", () => {
    it.each(THEMES)("has no fault that axe knows, when it is %s", async (theme) => {
      const out = await freshTab(theWorld());
      await out.setTheme(theme);
      await out.evaluate(`for (const way of document.querySelectorAll("details")) way.open = true`);
      expect(await violations(out)).toEqual([]);
      await out.close();
      const { tab } = await signedIn(theWorld());
      await tab.setTheme(theme);
      await tab.click("button", "Write a haiku about streams.");
      await tab.press("Enter");
      await tab.click("link", "Gallery");
      await tab.type("What to make", "A boat");
      await tab.click("button", "Make it");
      await tab.until(`document.querySelector(".gallery img") !== null`);
      for (const [width, height] of SIZES) {
        await tab.setSize(width, height);
        for (const view of ["Chat", "Canvas", "Gallery", "Knowledge", "Account"]) {
          await tab.click("link", view);
          await tab.until(`document.title.startsWith(${JSON.stringify(view)}) && !${shows("Loading…")}`);
          if (view === "Canvas") await tab.until(`document.querySelector(".card") !== null`);
          expect([view, width, await violations(tab)]).toEqual([view, width, []]);
          // Nothing is wider than a phone.
          expect(await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
        }
      }
    });

    it("can be used by keys alone", async () => {
      const { tab } = await signedIn(theWorld());
      // The field has the focus from the start, and keeps it.
      await askAndWait(tab, "Say: hello", "hello");
      expect(await tab.evaluate(`document.activeElement.ariaLabel`)).toBe("Message");
      const reached: unknown[] = [];
      await tab.evaluate(`document.activeElement.blur(); document.querySelector(".skip").focus(); 0`);
      for (let step = 0; step < 25; step++) {
        await tab.press("Tab");
        reached.push(await tab.evaluate(`document.activeElement.ariaLabel ?? document.activeElement.innerText.trim()`));
      }
      expect(reached).toEqual(
        expect.arrayContaining(["Canvas", "New conversation", "Edit", "Another answer", "Copy", "Message"]),
      );
    });
  });
}
