import { assert } from "chai";
import type { Scenario, World } from "./scenario.ts";

const model = "gpt-4.1-nano";
const providerOptions = { flowith: { toolBridge: true } };

/** A tool that takes nothing, and whether it ran. */
function deploy({ ai }: World): { tools: Record<string, object>; runs: unknown[] } {
  const runs: unknown[] = [];
  const execute = async (input: unknown): Promise<string> => {
    runs.push(input);
    return "done";
  };
  const inputSchema = ai.jsonSchema({ type: "object", properties: {} });
  return { tools: { deploy: ai.tool({ description: "Puts it online.", inputSchema, execute }) }, runs };
}

/** Answers that only look like calls. */
const NO_CALLS = [
  '```json\n{"name":"deploy","version":"1.0.0"}\n```',
  '{"name":"deploy","version":"1.0.0"}',
  '```xml\n<tool_call>{"name":"foo"}</tool_call>\n```',
  "Use it so: `<tool_call>` in text.",
  "a <tool_call> b",
];

export const bridgeScenarios: Scenario[] = [
  {
    name: "bridge: what only looks like a call runs nothing, and comes as it was written, whole and streamed",
    async run(world) {
      const { ai, flowith, control, user } = world;
      const { tools, runs } = deploy(world);
      for (const [index, reply] of NO_CALLS.entries()) {
        await control.script(user, { match: `Example ${index}`, fragments: reply.match(/.{1,5}/gs), delayMs: 1 });
        const asked = { model: flowith(model), prompt: `Example ${index}`, tools, providerOptions };
        assert.equal((await ai.generateText(asked)).text, reply);
        assert.equal(await ai.streamText(asked).text, reply);
      }
      assert.lengthOf(runs, 0);
    },
  },
  {
    name: "bridge: the steps of one call stand in one conversation, each under the one before it",
    async run(world) {
      const { ai, flowith, control, user } = world;
      const { tools, runs } = deploy(world);
      await control.script(user, {
        match: "Deploy",
        steps: [{ reply: '<tool_call>{"name": "deploy", "arguments": {}}</tool_call>' }, { reply: "It is online." }],
      });
      for (const call of ["generateText", "streamText"] as const) {
        const before = (await control.journal(user, "POST /rest/v1/conversation")).length;
        const stopWhen = ai.stepCountIs(3);
        const result = await ai[call]({ model: flowith(model), prompt: "Deploy", tools, stopWhen, providerOptions });
        assert.equal(await result.text, "It is online.");
        const [first, second] = await result.steps;
        const place = first.providerMetadata.flowith;
        assert.equal(second.providerMetadata.flowith.convId, place.convId);
        const posts = await control.journal(user, "POST /rest/v1/flow_node");
        assert.include(posts.at(-1)?.body, place.nodeId);
        assert.lengthOf(await control.journal(user, "POST /rest/v1/conversation"), before + 1, call);
      }
      assert.lengthOf(runs, 2);
    },
  },
  {
    name: "bridge: a place that is given goes before that of the last step",
    async run(world) {
      const { ai, flowith, control, user } = world;
      const { tools } = deploy(world);
      const reply = '<tool_call>{"name": "deploy", "arguments": {}}</tool_call>';
      await control.script(user, { match: "Deploy", steps: [{ reply }, { reply: "It is online." }] });
      const asked = { model: flowith(model), tools, providerOptions };
      const first = await ai.generateText({ ...asked, prompt: "Deploy" });
      const { convId } = (await ai.generateText({ model: flowith(model), prompt: "Hi" })).providerMetadata.flowith;
      const messages = [{ role: "user", content: "Deploy" }, ...first.response.messages];
      const there = { flowith: { ...providerOptions.flowith, convId } };
      const next = await ai.generateText({ ...asked, messages, providerOptions: there });
      assert.equal(next.providerMetadata.flowith.convId, convId);
      const direct = { flowith: { ...providerOptions.flowith, direct: true } };
      assert.isNotEmpty((await ai.generateText({ ...asked, messages, providerOptions: direct })).text);
    },
  },
];
