import { describe, expect, it } from "vitest";
import { shows } from "./page-words.ts";
import { signedIn, type World } from "./world.ts";

const FIGURES = `[...document.querySelectorAll(".gallery figure")]`;
const WHOLE = (count: number) =>
  `${FIGURES}.filter((figure) => figure.querySelector("img")?.naturalWidth > 0).length === ${count}`;

export function testGallery(theWorld: () => World): void {
  describe("the gallery", () => {
    it("makes a picture, says how it goes, saves it, and makes another one of it", async () => {
      const { tab, user } = await signedIn(theWorld());
      const { emulator } = theWorld();
      await tab.click("link", "Gallery");
      await tab.type("What to make", "A boat");
      await tab.choose("Shape", "16:9");
      await tab.click("button", "Make it");
      await tab.until(`document.querySelector(".job progress") !== null && ${shows("Being made")}`);
      await tab.until(WHOLE(1));
      await tab.click("button", "Save: A boat");
      await tab.until(shows("Saved as"));
      await tab.click("button", "Use as input: A boat");
      await tab.type("What to make", "The same at night");
      await tab.click("button", "Make it");
      await tab.until(WHOLE(2));
      const { body } = emulator.journal.list({ user: user.id, route: "POST /image_gen/async" }).at(-1) ?? {};
      expect(body).toContain("a-boat");
      await tab.reload();
      await tab.until(WHOLE(2));
      expect(await tab.evaluate(`${FIGURES}.map((figure) => figure.querySelector(".media-prompt").innerText)`)).toEqual(
        ["The same at night", "A boat"],
      );
    });

    it("goes on with a clip after a reload", async () => {
      const { tab } = await signedIn(theWorld());
      await tab.click("link", "Gallery");
      await tab.choose("Kind", "video");
      await tab.type("What to make", "A cat");
      await tab.click("button", "Make it");
      await tab.until(shows("Being made"));
      await tab.reload();
      await tab.until(`${shows("A cat")} && document.querySelector(".gallery video")?.readyState >= 1`);
      expect(await tab.evaluate(`document.querySelector(".job")`)).toBe(null);
    });

    it("says that the credits do not reach, and what helps", async () => {
      const { tab } = await signedIn(theWorld(), 3);
      await tab.click("link", "Gallery");
      await tab.type("What to make", "A boat");
      await tab.click("button", "Make it");
      await tab.until(shows("There are not enough credits for this."));
      await tab.click("button", "Hide: A boat");
      await tab.until(`document.querySelector(".job") === null`);
    });
  });
}
