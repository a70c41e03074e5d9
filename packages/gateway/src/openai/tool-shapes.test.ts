import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { useService } from "../testing/service.ts";

const service = useService();
const model = "gpt-4.1-nano";
const LONG = `mcp__a_server_of_somebody__${"a_tool_with_a_long_name_".repeat(4)}`;
const parameters = { type: "object", properties: {} };

/** What the last request of a user had as tools, as the service saw it. */
const functions = (...names: string[]) =>
  names.map((name) => ({ type: "function" as const, function: { name, parameters } }));

describe.each([
  { signIn: "token", said: (name: string) => ({ reply: `<tool_call>{"name":"${name}","arguments":{}}</tool_call>` }) },
  { signIn: "apiKey", said: (name: string) => ({ toolCalls: [{ name, arguments: {} }] }) },
] as const)("tools of a chat by the $signIn", ({ signIn, said }) => {
  const ask = (apiKey: string) => service.openai(apiKey, { toolBridge: true });

  it("that nobody runs here are ignored and named, in chats and responses", async () => {
    const user = await service.user();
    const client = ask(user[signIn]);
    const messages = [{ role: "user" as const, content: "Hi" }];
    const tools = [{ type: "web_search" }, { type: "custom", custom: { name: "grammar" } }];
    const chat = await client.post<Response>("/chat/completions", {
      body: { model, messages, tools },
      __binaryResponse: true,
    });
    expect(chat.headers.get("x-flowith-ignored")).toBe("tools.web_search, tools.custom");
  });

  it("are the allowed ones, where some are", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "Hi", user: user.id, ...copied(said("two")) });
    const client = ask(user[signIn]);
    const messages = [{ role: "user" as const, content: "Hi" }];
    const allowed = (...names: string[]) => ({
      type: "allowed_tools" as const,
      allowed_tools: { mode: "required" as const, tools: functions(...names) },
    });
    const tools = functions("one", "two");
    const { choices } = await client.chat.completions.create({ model, messages, tools, tool_choice: allowed("two") });
    expect(choices[0]?.message.tool_calls).toMatchObject([{ function: { name: "two" } }]);
    const none = client.chat.completions.create({ model, messages, tools, tool_choice: allowed("three") });
    await expect(none).rejects.toMatchObject({ status: 400, param: "tool_choice" });
    const inResponses = client.responses.create({
      model,
      input: "Hi",
      tools: [{ type: "function", name: "one", parameters, strict: false }],
      tool_choice: { type: "allowed_tools", mode: "required", tools: [{ type: "function", name: "three" }] },
    });
    await expect(inResponses).rejects.toMatchObject({ status: 400, param: "tool_choice" });
  });

  it("are not called by a choice of one that is not there", async () => {
    const user = await service.user();
    const { chat, responses } = ask(user[signIn]);
    const choice = { type: "function" as const, function: { name: "other" } };
    const messages = [{ role: "user" as const, content: "Hi" }];
    const byChat = chat.completions.create({ model, messages, tools: functions("one"), tool_choice: choice });
    await expect(byChat).rejects.toMatchObject({ status: 400, param: "tool_choice" });
    const byResponse = responses.create({
      model,
      input: "Hi",
      tools: [{ type: "function", name: "one", parameters, strict: false }],
      tool_choice: { type: "function", name: "other" },
    });
    await expect(byResponse).rejects.toBeInstanceOf(OpenAI.BadRequestError);
  });

  it("may have the long names of Anthropic's, there and back", async () => {
    const user = await service.user();
    const { messages } = service.anthropic(user[signIn], { toolBridge: true });
    const tools = [LONG, "short"].map((name) => ({ name, input_schema: { type: "object" as const } }));
    const request = { model, max_tokens: 500, tools };
    const first = [{ role: "user" as const, content: "Hi" }];
    if (signIn === "token") service.emulator.model.add({ match: "Hi", user: user.id, ...copied(said(LONG)) });
    // By a key the emulator calls the tool that has to be called, by the name that it was told.
    const tool_choice = { type: "tool" as const, name: LONG };
    const { content } = await messages.create({ ...request, messages: first, tool_choice });
    expect(content).toMatchObject([{ type: "tool_use", name: LONG }]);
    const [use] = content;
    if (use?.type !== "tool_use") throw new Error("no call");
    const answer = { type: "tool_result" as const, tool_use_id: use.id, content: "done" };
    const second = await messages.create({
      ...request,
      messages: [...first, { role: "assistant", content }, { role: "user", content: [answer] }],
    });
    expect(second.stop_reason).toBe("end_turn");
    const tooLong = [{ name: "x".repeat(129), input_schema: { type: "object" as const } }];
    await expect(messages.create({ ...request, messages: first, tools: tooLong })).rejects.toThrow("1 to 128 letters");
  });

  it("without a schema, which other models called, are items that a response takes", async () => {
    const user = await service.user();
    const { responses } = ask(user[signIn]);
    const { id, output_text: text } = await responses.create({
      model,
      input: [
        { role: "user", content: "Write it" },
        { type: "custom_tool_call", call_id: "call_1", name: "grammar", input: "a + b" },
        { type: "custom_tool_call_output", call_id: "call_1", output: "the sum" },
        { role: "user", content: "Say: it is written" },
      ],
    });
    expect(text).toContain("it is written");
    const listed: unknown[] = [];
    for await (const item of responses.inputItems.list(id, { limit: 1, order: "asc" })) listed.push(item);
    expect(listed).toMatchObject([
      { type: "message", role: "user", content: [{ type: "input_text", text: "Write it" }] },
      { type: "function_call", name: "grammar" },
      { type: "function_call_output", output: "the sum" },
      { type: "message", content: [{ text: "Say: it is written" }] },
    ]);
    const again = responses.retrieve(id, { stream: true });
    await expect(again).rejects.toMatchObject({ status: 400, param: "stream" });
  });
});

/** Scripts take lists that can be changed. */
function copied(script: { reply?: string; toolCalls?: readonly { name: string; arguments: object }[] }) {
  const { reply, toolCalls } = script;
  return {
    ...(reply === undefined ? {} : { reply }),
    ...(toolCalls === undefined ? {} : { toolCalls: toolCalls.map((call) => ({ ...call, arguments: {} })) }),
  };
}
