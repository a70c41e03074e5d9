import type OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { useService } from "../../testing/service.ts";

const service = useService();
const model = "gpt-4.1-nano";
const weather = {
  type: "function" as const,
  function: {
    name: "weather",
    description: "The weather of a city",
    parameters: { type: "object", properties: { city: { type: "string" } } },
  },
};

describe.each(["token", "apiKey"] as const)("a chat by the %s", (signIn) => {
  it("is answered as a whole", async () => {
    const user = await service.user();
    const messages = [{ role: "user" as const, content: "What is the capital of Poland?" }];
    const { data, response } = await service
      .openai(user[signIn])
      .chat.completions.create({ model, messages })
      .withResponse();
    expect(data.object).toBe("chat.completion");
    expect(data.choices).toHaveLength(1);
    expect(data.choices[0]).toMatchObject({ index: 0, finish_reason: "stop", message: { role: "assistant" } });
    expect(data.choices[0]?.message.content).toContain("Warsaw");
    expect(response.headers.get("x-request-id")).toMatch(/\S/);
    const { total_tokens: tokens = -1 } = data.usage ?? {};
    if (signIn === "token") {
      expect(tokens).toBe(0);
      expect(response.headers.get("x-flowith-usage")).toBe("unknown");
    } else {
      expect(tokens).toBeGreaterThan(0);
      expect(response.headers.get("x-flowith-usage")).toBeNull();
    }
  });

  it("is streamed, with a finish chunk", async () => {
    const user = await service.user();
    service.emulator.model.add({
      match: "two words",
      reply: "one two three four five six seven",
      reasoning: "Hm.",
      user: user.id,
    });
    const stream = await service.openai(user[signIn]).chat.completions.create({
      model: "gemini-3.1-pro-preview",
      messages: [{ role: "user", content: "two words" }],
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const choices = chunks.flatMap((chunk) => chunk.choices);
    expect(choices[0]?.delta.role).toBe("assistant");
    expect(choices.map(({ delta }) => delta.content ?? "").join("")).toBe("one two three four five six seven");
    const reasoning = choices.map(({ delta }) => ("reasoning_content" in delta ? delta.reasoning_content : ""));
    expect(reasoning.join("").trim()).toBe("Hm.");
    expect(choices.map((choice) => choice.finish_reason).filter(Boolean)).toEqual(["stop"]);
    expect(chunks.at(-1)?.choices).toEqual([]);
    expect(chunks.at(-1)?.usage?.total_tokens).toBeTypeOf("number");
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it("is accumulated by the client's own helper", async () => {
    const user = await service.user();
    const stream = service.openai(user[signIn]).chat.completions.stream({
      model,
      messages: [{ role: "user", content: "Say: well done" }],
    });
    expect(await stream.finalContent()).toContain("well done");
  });

  it("remembers the turns it is sent", async () => {
    const user = await service.user();
    const { choices } = await service.openai(user[signIn]).chat.completions.create({
      model,
      messages: [
        { role: "developer", content: "Answer briefly." },
        { role: "user", content: [{ type: "text", text: "My name is Ada." }] },
        { role: "assistant", content: "Hello Ada." },
        { role: "user", content: "What is my name?" },
      ],
    });
    expect(choices[0]?.message.content).toContain("Ada");
  });

  it("names in a header what it ignores", async () => {
    const user = await service.user();
    const { response } = await service
      .openai(user[signIn])
      .chat.completions.create({ model, messages: [{ role: "user", content: "Hi" }], seed: 1, temperature: 0.5 })
      .withResponse();
    const ignored = response.headers.get("x-flowith-ignored")?.split(", ") ?? [];
    expect(ignored).toEqual(signIn === "token" ? ["seed", "temperature"] : ["seed"]);
  });

  it("gives JSON without its fence", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "which city", reply: '```json\n{"city":"Rome"}\n```', user: user.id });
    const { choices } = await service.openai(user[signIn]).chat.completions.create({
      model,
      messages: [{ role: "user", content: "which city" }],
      response_format: { type: "json_object" },
    });
    expect(JSON.parse(choices[0]?.message.content ?? "")).toEqual({ city: "Rome" });
  });
});

it.each([
  ["END", "one ENX two "],
  [["four", "two", "END"], "one ENX "],
])("a chat by the token ends at the stop sequence %j, in both modes", async (stop, text) => {
  const user = await service.user();
  const fragments = ["one EN", "X two E", "ND three ", "four"];
  service.emulator.model.add({ match: "until", fragments, count: 2, user: user.id });
  const { completions } = service.openai(user.token).chat;
  const request = { model, messages: [{ role: "user" as const, content: "until" }], stop };
  const { data, response } = await completions.create(request).withResponse();
  expect(response.headers.get("x-flowith-ignored")).toBeNull();
  for (const { choices } of [data, await completions.stream(request).finalChatCompletion()]) {
    expect(choices[0]).toMatchObject({ finish_reason: "stop", message: { content: text } });
  }
});

it.each([
  ["\n", ["\n"]],
  [["\n\n"], ["\n\n"]],
  [[], undefined],
])("a chat by the apiKey asks the service for the stop sequence %j", async (stop, sent) => {
  const { id, apiKey } = await service.user();
  const messages = [{ role: "user" as const, content: "Say: hi" }];
  await service.openai(apiKey).chat.completions.create({ model, messages, stop });
  const [post] = service.emulator.journal.list({ user: id, route: "POST /external/use/llm" });
  expect(JSON.parse(post?.body ?? "{}").stop).toEqual(sent);
});

describe("pictures in a chat", () => {
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const image = (url: string) => ({ type: "image_url" as const, image_url: { url } });

  it("go by address, and those of data URLs are stored once", async () => {
    const user = await service.user();
    const openai = service.openai(user.token);
    const content = [
      { type: "text" as const, text: "Say: seen" },
      image(`data:image/png;base64,${png}`),
      image("https://files.example/a.png"),
    ];
    for (const text of ["first", "second"])
      await openai.chat.completions.create({
        model,
        messages: [
          { role: "user", content },
          { role: "assistant", content: "Seen." },
          { role: "user", content: text },
        ],
      });
    const requests = service.emulator.journal.list({ user: user.id });
    const uploads = requests.filter(({ headers }) => headers["content-type"]?.startsWith("multipart/form-data"));
    const posts = requests.filter(({ path }) => path === "/completion/async");
    expect(uploads).toHaveLength(1);
    expect(posts).toHaveLength(2);
    for (const { body } of posts) {
      expect(body).toContain("https://files.example/a.png");
      expect(body).not.toContain(png);
    }
  });
});

describe("tools", () => {
  it("by an API key are the service's own, in both modes", async () => {
    const user = await service.user();
    const toolCalls = [{ name: "weather", arguments: { city: "Rome" } }];
    service.emulator.model.add({ match: "How is Rome", toolCalls, count: 2, user: user.id });
    const openai = service.openai(user.apiKey);
    const request = { model, messages: [{ role: "user" as const, content: "How is Rome" }], tools: [weather] };
    const { choices } = await openai.chat.completions.create(request);
    const [call] = choices[0]?.message.tool_calls ?? [];
    expect(choices[0]?.finish_reason).toBe("tool_calls");
    expect(call).toMatchObject({ type: "function", function: { name: "weather" } });
    const streamed = await openai.chat.completions.stream(request).finalMessage();
    expect(streamed.tool_calls?.[0]).toMatchObject({ function: { name: "weather", arguments: '{"city":"Rome"}' } });
    if (call?.type !== "function") throw new Error("no call");
    const answer = await openai.chat.completions.create({
      ...request,
      messages: [
        ...request.messages,
        { role: "assistant", tool_calls: [call] },
        { role: "tool", tool_call_id: call.id, content: "clear" },
        { role: "user", content: "Say: it is clear" },
      ],
    });
    expect(answer.choices[0]?.message.content).toContain("clear");
  });

  it("by the token are read out of the text where the bridge is on", async () => {
    const user = await service.user();
    const fragments = ["Look. <tool_", 'call>{"name": "weather", "arguments": {"city": "Rome"}}</tool_call>'];
    service.emulator.model.add({ match: "How is Rome", fragments, user: user.id });
    const stream = service.openai(user.token, { toolBridge: true }).chat.completions.stream({
      model,
      messages: [{ role: "user", content: "How is Rome" }],
      tools: [weather],
    });
    const { choices } = await stream.finalChatCompletion();
    expect(choices[0]).toMatchObject({ finish_reason: "tool_calls", message: { content: "Look." } });
    expect(choices[0]?.message.tool_calls?.[0]).toMatchObject({
      function: { name: "weather", arguments: '{"city":"Rome"}' },
    });
  });

  it("by the token are ignored without the bridge, and refused where one has to be called", async () => {
    const user = await service.user();
    const { chat } = service.openai(user.token);
    const request = { model, messages: [{ role: "user" as const, content: "Hi" }], tools: [weather] };
    const { response } = await chat.completions.create(request).withResponse();
    expect(response.headers.get("x-flowith-ignored")).toBe("tools");
    await expect(chat.completions.create({ ...request, tool_choice: "required" })).rejects.toThrow(
      "A tool has to be called",
    );
  });
});

describe("a call of a tool by the apiKey", () => {
  const asked = { model, messages: [{ role: "user" as const, content: "The moon?" }], tools: [weather] };

  it.each([true, false])("that was not offered is the client's to answer (stream: %s)", async (isStreamed) => {
    const { id, apiKey } = await service.user();
    service.emulator.model.add({ match: "moon", toolCalls: [{ name: "moon", arguments: { day: 7 } }], user: id });
    const { chat } = service.openai(apiKey);
    const answer = isStreamed
      ? await chat.completions.stream(asked).finalChatCompletion()
      : await chat.completions.create(asked);
    expect(answer.choices[0]).toMatchObject({
      finish_reason: "tool_calls",
      message: { tool_calls: [{ function: { name: "moon", arguments: '{"day":7}' } }] },
    });
  });

  it("that a limit has cut short ends by its length", async () => {
    const { id, apiKey } = await service.user();
    service.emulator.model.add({
      match: "moon",
      toolCalls: [{ name: "weather", arguments: { city: "Rome" } }],
      user: id,
    });
    const answer = await service.openai(apiKey).chat.completions.create({ ...asked, max_tokens: 3 });
    expect(answer.choices[0]).toMatchObject({ finish_reason: "length", message: { content: "" } });
    expect(answer.choices[0]?.message.tool_calls ?? []).toEqual([]);
  });
});
