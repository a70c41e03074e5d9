import { assert } from "chai";
import { rejection, type Scenario, type World } from "./scenario.ts";

const model = "gpt-4.1-nano";

function weather({ ai }: World): Record<string, object> {
  const inputSchema = ai.jsonSchema({ type: "object", properties: { city: { type: "string" } } });
  return { weather: ai.tool({ description: "The weather of a city.", inputSchema }) };
}

/** What a stream told of its end. */
async function endOf(world: World, asked: object): Promise<{ errors: string[]; reason: string; text: string }> {
  const errors: string[] = [];
  const onError = ({ error }: { error: Error }): unknown => errors.push(error.name);
  const stream = world.ai.streamText({ ...asked, onError });
  let text = "";
  let reason = "";
  for await (const part of stream.fullStream) {
    if (part.type === "text-delta") text += part.text;
    if (part.type === "finish") reason = part.rawFinishReason;
  }
  return { errors, reason, text };
}

export const brokenOffScenarios: Scenario[] = [
  {
    name: "broken off: by an API key within a call of a tool, with nothing before it, it is an error",
    async run(world) {
      const { byKey, control, user } = world;
      await control.script(user, { match: "Rome", toolCalls: [{ name: "weather", arguments: { city: "Rome" } }] });
      await control.fault(user, { type: "cut", afterEvents: 1, route: "POST /external/use/llm", count: 2 });
      const asked = { model: byKey(model), prompt: "Rome?", tools: weather(world) };
      assert.deepEqual(await endOf(world, asked), { errors: ["AI_APICallError"], reason: "error", text: "" });
      const error = await rejection(world.ai.generateText(asked));
      assert.deepInclude(error, { name: "AI_APICallError" });
      assert.equal(error.data.code, "stream_truncated");
    },
  },
  {
    name: "broken off: by the bridge within a call, with nothing before it, it is an error",
    async run(world) {
      const { flowith, control, user } = world;
      const fragments = ['<tool_call>{"name": "weather", ', '"arguments": {"city": ', '"Rome"}}</tool_call>'];
      await control.script(user, { match: "Rome", fragments, delayMs: 100 });
      await control.fault(user, { type: "cut", afterEvents: 1, route: "POST /completion", count: 2 });
      const providerOptions = { flowith: { toolBridge: true, direct: true } };
      const asked = { model: flowith(model), prompt: "Rome?", tools: weather(world), providerOptions };
      assert.deepEqual(await endOf(world, asked), { errors: ["AI_APICallError"], reason: "error", text: "" });
      assert.equal((await rejection(world.ai.generateText(asked))).data.code, "stream_truncated");
    },
  },
  {
    name: "broken off: a call of a tool that maxOutputTokens cuts short ends by length, and is asked for once",
    async run(world) {
      const { ai, byKey, control, user } = world;
      await control.script(user, { match: "Rome", toolCalls: [{ name: "weather", arguments: { city: "Rome" } }] });
      const asked = { model: byKey(model), prompt: "Rome?", tools: weather(world), maxOutputTokens: 3 };
      const { finishReason, toolCalls } = await ai.generateText(asked);
      assert.deepEqual([finishReason, toolCalls], ["length", []]);
      assert.deepEqual(await endOf(world, asked), { errors: [], reason: "length", text: "" });
      assert.lengthOf(await control.journal(user, "POST /external/use/llm"), 2);
    },
  },
  {
    name: "broken off: by an API key a call of a tool that was not offered is told to the model, which goes on",
    async run(world) {
      const { ai, byKey, control, user } = world;
      const steps = [{ toolCalls: [{ name: "moon", arguments: { day: 7 } }] }, { reply: "It was no tool." }];
      await control.script(user, { match: "moon", steps });
      const asked = { model: byKey(model), prompt: "The moon?", tools: weather(world), stopWhen: ai.stepCountIs(3) };
      const output = await ai.generateText(asked);
      assert.equal(output.text, "It was no tool.");
      const [first] = output.steps;
      assert.deepInclude(first.toolCalls[0], { toolName: "moon", input: { day: 7 }, invalid: true });
      assert.equal((await endOf(world, asked)).text, "It was no tool.");
      assert.lengthOf(await control.journal(user, "POST /external/use/llm"), 4);
    },
  },
  {
    name: "broken off: settings have the names of the AI SDK in messages",
    async run({ ai, byKey, provider, user, session: { edgeUrl } }) {
      const wrong = await rejection(ai.generateText({ model: byKey(model), prompt: "Hi", stopSequences: [""] }));
      assert.include(wrong.message, 'option "stopSequences');
      const spent = { choices: [{ index: 0, message: { role: "assistant", content: "" }, finish_reason: "length" }] };
      const spending = provider({ apiKey: user.apiKey, edgeUrl, fetch: async () => Response.json(spent) });
      const nothing = await rejection(ai.generateText({ model: spending(model), prompt: "Hi", maxOutputTokens: 1 }));
      assert.include(nothing.message, "Raise maxOutputTokens");
    },
  },
  {
    name: "broken off: a post that was refused leaves no job to take up, and one whose answer was lost does",
    async run({ ai, flowith, control, user }) {
      const route = "POST /completion/async";
      const asked = { model: flowith(model), prompt: "Hi" };
      for (const status of [402, 403, 404, 422]) {
        await control.fault(user, { type: "status", status, route });
        const { data } = await rejection(ai.generateText(asked));
        assert.isString(data.code);
        assert.notProperty(data, "handle", String(status));
      }
      await control.fault(user, { type: "status", status: 403, route: "POST /rest/v1/flow_node" });
      assert.notProperty((await rejection(ai.generateText(asked))).data, "handle");
      await control.fault(user, { type: "silence", route });
      const timeout = { totalMs: 500 };
      const late = await rejection(ai.generateText({ ...asked, providerOptions: { flowith: { timeout } } }));
      assert.equal(late.data.code, "timeout");
      assert.isString(late.data.handle.userNodeId);
    },
  },
];
