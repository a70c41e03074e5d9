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

interface ToolCall {
  id: string;
  function: { arguments: string };
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

it("a chat says what is scripted in fragments too", async () => {
  emulator.model.add({ match: "ferry", fragments: ["At ", ["ten", "."]], user: user.id });
  const { choices } = await (await ask("llm", chat)).json();
  expect(choices[0].message.content).toBe("At ten.");
});

it("a chat refuses a history in which a call of a tool has no answer, and bills nothing", async () => {
  const call = (id: string): object => ({ id, type: "function", function: { name: "ferry", arguments: "{}" } });
  const answer = { role: "tool", tool_call_id: "a", content: "At ten." };
  const said = (...behind: object[]): object[] => [
    ...messages,
    { role: "assistant", content: "", tool_calls: [call("a"), call("b")] },
    ...behind,
  ];
  for (const history of [said(), said(answer), said(answer, ...messages, { ...answer, tool_call_id: "b" })]) {
    const refused = await ask("llm", { ...chat, messages: history });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("tool_call_id")]);
  }
  const whole = said(answer, { ...answer, tool_call_id: "b" });
  expect((await ask("llm", { ...chat, messages: whole })).status).toBe(200);
});

it("a chat calls tools in several steps, each call by an id of its own", async () => {
  const call = (city: string): object => ({ toolCalls: [{ name: "weather", arguments: { city } }] });
  const steps = [call("Rome"), call("Bern"), { reply: "Clear in both." }];
  const script = { match: "weather", steps, user: user.id };
  const added = await emulator.fetch("/__emulator/script", { method: "POST", body: JSON.stringify(script) });
  expect([added.status, await added.json()]).toEqual([201, script]);
  const said: object[] = [{ role: "user", content: "The weather?" }];
  const heard: unknown[] = [];
  for (const _step of steps) {
    const answer = await ask("llm", { ...chat, messages: said });
    const { choices } = await answer.json();
    const { content, tool_calls } = choices[0].message;
    heard.push(tool_calls?.map(({ id, function: { arguments: given } }: ToolCall) => [id, given]) ?? content);
    said.push({ role: "assistant", content: null, tool_calls: tool_calls ?? [] });
    for (const { id } of tool_calls ?? []) said.push({ role: "tool", tool_call_id: id, content: "clear weather" });
  }
  expect(heard).toEqual([[["call_1", '{"city":"Rome"}']], [["call_2", '{"city":"Bern"}']], "Clear in both."]);
});

it("a message of calls alone needs no content, and another one does", async () => {
  const tool_calls = [{ id: "call_1", type: "function", function: { name: "weather", arguments: "{}" } }];
  const answered = { role: "tool", tool_call_id: "call_1", content: "clear" };
  for (const [said, status] of [
    [[{ role: "assistant", tool_calls }, answered], 200],
    [[{ role: "assistant" }], 422],
  ] as const) {
    const answer = await ask("llm", { ...chat, messages: [...messages, ...said] });
    expect(answer.status).toBe(status);
    await answer.body?.cancel();
  }
});

it("what a tool answered is matched by a reply, once, and never by calls of tools", async () => {
  emulator.model.add({ match: "clear", reply: "Fine.", count: 1, user: user.id });
  emulator.model.add({ match: "clear", toolCalls: [{ name: "weather", arguments: {} }], user: user.id });
  const tool = { role: "tool", tool_call_id: "call_1", content: "clear" };
  const contents: unknown[] = [];
  for (let asked = 0; asked < 2; asked++) {
    const { choices } = await (await ask("llm", { ...chat, messages: [...messages, tool] })).json();
    contents.push(choices[0].message.content);
  }
  expect(contents).toEqual(["Fine.", 'You said: "say clear". That is all I know about it.']);
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
