import OpenAI, { APIError } from "openai";
import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import { describe, expect, it } from "vitest";
import { PNG } from "../../testing/png.ts";
import { useService } from "../../testing/service.ts";

const service = useService();
const model = "gpt-4.1-nano";
const POST = "POST /external/use/llm";
const weather = {
  type: "function" as const,
  name: "weather",
  description: "The weather of a city",
  parameters: { type: "object", properties: { city: { type: "string" } } },
  strict: false,
};

describe.each(["token", "apiKey"] as const)("a response by the %s", (signIn) => {
  it("is whole, to a text and to items, under instructions", async () => {
    const user = await service.user();
    const { responses } = service.openai(user[signIn]);
    const text = await responses.create({ model, input: "What is the capital of Poland?" });
    expect(text).toMatchObject({ object: "response", status: "completed", error: null, incomplete_details: null });
    expect(text.output_text).toContain("Warsaw");
    const { data, response } = await responses
      .create({
        model,
        instructions: "Answer briefly.",
        input: [
          { role: "user", content: [{ type: "input_text", text: "My name is Ada." }] },
          { role: "assistant", content: "Hello Ada." },
          { role: "user", content: "What is my name?" },
        ],
        service_tier: "auto",
      })
      .withResponse();
    expect(data.output_text).toContain("Ada");
    expect(response.headers.get("x-flowith-ignored")).toBe("service_tier");
    expect(response.headers.get("x-flowith-usage")).toBe(signIn === "token" ? "unknown" : null);
    if (signIn === "apiKey") expect(data.usage?.total_tokens).toBeGreaterThan(0);
    else expect(data.usage?.total_tokens).toBe(0);
  });

  it("is streamed with its thoughts apart, each event with its number", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "two words", reply: "one two", reasoning: "Hm.", user: user.id });
    const stream = await service.openai(user[signIn]).responses.create({
      model: "gemini-3.1-pro-preview",
      input: "two words",
      stream: true,
    });
    const events: ResponseStreamEvent[] = [];
    for await (const event of stream) events.push(event);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(kindsOf(events)).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.reasoning_summary_part.added",
      "response.reasoning_summary_text.delta",
      "response.reasoning_summary_text.done",
      "response.reasoning_summary_part.done",
      "response.output_item.done",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
    const last = events.at(-1);
    if (last?.type !== "response.completed") throw new Error("no end");
    expect(last.response.output).toMatchObject([
      { type: "reasoning", summary: [{ text: expect.stringContaining("Hm.") }] },
      { type: "message", content: [{ text: "one two" }] },
    ]);
  });

  it("is put together by the client's own helper", async () => {
    const user = await service.user();
    const stream = service.openai(user[signIn]).responses.stream({ model, input: "Say: well done" });
    expect((await stream.finalResponse()).output_text).toContain("well done");
  });

  it("remembers the response that it follows, which can be read and deleted", async () => {
    const user = await service.user();
    const { responses } = service.openai(user[signIn]);
    const first = await responses.create({ model, input: "My name is Ada." });
    const next = { model, input: "What is my name?", previous_response_id: first.id };
    const [item] = first.output;
    const user1 = { role: "user" as const, content: "What did you say?" };
    const referred = await responses.create({ model, input: [{ type: "item_reference", id: item?.id ?? "" }, user1] });
    expect(referred.status).toBe("completed");
    expect((await responses.create(next)).output_text).toContain("Ada");
    expect(await responses.retrieve(first.id)).toMatchObject({ id: first.id, output_text: first.output_text });
    await responses.delete(first.id);
    await expect(responses.retrieve(first.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(responses.create(next)).rejects.toMatchObject({
      status: 400,
      code: "previous_response_not_found",
      param: "previous_response_id",
    });
  });

  it("gives JSON without its fence", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "which city", reply: '```json\n{"city":"Rome"}\n```', user: user.id });
    const { output_text: text } = await service.openai(user[signIn]).responses.create({
      model,
      input: "which city",
      text: { format: { type: "json_schema", name: "city", schema: { type: "object" } } },
    });
    expect(JSON.parse(text)).toEqual({ city: "Rome" });
  });
});

it("finds no response of another account, and keeps none that is not to be stored", async () => {
  const [ada, eve] = [await service.user(), await service.user()];
  const gateway = service.gateway();
  const as = (apiKey: string) =>
    new OpenAI({ baseURL: "http://gateway.test/v1", apiKey, fetch: gateway.fetch, maxRetries: 0 }).responses;
  const { id } = await as(ada.apiKey).create({ model, input: "Hi" });
  expect((await as(ada.apiKey).retrieve(id)).id).toBe(id);
  await expect(as(eve.apiKey).retrieve(id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  const forgotten = await as(ada.apiKey).create({ model, input: "Hi", store: false });
  expect(forgotten).toMatchObject({ store: false });
  await expect(as(ada.apiKey).retrieve(forgotten.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
});

it("keeps as many as it is told to, and the last ones", async () => {
  const user = await service.user();
  const { responses } = service.openai(user.apiKey, { maxResponses: 1 });
  const first = await responses.create({ model, input: "Hi" });
  const second = await responses.create({ model, input: "Hi" });
  expect((await responses.retrieve(second.id)).id).toBe(second.id);
  await expect(responses.retrieve(first.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  const none = service.openai(user.apiKey, { maxResponses: 0 }).responses;
  expect(await none.create({ model, input: "Hi" })).toMatchObject({ store: false });
});

describe("tools by an API key", () => {
  const request = { model, tools: [weather] };

  it("are called in both modes, and answered with the items of the output", async () => {
    const user = await service.user();
    const toolCalls = [{ name: "weather", arguments: { city: "Rome" } }];
    service.emulator.model.add({ match: "How is Rome", toolCalls, count: 2, user: user.id });
    const { responses } = service.openai(user.apiKey);
    const { output, id } = await responses.create({ ...request, input: "How is Rome" });
    const call = output.find((item) => item.type === "function_call");
    expect(call).toMatchObject({ name: "weather", arguments: '{"city":"Rome"}', status: "completed" });
    const streamed = await responses.stream({ ...request, input: "How is Rome" }).finalResponse();
    expect(streamed.output.at(-1)).toMatchObject({ type: "function_call", parsed_arguments: null });
    if (call === undefined) throw new Error("no call");
    const answer = { type: "function_call_output" as const, call_id: call.call_id, output: "clear" };
    const say = { role: "user" as const, content: "Say: it is clear" };
    const user1 = { role: "user" as const, content: "How is Rome" };
    const inFull = await responses.create({ ...request, input: [user1, call, answer, say] });
    expect(inFull.output_text).toContain("clear");
    const byId = await responses.create({ ...request, previous_response_id: id, input: [answer, say] });
    expect(byId.output_text).toContain("clear");
    const sent = service.emulator.journal.list({ route: POST, user: user.id }).at(-1);
    expect(sent?.status).toBe(200);
  });

  it("that nobody runs here are named", async () => {
    const user = await service.user();
    const { response } = await service
      .openai(user.apiKey)
      .responses.create({ model, input: "Hi", tools: [{ type: "web_search" }] })
      .withResponse();
    expect(response.headers.get("x-flowith-ignored")).toBe("tools.web_search");
  });
});

it("looks at a picture, by its address or its bytes", async () => {
  const user = await service.user();
  const { output_text: text } = await service.openai(user.token).responses.create({
    model,
    input: [
      {
        role: "user",
        content: [
          { type: "input_text", text: "What is in this picture?" },
          { type: "input_image", image_url: `data:image/png;base64,${PNG}`, detail: "auto" },
        ],
      },
    ],
  });
  expect(text).toContain("1 x 1");
});

describe("what cannot be answered", () => {
  it.each([
    [{ input: "Hi", conversation: "conv_1" }, "conversation"],
    [{ input: "Hi", prompt: { id: "pmpt_1" } }, "prompt"],
    [{ input: [{ type: "web_search_call" }] }, "input.0.type"],
    [{ input: [{ role: "user", content: [{ type: "input_image" }] }] }, "input.0.content.0"],
    [{ input: [{ type: "item_reference", id: "msg_1" }] }, "input"],
    [{ input: "" }, "input"],
    [{ input: 7 }, "input"],
    [{ input: "Hi", max_output_tokens: 0 }, "max_output_tokens"],
  ])("%j is refused by its name", async (body, param) => {
    const user = await service.user();
    const error = await service
      .openai(user.apiKey)
      .post("/responses", { body: { model, ...body } })
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toHaveProperty("param", expect.stringMatching(new RegExp(`^${param}`)));
  });

  it("has a status before the first word", async () => {
    const user = await service.user();
    service.emulator.faults.arm({ type: "status", status: 402, route: POST, user: user.id });
    const { responses } = service.openai(user.apiKey);
    await expect(responses.create({ model, input: "Hi", stream: true })).rejects.toMatchObject({ status: 402 });
  });

  it("throws in the midst of a stream, after what has come", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "Hi", fragments: ["one ", "two ", "three "], user: user.id, delayMs: 5 });
    service.emulator.faults.arm({ type: "cut", afterEvents: 2, clean: true, route: POST, user: user.id });
    const stream = await service.openai(user.apiKey).responses.create({ model, input: "Hi", stream: true });
    const events: ResponseStreamEvent[] = [];
    const reading = async (): Promise<void> => {
      for await (const event of stream) events.push(event);
    };
    const error = await reading().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ code: "stream_truncated" });
    expect(JSON.stringify(events)).toContain("one ");
  });

  it("tells those who read on what had come, behind the error", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "Hi", fragments: ["one ", "two ", "three "], user: user.id, delayMs: 5 });
    service.emulator.faults.arm({ type: "cut", afterEvents: 2, clean: true, route: POST, user: user.id });
    const response = await service
      .openai(user.apiKey)
      .responses.create({ model, input: "Hi", stream: true })
      .asResponse();
    const events: { type: string; [field: string]: unknown }[] = (await response.text())
      .split("\n")
      .flatMap((line) => (line.startsWith("data: ") ? [JSON.parse(line.slice("data: ".length))] : []));
    expect(events.slice(-2)).toMatchObject([
      { type: "error", code: "stream_truncated" },
      {
        type: "response.failed",
        sequence_number: events.length - 1,
        response: { status: "failed", error: { code: "stream_truncated" }, output: [{ status: "incomplete" }] },
      },
    ]);
  });

  it("is incomplete where its tokens are too few", async () => {
    const user = await service.user();
    const response = await service
      .openai(user.apiKey)
      .responses.create({ model, input: "Write 50 words", max_output_tokens: 5 });
    expect(response).toMatchObject({ status: "incomplete", incomplete_details: { reason: "max_output_tokens" } });
  });
});

/** Types of events, those in a row once. */
function kindsOf(events: readonly ResponseStreamEvent[]): string[] {
  return events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
}
