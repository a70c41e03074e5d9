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
      expect(await tab.evaluate(`document.querySelectorAll(".react-flow__edge").length`)).toBe(2);
      expect(
        await tab.evaluate(`new Set(${CARDS}.map((card) => {
        const { x, y } = card.getBoundingClientRect(); return [x, y].join(); })).size`),
      ).toBe(3);
      await tab.evaluate(`[...${cardOf("Say: left")}.querySelectorAll("button")].at(-1).click()`);
      await tab.until(`document.querySelector("[role=log]") !== null && ${shows("1 of 2")} && ${IS_DONE}`);
      expect(await turns(tab)).toEqual(["Say: root", "root", "Say: left", "left"]);
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
