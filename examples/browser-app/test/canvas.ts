import { describe, expect, it } from "vitest";
import { ask, askAndWait, IS_DONE, shows, turns } from "./page-words.ts";
import { signedIn, type World } from "./world.ts";

const CARDS = `[...document.querySelectorAll(".card")]`;
const cardOf = (prompt: string) => `${CARDS}.find((card) => card.ariaLabel === ${JSON.stringify(`Turn: ${prompt}`)})`;

export function testCanvas(theWorld: () => World): void {
  describe("the canvas", () => {
    it("shows all branches, goes on from any of them, and leads back to the chat", async () => {
      const { tab } = await signedIn(theWorld());
      await askAndWait(tab, "Say: root", "root");
      await askAndWait(tab, "Say: left", "left");
      await tab.click("link", "Canvas");
      await tab.until(`${CARDS}.length === 2`);
      await tab.evaluate(`${cardOf("Say: root")}.querySelector("button").click()`);
      await tab.until(`${cardOf("Say: root")}.ariaCurrent === "true"`);
      await ask(tab, "Say: right");
      await tab.until(`${cardOf("Say: right")}?.innerText.includes("right\\n")`);
      await tab.until(`document.querySelectorAll(".react-flow__edge").length === 2`);
      expect(
        await tab.evaluate(`new Set(${CARDS}.map((card) => {
        const { x, y } = card.getBoundingClientRect(); return [x, y].join(); })).size`),
      ).toBe(3);
      await tab.evaluate(`[...${cardOf("Say: left")}.querySelectorAll("button")].at(-1).click()`);
      await tab.until(`document.querySelector("[role=log]") !== null && ${shows("1 of 2")} && ${IS_DONE}`);
      expect(await turns(tab)).toEqual(["Say: root", "root", "Say: left", "left"]);
    });

    it("brings into sight what the keyboard comes to", async () => {
      const { tab } = await signedIn(theWorld());
      await askAndWait(tab, "Say: root", "root");
      await askAndWait(tab, "Say: below", "below");
      await askAndWait(tab, "Say: last", "last");
      await tab.setSize(390, 844);
      await tab.click("link", "Canvas");
      await tab.until(`${CARDS}.length === 3`);
      const isInSight = `(({ x, y, width, height }) => x + width / 2 > 0 && x + width / 2 < innerWidth && y + height / 2 > 50 &&
        y + height / 2 < innerHeight)(${cardOf("Say: root")}.getBoundingClientRect())`;
      await tab.until(`!(${isInSight})`);
      await tab.evaluate(`document.querySelector("main").focus(); 0`);
      await tab.press("Tab");
      await tab.until(isInSight);
      expect(await tab.evaluate(`document.activeElement.closest(".card").ariaLabel`)).toBe("Turn: Say: root");
    });

    it("shows several answers while they are written", async () => {
      const { tab, user } = await signedIn(theWorld());
      const fragments = ["one ", ...Array.from({ length: 50 }, () => "and "), "last"];
      theWorld().emulator.model.add({ user: user.id, match: "count", fragments, delayMs: 40 });
      await ask(tab, "Please count.");
      await tab.until(shows("one"));
      for (const _more of [2, 3]) await tab.click("button", "Another answer");
      await tab.click("link", "Canvas");
      await tab.until(`${CARDS}.length === 3 && ${CARDS}.every((card) => card.innerText.includes("one and"))`);
      expect(await tab.evaluate(`${CARDS}.some((card) => card.innerText.includes("last"))`)).toBe(false);
      await tab.until(`${CARDS}.every((card) => card.innerText.includes("last"))`);
    });
  });
}
