import { describe, expect, it } from "vitest";
import { useService } from "../../testing/service.ts";

const service = useService();
const model = "gpt-4.1-nano";
const reasoner = "gemini-3.1-pro-preview";
const user = (content: string) => ({ role: "user" as const, content });
const ignoredBy = (response: Response) => response.headers.get("x-flowith-ignored")?.split(", ") ?? [];

describe.each(["token", "apiKey"] as const)("a message by the %s", (signIn) => {
  it("is answered as a whole", async () => {
    const account = await service.user();
    const { data, response } = await service
      .anthropic(account[signIn])
      .messages.create({ model, max_tokens: 500, messages: [user("What is the capital of Poland?")] })
      .withResponse();
    expect(data).toMatchObject({ type: "message", role: "assistant", model, stop_reason: "end_turn" });
    expect(data.id).toMatch(/^msg_\w+$/);
    expect(data.content).toEqual([{ type: "text", text: expect.stringContaining("Warsaw"), citations: null }]);
    expect(response.headers.get("request-id")).toMatch(/\S/);
    expect(data.usage.output_tokens > 0).toBe(signIn === "apiKey");
    expect(response.headers.get("x-flowith-usage")).toBe(signIn === "apiKey" ? null : "unknown");
  });

  it("is streamed, and put together by the client's own helper", async () => {
    const account = await service.user();
    service.emulator.model.add({ match: "two words", fragments: ["one ", "two"], user: account.id });
    const stream = service
      .anthropic(account[signIn])
      .messages.stream({ model, max_tokens: 500, messages: [user("two words")] });
    const types: string[] = [];
    stream.on("streamEvent", ({ type }) => types.push(type));
    const texts: string[] = [];
    stream.on("text", (delta) => texts.push(delta));
    const message = await stream.finalMessage();
    expect(texts).toEqual(["one ", "two"]);
    expect(message.content).toEqual([{ type: "text", text: "one two", citations: null }]);
    expect(message).toMatchObject({ stop_reason: "end_turn", stop_sequence: null });
    expect(message.usage.output_tokens > 0).toBe(signIn === "apiKey");
    expect(stream.request_id).toMatch(/\S/);
    expect(types).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
  });

  it.each(["enabled", "adaptive"] as const)("shows thinking that is %s, without a signature", async (type) => {
    const account = await service.user();
    service.emulator.model.add({ match: "think", reply: "Done.", reasoning: "Hm.", count: 2, user: account.id });
    const { messages } = service.anthropic(account[signIn]);
    const thinking = type === "enabled" ? { type, budget_tokens: 1024 } : { type };
    const request = { model: reasoner, max_tokens: 2000, messages: [user("think")], thinking };
    const content = [
      { type: "thinking", thinking: expect.stringMatching(/^\s*Hm\.\s*$/), signature: "" },
      { type: "text", text: "Done.", citations: null },
    ];
    expect((await messages.create(request)).content).toEqual(content);
    expect((await messages.stream(request).finalMessage()).content).toEqual(content);
  });

  it("shows no thinking to who has not asked for it", async () => {
    const account = await service.user();
    service.emulator.model.add({ match: "think", reply: "Done.", reasoning: "Hm.", count: 3, user: account.id });
    const { messages } = service.anthropic(account[signIn]);
    const request = { model: reasoner, max_tokens: 2000, messages: [user("think")] };
    const omitted = { ...request, thinking: { type: "adaptive" as const, display: "omitted" as const } };
    const answers = [
      await messages.create({ ...request, thinking: { type: "disabled" } }),
      await messages.stream(request).finalMessage(),
      await messages.stream(omitted).finalMessage(),
    ];
    for (const { content } of answers) expect(content).toEqual([{ type: "text", text: "Done.", citations: null }]);
  });

  it("remembers the turns it is sent, and takes back its own thinking", async () => {
    const account = await service.user();
    const { content } = await service.anthropic(account[signIn]).messages.create({
      model,
      max_tokens: 500,
      system: [
        { type: "text", text: "Answer briefly.", cache_control: { type: "ephemeral" } },
        { type: "text", text: "Be kind." },
      ],
      messages: [
        { role: "user", content: [{ type: "text", text: "My name is Ada.", cache_control: { type: "ephemeral" } }] },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "A name.", signature: "" },
            { type: "redacted_thinking", data: "x" },
            { type: "text", text: "Hello Ada." },
          ],
        },
        { role: "user", content: "What is my name?" },
      ],
    });
    expect(content[0]).toMatchObject({ text: expect.stringContaining("Ada") });
  });

  it("ends at a stop sequence, which may lie across fragments, in both modes", async () => {
    const account = await service.user();
    const fragments = ["one EN", "X two E", "ND three"];
    service.emulator.model.add({ match: "until", fragments, count: 9, user: account.id });
    const { messages } = service.anthropic(account[signIn]);
    const request = { model, max_tokens: 500, stop_sequences: ["STOP", "END"], messages: [user("until")] };
    const whole = await messages.create(request);
    const streamed = await messages.stream(request).finalMessage();
    for (const message of [whole, streamed]) {
      expect(message).toMatchObject({ stop_reason: "stop_sequence", stop_sequence: "END" });
      expect(message.content).toEqual([{ type: "text", text: "one ENX two ", citations: null }]);
    }
    expect(streamed.usage.output_tokens > 0).toBe(signIn === "apiKey");
  });

  it("gives a text whole that has no stop sequence, but the beginning of one at its end", async () => {
    const account = await service.user();
    service.emulator.model.add({ match: "until", fragments: ["one ", "EN"], user: account.id });
    const message = await service
      .anthropic(account[signIn])
      .messages.stream({ model, max_tokens: 500, stop_sequences: ["END"], messages: [user("until")] })
      .finalMessage();
    expect(message).toMatchObject({ stop_reason: "end_turn", stop_sequence: null, content: [{ text: "one EN" }] });
  });

  it("names in a header what it ignores", async () => {
    const account = await service.user();
    const { response } = await service
      .anthropic(account[signIn])
      .beta.messages.create({
        model,
        max_tokens: 500,
        ...{ temperature: 0.5, top_k: 3 },
        metadata: { user_id: "x" },
        betas: ["context-management-2025-06-27"],
        context_management: { edits: [] },
        output_config: { effort: "low" },
        thinking: { type: "disabled" },
        tools: [{ type: "web_search_20250305", name: "web_search" }],
        messages: [
          user("Hi"),
          {
            role: "assistant",
            content: [
              { type: "text", text: "Hello" },
              { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} },
            ],
          },
          user("Hi"),
        ],
      })
      .withResponse();
    const always = ["top_k", "metadata", "context_management", "tools.web_search_20250305", "output_config.effort"];
    expect(ignoredBy(response).toSorted()).toEqual(
      [
        ...always,
        "messages.server_tool_use",
        ...(signIn === "token" ? ["max_tokens", "temperature", "thinking"] : []),
      ].toSorted(),
    );
  });

  it("sees pictures by their bytes and by their address", async () => {
    const account = await service.user();
    const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const message = await service.anthropic(account[signIn]).messages.create({
      model,
      max_tokens: 500,
      messages: [
        {
          role: "user",
          content: [
            { type: "image", source: { type: "base64", media_type: "image/png", data: png } },
            { type: "image", source: { type: "url", url: "https://example.com/a.png" } },
            { type: "document", title: "Ports", source: { type: "text", media_type: "text/plain", data: "Gdynia" } },
            { type: "text", text: "How many pictures are there?" },
          ],
        },
      ],
    });
    expect(message.content[0]).toMatchObject({
      text: expect.stringMatching(/png of 1 x 1 pixels[\s\S]*https:\/\/example\.com\/a\.png/),
    });
  });

  it("is JSON without its fence where a schema is given", async () => {
    const account = await service.user();
    service.emulator.model.add({ match: "which city", reply: '```json\n{"city":"Rome"}\n```', user: account.id });
    const message = await service.anthropic(account[signIn]).messages.create({
      model,
      max_tokens: 500,
      messages: [user("which city")],
      output_config: { format: { type: "json_schema", schema: { type: "object" } } },
    });
    expect(message.content).toMatchObject([{ type: "text", text: '{"city":"Rome"}' }]);
  });
});
