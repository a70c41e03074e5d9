import { describe, expect, it } from "vitest";
import { ask, askAndWait, IS_DONE, LOG, logShows, shows, turns } from "./page-words.ts";
import { isInside, signedIn, type World } from "./world.ts";

const ROUTE = "POST /completion/async";
/** Notes what the conversation shows, each time that it changes, and what moves without the reader's doing. */
const WATCH = `
  window.seen = []; window.moved = 0;
  new MutationObserver(() => window.seen.push({ text: ${LOG}?.innerText ?? "", isBusy: ${LOG}?.ariaBusy === "true" }))
    .observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true, attributes: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
  }).observe({ type: "layout-shift", buffered: false });
  0`;

export function testChat(theWorld: () => World): void {
  describe("the chat", () => {
    it("writes word by word, folds the reasoning away, and lets nothing jump", async () => {
      const { tab, user } = await signedIn(theWorld());
      const words = Array.from({ length: 120 }, (_, place) => `word${place} `);
      const fragments = ["<think>Hm.", " Well.</think>", ...words, "\n\nlast"];
      theWorld().emulator.model.add({ user: user.id, match: "count", fragments, delayMs: 10 });
      await tab.evaluate(WATCH);
      await askAndWait(tab, "Please count.", "last");
      const isEarly = `({ text, isBusy }) => isBusy && text.includes("word1") && !text.includes("last")`;
      expect(await tab.evaluate(`window.seen.some(${isEarly})`)).toBe(true);
      expect(await tab.evaluate(`window.moved`)).toBeLessThan(0.02);
      expect(await tab.evaluate(`${LOG}.innerText.includes("Well.")`)).toBe(false);
      await tab.evaluate(`${LOG}.querySelector("summary").click()`);
      expect(await tab.evaluate(`${LOG}.innerText.includes("Hm. Well.")`)).toBe(true);
    });

    it("lets nothing that a model writes act in the page", async () => {
      const { tab, user } = await signedIn(theWorld());
      const reply = `[link](javascript:window.bad=1) <img src="x" onerror="window.bad=1"> <b onclick="window.bad=1">end</b>`;
      theWorld().emulator.model.add({ user: user.id, match: "evil", reply });
      await askAndWait(tab, "Be evil.", "end");
      const inside = `[...${LOG}.querySelectorAll(".markdown *")]`;
      expect(
        await tab.evaluate(
          `${inside}.filter((one) => one.matches("img, script, b, [onclick], [href^=javascript]")).length`,
        ),
      ).toBe(0);
      expect(await tab.evaluate("window.bad")).toBe(undefined);
    });

    it("says that a conversation is not there", async () => {
      const { tab } = await signedIn(theWorld());
      await tab.go(`${theWorld().url}?conversation=0c000000-0000-4000-8000-00000000dead`);
      await tab.until(shows("It is not there any more."));
    });

    it("goes on with what was said, also after a reload, and gives it a title", async () => {
      const { tab } = await signedIn(theWorld());
      await askAndWait(tab, "My name is Carla.", "Carla");
      await askAndWait(tab, "What is my name?", "Your name is Carla");
      await tab.reload();
      await tab.until(`${logShows("Your name is Carla")} && ${IS_DONE}`);
      await tab.until(`document.querySelector(".top-bar h1").innerText !== "Untitled"`);
      expect(await turns(tab)).toHaveLength(4);
    });

    it("keeps the draft when another view is read", async () => {
      const { tab } = await signedIn(theWorld());
      await tab.type("Message", "a draft");
      await tab.click("link", "Account");
      await tab.click("link", "Chat");
      expect(await tab.evaluate(`document.querySelector("[aria-label=Message]").value`)).toBe("a draft");
    });

    it("stops, keeps what has come, and fetches the rest when it is asked to", async () => {
      const { tab, user } = await signedIn(theWorld());
      const fragments = ["one ", "two ", ...Array.from({ length: 40 }, () => "and "), "last"];
      theWorld().emulator.model.add({ user: user.id, match: "count", fragments, delayMs: 60 });
      await ask(tab, "Please count.");
      await tab.until(logShows("two"));
      await tab.click("button", "Stop");
      await tab.until(`${IS_DONE} && ${shows("Stopped.")}`);
      expect(await tab.evaluate(logShows("last"))).toBe(false);
      await tab.click("button", "Show the whole answer");
      await tab.until(`${logShows("last")} && ${IS_DONE}`);
    });

    it("asks in other words, and both branches can be read and gone on from", async () => {
      const { tab } = await signedIn(theWorld());
      await askAndWait(tab, "Say: first", "first");
      await askAndWait(tab, "Say: below", "below");
      await tab.click("button", "Edit");
      await tab.evaluate(`document.activeElement.select()`);
      await tab.type("Ask in other words", "Say: second");
      await tab.press("Enter");
      await tab.until(`${logShows("second")} && ${IS_DONE}`);
      expect(await turns(tab)).toEqual(["Say: second", "second"]);
      await tab.click("button", "Branch before");
      expect(await turns(tab)).toEqual(["Say: first", "first", "Say: below", "below"]);
      await tab.click("button", "Branch after");
      await askAndWait(tab, "Say: third", "third");
      await tab.reload();
      await tab.until(`${logShows("third")} && ${IS_DONE}`);
      expect(await turns(tab)).toEqual(["Say: second", "second", "Say: third", "third"]);
    });

    it("gives another answer beside the first", async () => {
      const { tab } = await signedIn(theWorld());
      await askAndWait(tab, "Say: once", "once");
      await tab.click("button", "Another answer");
      await tab.until(`${shows("2 of 2")} && ${IS_DONE}`);
      expect(await turns(tab)).toEqual(["Say: once", "once"]);
    });

    it.each([
      [402, "There are not enough credits for this."],
      [403, "Your account may not do this."],
      [500, "Flowith has a problem of its own."],
    ])("says what a %i means, and tries again", async (status, words) => {
      const { tab, user } = await signedIn(theWorld());
      const { emulator } = theWorld();
      emulator.faults.arm({ type: "status", status, user: user.id, route: ROUTE, count: 0 });
      await ask(tab, "Say: hello");
      await tab.until(shows(words));
      emulator.faults.remove();
      await tab.click("button", "Try again");
      await tab.until(`${logShows("hello")} && ${IS_DONE} && !${shows(words)}`);
    });

    it("says what the model refuses", async () => {
      const { tab, user } = await signedIn(theWorld());
      theWorld().emulator.model.add({
        user: user.id,
        match: "forbidden",
        fail: { reason: "content_policy", by: "both" },
      });
      await ask(tab, "something forbidden");
      await tab.until(shows("The model refuses this."));
      await tab.reload();
      await tab.until(shows("The model refuses this."));
    });

    it("goes on with an answer after a reload in its middle", async () => {
      const { tab, user } = await signedIn(theWorld());
      const fragments = ["one ", ...Array.from({ length: 60 }, () => "and "), "last"];
      theWorld().emulator.model.add({ user: user.id, match: "count", fragments, delayMs: 60 });
      await ask(tab, "Please count.");
      await tab.until(logShows("one"));
      await tab.reload();
      await isInside(tab);
      await tab.until(`${logShows("last")} && ${IS_DONE}`);
    });

    it("says that there is no connection, and goes on when there is one again", async () => {
      const { tab, user } = await signedIn(theWorld());
      const fragments = ["one ", ...Array.from({ length: 60 }, () => "and "), "last"];
      theWorld().emulator.model.add({ user: user.id, match: "count", fragments, delayMs: 60 });
      await ask(tab, "Please count.");
      await tab.until(logShows("one"));
      await tab.setOffline(true);
      await tab.until(shows("You are offline."));
      await tab.setOffline(false);
      await tab.until(`${logShows("last")} && ${IS_DONE} && !${shows("You are offline.")}`);
    });
  });
}
