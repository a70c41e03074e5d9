import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ChromiumTab } from "./chromium-tab.ts";
import { environmentOf, type NextServer, startApp } from "./next-server.ts";

const MINUTE_MS = 60_000;
const ROUTE = "POST /completion";
const PICTURE = join(tmpdir(), `next-app-dot-${process.pid}.png`);
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const LOG = `document.querySelector("[role=log]")`;
const IS_DONE = `${LOG}.ariaBusy === "false"`;
/** Notes what the conversation shows, each time that it changes, and whether more is to come. */
const WATCH = `
  window.seen = [];
  new MutationObserver(() => window.seen.push({ text: ${LOG}.innerText, isBusy: ${LOG}.ariaBusy === "true" }))
    .observe(${LOG}, { subtree: true, childList: true, characterData: true, attributes: true });
  0`;

/** The page `/assistant` of the app, which is built, in Chromium. */
export function testAssistant(app: string, theEmulator: () => Emulator): void {
  describe("the assistant", () => {
    let emulator: Emulator;
    let user: string;
    let server: NextServer;
    let tab: ChromiumTab;

    beforeAll(async () => {
      emulator = theEmulator();
      const { id, ...session } = await emulator.createUser({ credits: 100 });
      user = id;
      server = await startApp(app, environmentOf(emulator, session));
      tab = await ChromiumTab.open();
    }, 2 * MINUTE_MS);

    afterAll(async () => {
      await tab?.[Symbol.asyncDispose]();
      await server?.[Symbol.asyncDispose]();
      await rm(PICTURE, { force: true });
    });

    beforeEach(async () => {
      await tab.go(`${server.url}/assistant`);
      await isUsable();
    });

    /** Keys do nothing before React is there. */
    async function isUsable(): Promise<void> {
      await tab.until(
        `Object.keys(document.querySelector("form") ?? {}).some((key) => key.startsWith("__reactProps"))`,
      );
    }

    async function ask(text: string): Promise<void> {
      await tab.type("Message", text);
      await tab.press("Enter");
    }

    async function shown(): Promise<unknown> {
      return tab.evaluate(`${LOG}.innerText.replace(/\\s+/g, " ").trim()`);
    }

    async function problem(): Promise<unknown> {
      await tab.until(`${LOG}.querySelector("[role=alert]") !== null`);
      return tab.evaluate(`${LOG}.querySelector("[role=alert]").firstChild.data`);
    }

    /** Only the first word ever comes. */
    async function askForOneWord(): Promise<void> {
      emulator.model.add({ user, match: "count", fragments: ["one ", "two ", "three"], count: 1 });
      emulator.faults.arm({ type: "silence", user, route: ROUTE, afterEvents: 1 });
      await ask("Please count.");
      await tab.until(`${LOG}.innerText.includes("one")`);
    }

    /** The number of the last request so far. */
    function lastId(): number {
      return emulator.journal.list({ user }).at(-1)?.id ?? 0;
    }

    it("writes word by word, folds the reasoning away, and begins anew after a reload", async () => {
      const fragments = ["<think>Hm.</think>", "one ", "two ", "three"];
      for (const _time of ["at first", "after a reload"]) {
        emulator.model.add({ user, match: "count", fragments, delayMs: 150, count: 1 });
        await tab.evaluate(WATCH);
        await ask("Please count.");
        await tab.until(`${LOG}.innerText.includes("three") && ${IS_DONE}`);
        expect(await shown()).toBe("Please count. Reasoning one two three");
        const isEarly = `({ text, isBusy }) => isBusy && text.includes("one") && !text.includes("three")`;
        expect(await tab.evaluate(`window.seen.some(${isEarly})`)).toBe(true);
        await tab.evaluate(`document.querySelector("summary").click()`);
        expect(await shown()).toBe("Please count. Reasoning Hm. one two three");
        await tab.reload();
        await isUsable();
        expect(await shown()).toBe("");
      }
    });

    it("goes on with what was said, and sends by Enter, but not by Shift+Enter", async () => {
      await ask("Say: first");
      await tab.until(`${LOG}.innerText.includes("first", 10) && ${IS_DONE}`);
      await tab.type("Message", "Say:");
      await tab.press("Enter", { shift: true });
      expect(await tab.evaluate(`document.querySelector("textarea").value`)).toBe("Say:\n");
      await ask(" second");
      await tab.until(`document.querySelectorAll("article").length === 4 && ${IS_DONE}`);
      const { messages } = JSON.parse(emulator.journal.list({ user, route: ROUTE }).at(-1)?.body ?? "{}");
      expect(messages.map(({ role }: { role: string }) => role)).toEqual(["user", "assistant", "user"]);
    });

    it("ends the request to the service by Stop, and keeps what has come", async () => {
      const after = lastId();
      await askForOneWord();
      expect(emulator.journal.list({ user, route: ROUTE, after, isCutShort: true })).toEqual([]);
      await tab.click("button", "Stop");
      await tab.until(IS_DONE);
      expect(await emulator.journal.waitFor({ user, route: ROUTE, after, isCutShort: true }, MINUTE_MS)).toBeDefined();
      expect(await shown()).toBe("Please count. one");
      await ask("Say: again");
      await tab.until(`document.querySelectorAll("article").length === 4 && ${IS_DONE}`);
    });

    it("ends it as well where its reader leaves by a link of the app", async () => {
      const after = lastId();
      await askForOneWord();
      await tab.click("link", "Ask");
      expect(await emulator.journal.waitFor({ user, route: ROUTE, after, isCutShort: true }, MINUTE_MS)).toBeDefined();
    });

    it("sends a picture, once, and shows it", async () => {
      const after = lastId();
      await writeFile(PICTURE, Buffer.from(DOT, "base64"));
      await tab.choose("Pictures", [PICTURE]);
      await ask("What is this?");
      await tab.until(`${LOG}.innerText.includes("1 x 1 pixels") && ${IS_DONE}`);
      expect(await tab.evaluate(`${LOG}.querySelector("img").alt + document.querySelector("input").value`)).toMatch(
        /^next-app-dot-\d+\.png$/,
      );
      await ask("Say: and now without");
      await tab.until(`document.querySelectorAll("article").length === 4 && ${IS_DONE}`);
      expect(emulator.journal.list({ user, route: "POST /file/store", after })).toHaveLength(1);
    });

    it.each([
      [402, "There are no credits left."],
      [401, "This site is no longer signed in at Flowith."],
      [429, "Too many questions at once. Try again in a minute."],
    ])("says what a %i means, and tries again", async (status, words) => {
      emulator.faults.arm({ type: "status", status, user, route: ROUTE, count: 0 });
      await ask("Say: hello");
      expect(await problem()).toBe(words);
      emulator.faults.remove();
      await tab.click("button", "Try again");
      await tab.until(`document.querySelectorAll("article").length === 2 && ${IS_DONE}`);
      expect(await shown()).toMatch(/^Say: hello (Reasoning )?hello$/);
    });

    it("says that an answer was cut short, and that the server is not there", async () => {
      emulator.model.add({ user, match: "count", fragments: ["one ", "two ", "three"], delayMs: 150, count: 1 });
      emulator.faults.arm({ type: "cut", user, route: ROUTE, afterEvents: 2 });
      await ask("Please count.");
      expect(await problem()).toBe("The answer was cut short.");
      await tab.tools.send("Network.enable");
      const network = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
      await tab.tools.send("Network.emulateNetworkConditions", { ...network, offline: true });
      await tab.click("button", "Try again");
      await tab.until(`!${LOG}.innerText.includes("cut short")`);
      expect(await problem()).toBe("The server cannot be reached.");
      await tab.tools.send("Network.emulateNetworkConditions", { ...network, offline: false });
      await tab.click("button", "Try again");
      await tab.until(`document.querySelectorAll("article").length === 2 && ${IS_DONE}`);
    });

    it("refuses what is no conversation", async () => {
      const nowhere = { type: "file", mediaType: "image/png", url: "nowhere" };
      const unreadable = JSON.stringify({ messages: [{ id: "1", role: "user", parts: [nowhere] }] });
      for (const body of ["{", "null", "{}", '{"messages":[]}', '{"messages":[{"role":"user"}]}', unreadable]) {
        const refused = await fetch(`${server.url}/api/assistant`, { method: "POST", body });
        expect([refused.status, await refused.text()]).toEqual([400, "That is not a conversation."]);
      }
    });
  });
}
