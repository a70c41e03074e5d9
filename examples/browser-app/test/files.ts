import { describe, expect, it } from "vitest";
import type { Tab } from "./driver.ts";
import { ask, IS_DONE, LOG, logShows, shows } from "./page-words.ts";
import { signedIn, type World } from "./world.ts";

const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What the user brings along, as the browser hands it to the page. */
const BRING = `(type, target, name, mime, base64) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: mime }));
  const options = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
  const event = type === "paste" ? new ClipboardEvent(type, options) : new DragEvent(type, options);
  document.querySelector(target).dispatchEvent(event); }`;

async function bring(tab: Tab, type: "drop" | "paste", name: string, mime: string, base64: string): Promise<void> {
  const target = type === "paste" ? "textarea" : "main > *";
  await tab.evaluate(
    `(${BRING})(${JSON.stringify(type)}, ${JSON.stringify(target)}, ${JSON.stringify(name)}, ${JSON.stringify(mime)}, ${JSON.stringify(base64)})`,
  );
}

export function testFiles(theWorld: () => World): void {
  describe("files", () => {
    it("go along when they are dropped or pasted", async () => {
      const { tab } = await signedIn(theWorld());
      await bring(tab, "drop", "dot.png", "image/png", DOT);
      await bring(tab, "paste", "notes.txt", "text/plain", btoa("hello world"));
      await tab.until(
        `document.querySelectorAll(".inputs .input").length === 2 && document.querySelector(".inputs progress") === null`,
      );
      await ask(tab, "What are these?");
      await tab.until(`${logShows("1 x 1 pixels")} && ${logShows("notes.txt has 11 bytes")} && ${IS_DONE}`);
      expect(await tab.evaluate(`${LOG}.querySelector(".bubble").innerText`)).toMatch(
        /^What are these\?\s+notes\.txt$/,
      );
      expect(await tab.evaluate(`document.querySelector(".inputs")`)).toBe(null);
    });

    it("that are not taken say so, and can be left out", async () => {
      const { tab, user } = await signedIn(theWorld());
      theWorld().emulator.faults.arm({
        type: "status",
        status: 415,
        user: user.id,
        route: "POST /file/store",
        count: 0,
      });
      await bring(tab, "drop", "dot.png", "image/png", DOT);
      await tab.until(shows("The file was not taken."));
      await tab.click("button", "Leave out dot.png");
      await tab.until(`document.querySelector(".inputs") === null`);
    });
  });
}
