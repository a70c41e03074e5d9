import { assert } from "chai";
import type { Ai, Scenario, Settled, World } from "./scenario.ts";

const model = "gpt-4.1-nano";

/** Two tools, and what they were called with. */
function tools(ai: Ai, calls: unknown[]): Record<string, object> {
  const inputSchema = ai.jsonSchema({
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  });
  return {
    weather: ai.tool({
      description: "The weather of a city.",
      inputSchema,
      execute: async (input: { city: string }) => {
        calls.push(["weather", input]);
        return { sky: `clear in ${input.city}` };
      },
    }),
    time: ai.tool({
      description: "The time of day in a city.",
      inputSchema,
      execute: async (input: { city: string }) => {
        calls.push(["time", input]);
        return "12:00";
      },
    }),
  };
}

/** How a model may write the same call. */
const WRITTEN: Record<string, string[]> = {
  "as it was asked to": ['Let me look.\n<tool_call>\n{"name": "weather", "arguments": {"city": "Rome"}}\n</tool_call>'],
  "in single characters": [
    ...'Let me look.\n<tool_call>{"name": "weather", "arguments": {"city": "Rome"}}</tool_call>',
  ],
  "within a code fence": [
    'Let me look.\n```json\n<tool_call>\n{"name": "weather", "arguments": {"city": "Rome"}}\n</tool_call>\n```',
  ],
  "with a fence within its marks": [
    'Let me look.\n<tool_call>\n```json\n{"name": "weather", "arguments": {"city": "Rome"}}\n```\n</tool_call>',
  ],
  "with arguments as a string": [
    'Let me look. <tool_call>{"name": "weather", "arguments": "{\\"city\\": \\"Rome\\"}"}</tool_call>',
  ],
  "under other names": ['Let me look. <tool_call>{"tool": "weather", "parameters": {"city": "Rome"}}</tool_call>'],
  "without its end mark": ['Let me look. <tool_call>{"name": "weather", "arguments": {"city": "Rome"}}'],
  "and made up its answer": [
    'Let me look. <tool_call>{"name": "weather", "arguments": {"city": "Rome"}}</tool_call>',
    '<tool_response>{"name": "weather", "output": "rain"}</tool_response> It rains.',
  ],
  "in a list": ['Let me look. <tool_call>[{"name": "weather", "arguments": {"city": "Rome"}}]</tool_call>'],
};

async function script({ control, user }: World, match: string, fragments: string[]): Promise<void> {
  await control.script(user, { match, fragments, delayMs: 2 });
}

/** The first step of a call, for the tools that it made and the words before them. */
function firstStep(result: Settled): { text: string; calls: unknown[] } {
  const [{ text, toolCalls }] = result.steps;
  return {
    text,
    calls: toolCalls.map(({ toolName, input }: Record<string, unknown>) => [toolName, input]),
  };
}

const rome = ["weather", { city: "Rome" }];

export const toolScenarios: Scenario[] = [
  ...Object.entries(WRITTEN).map(
    ([how, fragments]): Scenario => ({
      name: `tools: by the bridge a model calls one ${how}`,
      async run(world) {
        const { ai, flowith } = world;
        await script(world, "Rome?", fragments);
        await script(world, '"output":', ["It is clear."]);
        const asked = {
          model: flowith(model),
          prompt: "Rome?",
          stopWhen: ai.stepCountIs(3),
          providerOptions: { flowith: { toolBridge: true } },
        };
        for (const call of ["generateText", "streamText"] as const) {
          const calls: unknown[] = [];
          const result = await ai[call]({ ...asked, tools: tools(ai, calls) });
          const steps = await result.steps;
          assert.deepEqual(firstStep({ steps }), { text: "Let me look.", calls: [rome] }, call);
          assert.deepEqual(calls, [rome]);
          assert.equal(await result.text, "It is clear.");
          assert.deepEqual(
            steps.map(({ finishReason }: Settled) => finishReason),
            ["tool-calls", "stop"],
          );
        }
      },
    }),
  ),
  {
    name: "tools: by the bridge a call without its marks counts, where such a tool was offered",
    async run(world) {
      const { ai, flowith, control, user } = world;
      await script(world, "Rome?", ['{"name": "weather", ', '"arguments": {"city": "Rome"}}']);
      await script(world, "Bern?", ['{"name": "unheard of", "arguments": {}}']);
      const providerOptions = { flowith: { toolBridge: true } };
      const asked = { model: flowith(model), tools: tools(ai, []), providerOptions };
      assert.deepEqual(firstStep(await ai.generateText({ ...asked, prompt: "Rome?" })), { text: "", calls: [rome] });
      const { text, toolCalls } = await ai.generateText({ ...asked, prompt: "Bern?" });
      assert.deepEqual([text, toolCalls.length], ['{"name": "unheard of", "arguments": {}}', 0]);
      const [{ body }] = Object(await control.journal(user, "POST /completion/async"));
      assert.include(body, "The weather of a city.");
    },
  },
  {
    name: "tools: by the bridge several calls are made in one step, and their answers sent back together",
    async run(world) {
      const { ai, flowith, lastBody } = world;
      const call = (name: string) => `<tool_call>{"name": "${name}", "arguments": {"city": "Rome"}}</tool_call>\n`;
      await script(world, "Rome?", [call("weather"), call("time")]);
      await script(world, '"output":', ["Clear, at noon."]);
      const calls: unknown[] = [];
      const providerOptions = { flowith: { toolBridge: true } };
      const settings: unknown = { model: flowith(model), tools: tools(ai, calls), providerOptions };
      const agent = new ai.ToolLoopAgent(settings as never);
      const { text } = await agent.generate({ prompt: "Rome?" });
      assert.equal(text, "Clear, at noon.");
      assert.deepEqual(calls, [rome, ["time", { city: "Rome" }]]);
      const { messages } = await lastBody("POST /completion/async");
      assert.lengthOf(messages, 3);
      assert.include(messages[2].content, '{"name":"time","output":"12:00"}');
      assert.include(messages[1].content, '<tool_call>\n{"name":"weather","arguments":{"city":"Rome"}}\n</tool_call>');
    },
  },
  {
    name: "tools: by the bridge broken JSON is an invalid call, which the model is told of",
    async run(world) {
      const { ai, flowith } = world;
      await script(world, "Rome?", ['<tool_call>{"name": "weather", "arguments": {"city": Rome}}</tool_call>']);
      const calls: unknown[] = [];
      const result = await ai.generateText({
        model: flowith(model),
        prompt: "Rome?",
        tools: tools(ai, calls),
        providerOptions: { flowith: { toolBridge: true } },
      });
      assert.deepEqual(calls, []);
      assert.deepInclude(result.toolCalls[0], { toolName: "weather", invalid: true });
    },
  },
  {
    name: "tools: by the bridge a call that is cut off is none",
    async run(world) {
      const { ai, flowith, control, user } = world;
      const fragments = [
        "Let me look. ",
        '<tool_call>{"name": "weather", ',
        '"arguments": {"city": "Rome"}}</tool_call>',
      ];
      await control.script(user, { match: "Rome?", fragments, delayMs: 100 });
      await control.fault(user, { type: "cut", afterEvents: 2, route: "POST /completion" });
      const calls: unknown[] = [];
      const result = ai.streamText({
        model: flowith(model),
        prompt: "Rome?",
        tools: tools(ai, calls),
        providerOptions: { flowith: { toolBridge: true, direct: true } },
      });
      await result.consumeStream();
      assert.equal(await result.rawFinishReason, "interrupted");
      assert.deepEqual([await result.toolCalls, calls], [[], []]);
      assert.equal((await result.text).trim(), "Let me look.");
    },
  },
  {
    name: "tools: a model looks something up in one step and something else in the next, by the bridge and by an API key",
    async run({ ai, flowith, byKey, control, user }) {
      const step = (name: string): object => {
        const call = { name, arguments: { city: "Rome" } };
        return { toolCalls: [call], fragments: [`<tool_call>${JSON.stringify(call)}</tool_call>`] };
      };
      const steps = [step("weather"), step("time"), { reply: "Clear, at noon." }];
      await control.script(user, { match: "Rome", steps, delayMs: 2 });
      for (const provider of [flowith, byKey]) {
        const calls: unknown[] = [];
        const result = await ai.generateText({
          model: provider(model),
          prompt: "Rome?",
          tools: tools(ai, calls),
          stopWhen: ai.stepCountIs(5),
          ...(provider === flowith ? { providerOptions: { flowith: { toolBridge: true } } } : {}),
        });
        assert.deepEqual(calls, [rome, ["time", { city: "Rome" }]]);
        assert.equal(result.text, "Clear, at noon.");
        const ids = result.steps.flatMap(({ toolCalls }: Settled) =>
          toolCalls.map(({ toolCallId }: Settled) => toolCallId),
        );
        assert.equal(new Set(ids).size, 2);
      }
    },
  },
  {
    name: "tools: without the bridge they are warned of, and not told to the model",
    async run({ ai, flowith, lastBody }) {
      const result = await ai.generateText({ model: flowith(model), prompt: "Rome?", tools: tools(ai, []) });
      assert.deepInclude(result.warnings[0], { type: "unsupported", feature: "tools" });
      assert.notInclude(JSON.stringify((await lastBody("POST /completion/async")).messages), "weather");
    },
  },
  {
    name: "tools: by an API key they are the service's own, in several steps, with usage",
    async run({ ai, byKey, control, user, lastBody }) {
      await control.script(user, { match: "Rome?", toolCalls: [{ name: "weather", arguments: { city: "Rome" } }] });
      for (const call of ["generateText", "streamText"] as const) {
        const calls: unknown[] = [];
        const asked = { model: byKey(model), prompt: "Rome?", tools: tools(ai, calls), stopWhen: ai.stepCountIs(2) };
        const result = await ai[call](asked);
        const steps = await result.steps;
        assert.deepEqual(firstStep({ steps }).calls[0], rome, call);
        assert.deepEqual(calls[0], rome);
        assert.isAbove((await result.totalUsage).inputTokens, 0);
        const { messages, tools: sent } = await lastBody("POST /external/use/llm");
        assert.deepInclude(messages.at(-1), { role: "tool", content: '{"sky":"clear in Rome"}' });
        assert.equal(sent[0].function.name, "weather");
      }
    },
  },
];
