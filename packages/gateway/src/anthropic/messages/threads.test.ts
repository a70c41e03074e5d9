import Anthropic from "@anthropic-ai/sdk";
import { betaTool } from "@anthropic-ai/sdk/helpers/beta/json-schema";
import type { ScriptedReply } from "@flowith-webapi/emulator";
import { describe, expect, it } from "vitest";
import { useService } from "../../testing/service.ts";

const service = useService();
const model = "gpt-4.1-nano";
const base = { model, max_tokens: 1000 };

/** Bodies that a client has sent, as it sent them. */
function watched() {
  const gateway = service.gateway({ toolBridge: true });
  const bodies: Record<string, unknown>[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    bodies.push(JSON.parse(String(init?.body)));
    return gateway.fetch(String(input), init);
  };
  const as = (apiKey: string): Anthropic =>
    new Anthropic({ baseURL: "http://gateway.test", apiKey, fetch, maxRetries: 0 });
  return { as, bodies };
}

const says: { signIn: "token" | "apiKey"; said: Partial<ScriptedReply> }[] = [
  { signIn: "token", said: { reply: '<tool_call>{"name":"weather","arguments":{"city":"Rome"}}</tool_call>' } },
  { signIn: "apiKey", said: { toolCalls: [{ name: "weather", arguments: { city: "Rome" } }] } },
];

describe.each(says)("a thread by the $signIn", ({ signIn, said }) => {
  it("goes on by its last message's id, in both modes", async () => {
    const user = await service.user();
    const { as, bodies } = watched();
    const thread = as(user[signIn]).beta.messages.thread({ ...base, system: "Answer briefly." });
    await thread.send({ role: "user", content: "My name is Ada." });
    const streamed = thread.stream({ role: "user", content: "What is my name?" });
    const texts = await streamed.finalText();
    expect(texts).toContain("Ada");
    const last = await thread.send({ role: "user", content: "Once more: what is my name?" });
    expect(JSON.stringify(last.content)).toContain("Ada");
    // Nothing but what is new was sent.
    expect(bodies.map(({ messages }) => Array.isArray(messages) && messages.length)).toEqual([1, 1, 1]);
    expect(bodies[2]).toMatchObject({ thread: { type: "continue" } });
  });

  it("is what the client's tool runner goes by", async () => {
    const user = await service.user();
    service.emulator.model.add({
      match: "How is Rome",
      user: user.id,
      ...said,
    });
    const { as, bodies } = watched();
    const asked: unknown[] = [];
    const weather = betaTool({
      name: "weather",
      description: "The weather of a city",
      inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
      run: (input) => {
        asked.push(input);
        return "It is clear";
      },
    });
    const messages = [{ role: "user" as const, content: "How is Rome" }];
    const answer = await as(user[signIn]).beta.messages.toolRunner({ ...base, tools: [weather], messages });
    expect(asked).toEqual([{ city: "Rome" }]);
    expect(answer.stop_reason).toBe("end_turn");
    expect(bodies.map(({ thread }) => thread)).toMatchObject([{ type: "create" }, { type: "continue" }]);
    // The model was shown the answer of the tool, whose name the thread alone knows.
    expect(JSON.stringify(answer.content)).toContain("clear");
    if (signIn === "token") expect(JSON.stringify(answer.content)).toContain("weather");
  });
});

it("is told by 404 and a code where the gateway does not keep it, or it is another's", async () => {
  const [ada, eve] = [await service.user(), await service.user()];
  const first = await service.anthropic(ada.token).beta.messages.create({
    ...base,
    messages: [{ role: "user", content: "Hi" }],
    thread: { type: "create" },
  });
  for (const apiKey of [ada.token, eve.token]) {
    const { beta } = service.anthropic(apiKey);
    const lost = beta.messages.create({
      ...base,
      messages: [{ role: "user", content: "Hi" }],
      thread: { type: "continue", previous_message_id: first.id },
    });
    await expect(lost).rejects.toBeInstanceOf(Anthropic.NotFoundError);
    await expect(lost).rejects.toMatchObject({ error: { error: { details: { error_code: "thread_not_found" } } } });
  }
});

it("is refused where none is kept, so that the client's tool runner sends all", async () => {
  const user = await service.user();
  const { beta } = service.anthropic(user.token, { maxResponses: 0 });
  const messages = [{ role: "user" as const, content: "Say: hello" }];
  await expect(beta.messages.create({ ...base, messages, thread: { type: "create" } })).rejects.toMatchObject({
    status: 400,
    error: { error: { details: { error_code: "thread_unsupported_request" } } },
  });
  const answer = await beta.messages.toolRunner({ ...base, tools: [], messages });
  expect(JSON.stringify(answer.content)).toContain("hello");
});

it("takes no other system and no tools later", async () => {
  const user = await service.user();
  const { beta } = service.anthropic(user.token);
  const messages = [{ role: "user" as const, content: "Hi" }];
  const first = await beta.messages.create({ ...base, messages, thread: { type: "create" } });
  const thread = { type: "continue" as const, previous_message_id: first.id };
  await expect(beta.messages.create({ ...base, messages, thread, system: "Other" })).rejects.toThrow(
    "a thread keeps the one that it began with",
  );
});
