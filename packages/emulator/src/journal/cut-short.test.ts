import { afterAll, beforeAll, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { startEmulator } from "../start-emulator.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 0, fragmentMs: 0 });
});

afterAll(() => emulator.close());

/** Asks for a text of three words. */
function ask(signal?: AbortSignal): Promise<Response> {
  return fetch(`${emulator.edgeUrl}/completion`, {
    method: "POST",
    headers: { authorization: emulator.users[0]?.token ?? "" },
    body: JSON.stringify({ model: "gpt-4.1-nano", messages: [{ role: "user", content: "Write 3 words" }] }),
    signal: signal ?? null,
  });
}

it("tells who has left in the middle of an answer from who has read it all", async () => {
  const route = "POST /completion";
  emulator.faults.arm({ type: "silence", route, afterEvents: 1 });
  const leaving = new AbortController();
  const left = await ask(leaving.signal);
  expect((await left.body?.getReader().read())?.value?.length).toBeGreaterThan(0);
  expect(emulator.journal.list({ route, isCutShort: true })).toEqual([]);
  leaving.abort();
  const entry = await emulator.journal.waitFor({ route, isCutShort: true });
  expect(entry).toMatchObject({ status: 200, isCutShort: true });

  expect(await (await ask()).text()).toBe("word1 word2 word3");
  expect(emulator.journal.list({ route, isCutShort: false })).toHaveLength(1);
  const query = new URLSearchParams({ route, isCutShort: "true" });
  const listed = await fetch(`${emulator.url}/__emulator/journal?${query}`);
  expect(await listed.json()).toEqual([entry]);
});
