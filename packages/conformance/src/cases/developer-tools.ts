import { assert } from "chai";
import { type ChatMessage, JobFailedError, ToolCallError } from "flowith-webapi/developer";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const LLM = "POST /external/use/llm";
const TOOLS = [{ name: "get_weather" }, { name: "get_tides" }] as const;
const QUESTION = "The weather?";

export const developerToolCases: ConformanceCase[] = [
  {
    id: "developer: a call of a tool that was not offered can be answered, with the calls beside it",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.script(user, {
        match: "weather",
        toolCalls: [
          { name: "get_weather", arguments: { place: "Hel" } },
          { name: "get_moon", arguments: { day: 7 } },
        ],
      });
      for (const ask of [
        () => developer.chat(QUESTION, { tools: TOOLS }),
        () => developer.chatStream(QUESTION, { tools: TOOLS }).output,
      ]) {
        const error = await rejection(ask());
        if (!ToolCallError.is(error)) throw error;
        assert.isTrue(JobFailedError.is(error));
        assert.deepInclude(error, { name: "JobFailedError", code: "job_failed", reason: "unknown_tool" });
        const { failedCalls, output } = error;
        const [failed] = failedCalls;
        assert.deepEqual(failedCalls, [
          { id: "call_2", name: "get_moon", argumentsText: '{"day":7}', fault: "unknown_tool" },
        ]);
        assert.deepEqual(
          output.toolCalls.map(({ id, arguments: given }) => ({ id, given })),
          [{ id: "call_1", given: { place: "Hel" } }],
        );
        const messages: ChatMessage[] = [
          { role: "user", content: QUESTION },
          output.message,
          { role: "tool", tool_call_id: "call_1", content: "Rain" },
          { role: "tool", tool_call_id: failed?.id ?? "", content: "There is no tool of that name." },
        ];
        assert.isNotEmpty((await developer.chat(messages, { tools: TOOLS })).text);
        const last = (await control.journal(user, LLM)).at(-1);
        assert.lengthOf(JSON.parse(last?.body ?? "").messages[1].tool_calls, 2);
      }
    },
  },
];
