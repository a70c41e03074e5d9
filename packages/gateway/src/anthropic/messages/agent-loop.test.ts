import type Anthropic from "@anthropic-ai/sdk";
import { describe, expect, it } from "vitest";
import { useService } from "../../testing/service.ts";

const service = useService();
const model = "gpt-4.1-nano";
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** As many as a coding agent sends, with schemas that nest. */
const tools: Anthropic.Tool[] = Array.from({ length: 10 }, (_, index) => ({
  name: `tool_${index}`,
  description: `Tool ${index}. `.repeat(50),
  cache_control: { type: "ephemeral" },
  input_schema: {
    type: "object",
    properties: {
      path: { type: "string" },
      edits: { type: "array", items: { type: "object", properties: { from: { type: "string" } } } },
    },
    required: ["path"],
    additionalProperties: false,
  },
}));
const calls = [
  { name: "tool_1", arguments: { path: 'a "b" \\ ü.ts', edits: [{ from: "x" }] } },
  { name: "tool_2", arguments: {} },
];
const asText = calls.map((call) => `<tool_call>\n${JSON.stringify(call)}\n</tool_call>`).join("\n");
const base = {
  model,
  max_tokens: 4000,
  system: [{ type: "text" as const, text: "You write code.", cache_control: { type: "ephemeral" as const } }],
  tools,
};

describe.each([
  { signIn: "token", script: { fragments: ["Let me ", "look.\n<tool_", asText.slice(6)] }, says: ["Let me look."] },
  { signIn: "apiKey", script: { toolCalls: calls }, says: [] },
] as const)("an agent by the $signIn", ({ signIn, script, says }) => {
  it("calls tools in parallel, reads their answers and ends", async () => {
    const account = await service.user();
    service.emulator.model.add({
      ...script,
      fragments: [...(script.fragments ?? [])],
      toolCalls: [...(script.toolCalls ?? [])],
      match: "Look around",
      user: account.id,
    });
    const client = service.anthropic(account[signIn], { toolBridge: true });
    const history: Anthropic.MessageParam[] = [{ role: "user", content: "Look around" }];
    const stream = client.messages.stream({ ...base, messages: history });
    const partials: string[] = [];
    stream.on("inputJson", (partial) => partials.push(partial));
    const first = await stream.finalMessage();
    expect(first.stop_reason).toBe("tool_use");
    expect(first.content.flatMap((block) => (block.type === "text" ? [block.text] : []))).toEqual(says);
    const uses = first.content.filter((block) => block.type === "tool_use");
    expect(uses.map(({ name, input }) => ({ name, arguments: input }))).toEqual(calls);
    expect(new Set(uses.map(({ id }) => id)).size).toBe(2);
    expect(partials.join("")).toBe(calls.map((call) => JSON.stringify(call.arguments)).join(""));
    const [one, two] = uses.map(({ id }) => id);
    if (one === undefined || two === undefined) throw new Error("There are not two calls.");
    history.push(
      { role: "assistant", content: first.content },
      {
        role: "user",
        content: [
          {
            type: "tool_result",
            tool_use_id: one,
            content: [
              { type: "text", text: "const x = 1;" },
              { type: "image", source: { type: "base64", media_type: "image/png", data: png } },
            ],
          },
          { type: "tool_result", tool_use_id: two, content: "no such file", is_error: true },
        ],
      },
    );
    const second = await client.messages.stream({ ...base, messages: history }).finalMessage();
    expect(second).toMatchObject({ stop_reason: "end_turn", content: [{ type: "text" }] });
    // The emulator's model describes the pictures that it is shown.
    expect(second.content[0]).toMatchObject({ text: expect.stringContaining("png of 1 x 1 pixels") });
    history.push({ role: "assistant", content: second.content }, { role: "user", content: "Say: all is read" });
    const third = await client.messages.create({ ...base, messages: history });
    expect(third.content).toMatchObject([{ type: "text", text: expect.stringContaining("all is read") }]);
  });

  it("can be made to call a tool, and is refused one that it has not", async () => {
    const account = await service.user();
    service.emulator.model.add({
      match: "Hi",
      user: account.id,
      ...(signIn === "token" ? { reply: '<tool_call>{"name": "tool_4", "arguments": {}}</tool_call>' } : {}),
    });
    const { messages } = service.anthropic(account[signIn], { toolBridge: true });
    const request = { ...base, messages: [{ role: "user" as const, content: "Hi" }] };
    const forced = await messages.create({ ...request, tool_choice: { type: "tool", name: "tool_4" } });
    expect(forced.content).toMatchObject([{ type: "tool_use", name: "tool_4", input: {} }]);
    await expect(messages.create({ ...request, tool_choice: { type: "tool", name: "no" } })).rejects.toThrow(
      "is not in tools",
    );
    const search = [{ type: "web_search_20250305" as const, name: "web_search" as const }];
    await expect(messages.create({ ...request, tools: search, tool_choice: { type: "any" } })).rejects.toMatchObject({
      status: 400,
    });
  });
});

describe("arguments that are not whole", () => {
  const request = { ...base, messages: [{ role: "user" as const, content: "Look" }] };

  it("by the bridge are given as the model wrote them, in both modes", async () => {
    const account = await service.user();
    const reply = '<tool_call>{"name": "tool_3", "arguments": {"path": </tool_call>';
    service.emulator.model.add({ match: "Look", user: account.id, reply, count: 2 });
    const { messages } = service.anthropic(account.token, { toolBridge: true });
    for (const message of [await messages.create(request), await messages.stream(request).finalMessage()]) {
      expect(message).toMatchObject({
        stop_reason: "tool_use",
        content: [{ name: "tool_3", input: { INVALID_JSON: expect.stringContaining('"path":') } }],
      });
    }
  });

  it("by an API key are left out, and the answer ends by its limit", async () => {
    const account = await service.user();
    const toolCalls = [{ name: "tool_3", arguments: { path: "x" } }];
    service.emulator.model.add({ match: "Look", user: account.id, toolCalls });
    const { messages } = service.anthropic(account.apiKey);
    // The emulator cuts a call short by so few.
    const message = await messages.create({ ...request, max_tokens: 5 });
    expect(message).toMatchObject({ stop_reason: "max_tokens", content: [] });
  });
});

it("by the token without the bridge, tools are ignored and said to be", async () => {
  const account = await service.user();
  const { messages } = service.anthropic(account.token);
  const request = { ...base, messages: [{ role: "user" as const, content: "Say: hello" }] };
  const { data, response } = await messages.create(request).withResponse();
  expect(data.content).toMatchObject([{ type: "text", text: expect.stringContaining("hello") }]);
  expect(response.headers.get("x-flowith-ignored")).toContain("tools");
  await expect(messages.create({ ...request, tool_choice: { type: "any" } })).rejects.toThrow("the tool bridge");
});
