import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Emulator } from "../../emulator.ts";
import { createEmulator } from "../../start-emulator.ts";
import type { EmulatorUser } from "../../users/users.ts";

let emulator: Emulator;
let user: EmulatorUser;
beforeAll(async () => {
  emulator = await createEmulator({ firstEventMs: 0, fragmentMs: 0, imageMs: 0, videoMs: 0 });
});
beforeEach(async () => {
  user = await emulator.createUser({ credits: 1_000 });
});
afterAll(() => emulator.close());

function ask(path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${user.apiKey}`, "content-type": "application/json" };
  const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  return emulator.fetch(`/external/use/${path}`, init);
}

const messages = [{ role: "user", content: "The ferry?" }];
const chat = { models: ["gpt-4.1-nano"], messages };
const search = { model: "gpt-4.1-nano", messages };

it.each([
  ["llm", chat],
  ["knowledge-base/seek", search],
])("sse-fields dresses a stream of %s up to its [DONE]", async (path, body) => {
  emulator.faults.arm({ type: "sse-fields", route: `POST /external/use/${path}`, user: user.id });
  const text = await (await ask(path, { ...body, stream: true })).text();
  expect(text).toMatch(/^: comment\nevent: message\nid: 0\nretry: 3000\ndata: \{\n/);
  expect(text).toMatch(/\ndata: \[DONE\]\n\n$/);
});

it.each([
  ["llm", chat],
  ["knowledge-base/seek", search],
])("a scripted failure is all of an answer of %s that is not streamed", async (path, body) => {
  emulator.model.add({ match: "ferry", fail: { reason: "content_policy", message: "No ferries" }, user: user.id });
  const answer = await ask(path, { ...body, stream: false });
  expect(await answer.json()).toEqual({ error: { message: "No ferries", type: "content_policy" } });
});

it("an empty picture is a success without a URL", async () => {
  emulator.model.add({ match: "ferry", isEmpty: true, user: user.id });
  const answer = await ask("image/generate", { model: "gemini-3.1-flash-image", prompt: "A ferry" });
  expect(await answer.json()).toEqual({ success: true, data: {}, cost: 40_000 });
});

it("an empty piece of music is a completed task without a URL", async () => {
  emulator.model.add({ match: "ferry", isEmpty: true, user: user.id });
  const answer = await ask("music/generate", { model: "minimax-music-v2", prompt: "A ferry's waltz" });
  const { data }: { data: { task_id: string } } = await answer.json();
  const status = async (): Promise<unknown> => (await ask(`music/status?task_id=${data.task_id}`)).json();
  await vi.waitFor(async () =>
    expect(await status()).toEqual({
      success: true,
      data: { task_id: data.task_id, status: "completed", cost: 60_000 },
    }),
  );
});
