import { inspect } from "node:util";
import { expect, it } from "vitest";
import { FlowithError } from "../errors/flowith-error.ts";
import { JobFailedError } from "../errors/job-failed-error.ts";
import "../errors/index.ts";
import type { ChatMessage } from "./developer-messages.ts";
import { answeredWith, failure, piece } from "./testing/answered-with.ts";
import { ToolCallError } from "./tool-call-error.ts";

const tools = [{ name: "weather" }, { name: "tides" }] as const;

const call = (index: number, name: string, text: string): object => ({
  index,
  id: `c${index}`,
  type: "function",
  function: { name, arguments: text },
});

async function errorOf(reason: string, ...calls: object[]): Promise<ToolCallError> {
  const { client } = answeredWith(`${piece({ content: "I look. ", tool_calls: calls }, reason)}data: [DONE]\n`);
  const error = await failure(client.chat("The weather?", { tools }));
  if (!ToolCallError.is(error)) throw error;
  return error;
}

it("gives what answers a call of a tool that was not offered", async () => {
  const error = await errorOf("tool_calls", call(0, "weather", '{"place":"Hel"}'), call(1, "sea", '{"x":1}'));
  expect(error).toMatchObject({ reason: "unknown_tool", partial: "I look. ", isRetryable: true });
  const { output, failedCalls } = error;
  expect(failedCalls).toEqual([{ id: "c1", name: "sea", argumentsText: '{"x":1}', fault: "unknown_tool" }]);
  expect(output).toMatchObject({ text: "I look. ", toolCalls: [{ id: "c0", arguments: { place: "Hel" } }] });
  const messages: ChatMessage[] = [
    { role: "user", content: "The weather?" },
    output.message,
    ...output.toolCalls.map(({ id }) => ({ role: "tool" as const, tool_call_id: id, content: "Rain" })),
    ...failedCalls.map(({ id }) => ({ role: "tool" as const, tool_call_id: id, content: "There is no such tool." })),
  ];
  const { client } = answeredWith({ choices: [{ message: { content: "It rains." }, finish_reason: "stop" }] });
  expect((await client.chat(messages, { tools })).text).toBe("It rains.");
});

it("keeps whole calls beside one that was cut, which is in no message", async () => {
  const error = await errorOf("length", call(0, "weather", '{"place":"Hel"}'), call(1, "tides", '{"pla'));
  expect(error).toMatchObject({ reason: "tool_call_cut", isRetryable: false });
  expect(error.output.toolCalls).toMatchObject([{ id: "c0", name: "weather", arguments: { place: "Hel" } }]);
  expect(error.output.message.tool_calls?.map(({ id }) => id)).toEqual(["c0"]);
  expect(error.failedCalls).toMatchObject([
    { id: "c1", name: "tides", argumentsText: '{"pla', fault: "tool_call_cut" },
  ]);
});

it.each<[string, string, RegExp, boolean]>([
  ["length", '{"pla', /Raise maxTokens/, false],
  ["max_tokens", "", /Raise maxTokens/, false],
  ["content_filter", '{"pla', /content filter.*change the messages/i, false],
  ["tool_calls", '{"pla', /Ask again/, true],
  ["tool_calls", "[1]", /no object.*Ask again/, true],
])("says what helps after %s with the arguments %s", async (reason, text, advice, isRetryable) => {
  const error = await errorOf(reason, call(0, "weather", text));
  expect(error.message).toMatch(advice);
  expect(error.isRetryable).toBe(isRetryable);
});

it("has the worst reason of all its calls", async () => {
  const error = await errorOf("length", call(0, "sea", "{}"), call(1, "tides", "[1]"), call(2, "tides", '{"pla'));
  expect(error).toMatchObject({ reason: "tool_call_cut", message: expect.stringContaining('"tides"') });
  expect(error.failedCalls.map(({ fault }) => fault)).toEqual(["unknown_tool", "tool_call_invalid", "tool_call_cut"]);
});

it("is a JobFailedError, also where it was sent on, and shows nothing of the answer", async () => {
  const error = await errorOf("tool_calls", call(0, "sea", '{"secret":"sesame"}'));
  expect(JobFailedError.is(error)).toBe(true);
  const sent = FlowithError.from(JSON.parse(JSON.stringify(error)));
  expect(JobFailedError.is(sent)).toBe(true);
  expect(sent).toMatchObject({ reason: "unknown_tool", isRetryable: true });
  expect(ToolCallError.is(sent)).toBe(false);
  expect(ToolCallError.is(new JobFailedError("x", { reason: "unknown_tool" }))).toBe(false);
  for (const shown of [String(error), JSON.stringify(error), inspect(error)]) expect(shown).not.toContain("sesame");
});
