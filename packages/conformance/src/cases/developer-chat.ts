import { assert } from "chai";
import type { ChatMessage, ChatStream } from "flowith-webapi/developer";
import { answering } from "../answering.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const LLM = "POST /external/use/llm";
const LLM_PATH = "/external/use/llm";

const WEATHER = {
  name: "get_weather",
  description: "The weather at a place",
  parameters: { type: "object", properties: { place: { type: "string" } }, required: ["place"] },
} as const;

async function joined(stream: ChatStream): Promise<{ text: string; reasoning: string }> {
  const sum = { text: "", reasoning: "" };
  for await (const { textDelta, reasoningDelta } of stream) {
    sum.text += textDelta;
    sum.reasoning += reasoningDelta;
  }
  return sum;
}

export const developerChatCases: ConformanceCase[] = [
  {
    id: "developer: a chat answers, with its model, the reason of its end and its usage",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const output = await developer.chat("Name a city in Poland.", {
        model: ["gpt-4.1-nano", "gpt-4.1"],
        webSearch: true,
        thinkingBudgetTokens: 1_000,
        maxTokens: 500,
        temperature: 0,
        topP: 0.5,
        stop: ["END"],
        extraBody: { seed: 7, nothing: undefined },
      });
      assert.deepInclude(output, { model: "gpt-4.1-nano", finishReason: "stop", toolCalls: [], reasoning: "" });
      assert.isAbove(output.text.length, 0);
      assert.deepEqual(output.message, { role: "assistant", content: output.text });
      assert.isAbove(output.usage?.totalTokens ?? 0, 0);
      const [post] = await control.journal(user, LLM);
      assert.deepEqual(JSON.parse(post?.body ?? ""), {
        models: ["gpt-4.1-nano", "gpt-4.1"],
        messages: [{ role: "user", content: "Name a city in Poland." }],
        stream: false,
        online: true,
        thinking_budget_tokens: 1_000,
        max_tokens: 500,
        temperature: 0,
        top_p: 0.5,
        stop: ["END"],
        seed: 7,
      });
    },
  },
  {
    id: "developer: a chat streams text and reasoning apart, whatever field the reasoning stands in",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const [reply, reasoning] = ["Warsaw is a city in Poland.", "I look for a city."];
      for (const reasoningField of ["reasoning_content", "reasoning", "thinking", "blocks"]) {
        await control.script(user, { match: "city", reply, reasoning, reasoningField });
        const stream = developer.chatStream("Name a city", { thinking: true });
        assert.deepEqual(await joined(stream), { text: reply, reasoning });
        assert.deepInclude(await stream.output, { text: reply, reasoning, finishReason: "stop" });
        assert.isAbove((await stream.output).usage?.completionTokens ?? 0, 0);
        assert.deepInclude(await developer.chat("Name a city"), { text: reply, reasoning });
      }
      const [post] = await control.journal(user, LLM);
      assert.deepInclude(JSON.parse(post?.body ?? ""), { thinking: true, stream: true });
    },
  },
  {
    id: "developer: calls of tools are joined from their deltas, and answered in the next request",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const calls = ["Gdańsk", "Łódź"].map((place) => ({ name: "get_weather" as const, arguments: { place } }));
      await control.script(user, { match: "weather", toolCalls: calls, count: 2 });
      const question = "The weather?";
      const stream = developer.chatStream(question, { tools: [WEATHER], toolChoice: "auto" });
      const output = await stream.output;
      const whole = await developer.chat(question, { tools: [WEATHER], toolChoice: { name: "get_weather" } });
      for (const { toolCalls, finishReason } of [output, whole]) {
        assert.equal(finishReason, "tool_calls");
        assert.deepEqual(
          toolCalls.map(({ id, name, arguments: given }) => ({ id, name, given })),
          calls.map(({ name, arguments: given }, index) => ({ id: `call_${index + 1}`, name, given })),
        );
      }
      const messages: ChatMessage[] = [{ role: "user", content: question }, output.message];
      for (const { id, arguments: given } of output.toolCalls) {
        messages.push({ role: "tool", tool_call_id: id, content: `It rains in ${String(given.place)}` });
      }
      assert.match((await developer.chat(messages, { tools: [WEATHER] })).text, /It rains in Łódź/);
      const [first, second, last] = (await control.journal(user, LLM)).map(({ body }) => JSON.parse(body ?? ""));
      assert.deepEqual(first.tools, [{ type: "function", function: WEATHER }]);
      assert.equal(first.tool_choice, "auto");
      assert.deepEqual(second.tool_choice, { type: "function", function: { name: "get_weather" } });
      assert.deepEqual(last.messages[1].tool_calls[0].function, {
        name: "get_weather",
        arguments: '{"place":"Gdańsk"}',
      });
    },
  },
  {
    id: "developer: a call of a tool that is cut short is an error, and never half a call",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.script(user, {
        match: "weather",
        toolCalls: [{ name: "get_weather", arguments: { place: "Gdynia" } }],
      });
      for (const ask of [
        () => developer.chat("The weather?", { tools: [WEATHER], maxTokens: 3 }),
        () => developer.chatStream("The weather?", { tools: [WEATHER], maxTokens: 3 }).output,
      ]) {
        const error = await rejection(ask());
        assert.deepInclude(error, { name: "JobFailedError", reason: "tool_call_cut", isRetryable: false });
        assert.match(String(error), /Raise maxTokens/);
      }
    },
  },
  {
    id: "developer: an empty answer with stop is an error that can be retried, never an empty success",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.script(user, { match: "hello", isEmpty: true });
      for (const ask of [() => developer.chat("Hello"), () => developer.chatStream("Hello").output]) {
        const error = await rejection(ask());
        assert.deepInclude(error, { name: "JobFailedError", reason: "empty_answer", isRetryable: true });
      }
      assert.lengthOf(await control.journal(user, LLM), 2);
    },
  },
  {
    id: "developer: an error in the middle of a chat is thrown with what had come",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const fail = { reason: "rate_limit", message: "Too many at once", afterEvents: 3 };
      await control.script(user, { match: "count", reply: "one two three four five six seven eight nine ten", fail });
      const stream = developer.chatStream("Please count");
      const seen: string[] = [];
      const error = await rejection(
        (async () => {
          for await (const { textDelta } of stream) seen.push(textDelta);
        })(),
      );
      assert.deepInclude(error, { name: "RateLimitError", isRetryable: true, partial: seen.join("") });
      assert.match(seen.join(""), /^one two/);
      assert.match(String(error), /Too many at once/);
    },
  },
  {
    id: "developer: a chat that is cut, or ends without its mark, is a truncation with what had come",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const reply = "one two three four five six seven eight nine ten";
      await control.script(user, { match: "count", reply, endAs: "none", count: 1 });
      const unmarked = await rejection(developer.chatStream("Please count").output);
      assert.deepInclude(unmarked, { name: "StreamTruncatedError", partial: reply, isRetryable: true });
      await control.script(user, { match: "count", reply, delayMs: 60 });
      await control.fault(user, { type: "cut", afterEvents: 3, route: LLM });
      const stream = developer.chatStream("Please count");
      const cut = await rejection(joined(stream));
      assert.propertyVal(cut, "name", "StreamTruncatedError");
      assert.match(String(Object(cut).partial), /^one/);
      assert.lengthOf(await control.journal(user, LLM), 2);
    },
  },
  {
    id: "developer: a silent chat ends by the limit that it passes, before its first byte and after it",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.fault(user, { type: "silence", route: LLM, count: 1 });
      const first = await rejection(developer.chatStream("Hello", { timeout: { firstEventMs: 400 } }).output);
      assert.deepInclude(first, { name: "TimeoutError", phase: "first-event" });
      // Another user: the fault would strike the stream that has just been left, where that is still open.
      const other = await newDeveloper();
      await control.fault(other.user, { type: "silence", afterEvents: 2, route: LLM });
      const stream = other.developer.chatStream("Hello, who are you?", {
        timeout: { firstEventMs: 20_000, idleMs: 700 },
      });
      const idle = await rejection(joined(stream));
      assert.deepInclude(idle, { name: "TimeoutError", phase: "idle", limitMs: 700 });
      assert.isString(Object(idle).partial);
    },
  },
  {
    id: "developer: a 404 of the chat says what is known of it, and a model that is not there is a ValidationError",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.fault(user, { type: "status", status: 404, body: { message: "no such model" }, route: LLM });
      const error = await rejection(developer.chat("Hello"));
      assert.deepInclude(error, { name: "NotFoundError", status: 404 });
      assert.match(String(error), /no such model\. Since August 2026/);
      const missing = await rejection(developer.chat("Hello", { model: "gpt-0" }));
      assert.deepInclude(missing, { name: "ValidationError", status: 422 });
    },
  },
  {
    id: "developer: several choices are kept apart, and an answer of another kind is a ResponseShapeError",
    async run({ newDeveloper }) {
      const choice = (index: number, content: string): object => ({
        index,
        message: { content },
        finish_reason: "stop",
      });
      const two = { model: "m", choices: [choice(0, "First"), choice(1, "Second")] };
      const { developer } = await newDeveloper({ middleware: [answering(LLM_PATH, two)] });
      const output = await developer.chat("Hello");
      assert.deepInclude(output, { text: "First", usage: undefined, model: "m" });
      assert.deepEqual(
        output.choices.map(({ text }) => text),
        ["First", "Second"],
      );
      for (const answer of ["<html></html>", {}, "{ cut"]) {
        const other = await newDeveloper({ middleware: [answering(LLM_PATH, answer)] });
        const error = await rejection(other.developer.chat("Hello"));
        assert.include(["ResponseShapeError", "StreamTruncatedError"], Object(error).name);
      }
    },
  },
  {
    id: "developer: wrong messages, tools and options of a chat are refused before any request",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      const robot: object = [{ role: "robot", content: "Hello" }];
      const wrong: [RegExp, () => Promise<unknown>][] = [
        [/the prompt is empty/, () => developer.chat("")],
        [/messages/, () => developer.chat(Object(robot))],
        [/option "model"/, () => developer.chat("Hello", { model: [] })],
        [/option "temperature"/, () => developer.chat("Hello", { temperature: 3 })],
        [/option "maxTokens"/, () => developer.chat("Hello", { maxTokens: 0 })],
        [/option "tools.0.name"/, () => developer.chat("Hello", { tools: [{ name: "two words" }] })],
        [/option "toolChoice"/, () => developer.chat("Hello", { toolChoice: Object("some") })],
      ];
      for (const [message, call] of wrong) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), message);
      }
      assert.throws(() => developer.chatStream(""), /chatStream/);
      assert.isEmpty(await control.journal(user));
    },
  },
];
