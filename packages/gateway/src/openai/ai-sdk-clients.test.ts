import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { EmulatorUser } from "@flowith-webapi/emulator";
import { APICallError, generateImage, generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";
import { describe, expect, it } from "vitest";
import { useService } from "../testing/service.ts";

const service = useService();
const at = "http://gateway.test/v1";

const clients = {
  "@ai-sdk/openai": (apiKey: string) => {
    const openai = createOpenAI({ baseURL: at, apiKey, fetch: service.gateway().fetch });
    return { text: (id: string) => openai(id), image: openai.image("gemini-3.1-flash-image") };
  },
  "@ai-sdk/openai-compatible": (apiKey: string) => {
    const { fetch } = service.gateway();
    const flowith = createOpenAICompatible({ name: "flowith", baseURL: at, apiKey, fetch, includeUsage: true });
    return { text: (id: string) => flowith(id), image: flowith.imageModel("gemini-3.1-flash-image") };
  },
};

function scripted(user: EmulatorUser, script: Parameters<typeof service.emulator.model.add>[0]): void {
  service.emulator.model.add({ ...script, user: user.id });
}

describe.each(Object.entries(clients))("%s", (_name, clientOf) => {
  it.each(["token", "apiKey"] as const)("has texts by the %s", async (signIn) => {
    const user = await service.user();
    const { text } = clientOf(user[signIn]);
    const model = text("gpt-4.1-nano");
    const whole = await generateText({ model, instructions: "Be brief.", prompt: "What is the capital of Poland?" });
    expect(whole.text).toContain("Warsaw");
    expect(whole.finishReason).toBe("stop");
    expect(whole.warnings ?? []).toEqual([]);
  });

  it.each(["token", "apiKey"] as const)("streams with the thoughts apart, by the %s", async (signIn) => {
    const user = await service.user();
    scripted(user, { match: "two words", reply: "one two", reasoning: "Hm." });
    const { text } = clientOf(user[signIn]);
    const stream = streamText({ model: text("gemini-3.1-pro-preview"), prompt: "two words" });
    let pieces = "";
    for await (const piece of stream.textStream) pieces += piece;
    expect(pieces).toBe("one two");
    expect(await stream.reasoningText).toContain("Hm.");
    expect(await stream.finishReason).toBe("stop");
  });

  it("calls tools by an API key, in several steps", async () => {
    const user = await service.user();
    scripted(user, { match: "How is Rome", toolCalls: [{ name: "weather", arguments: { city: "Rome" } }], count: 1 });
    const asked: unknown[] = [];
    const weather = tool({
      description: "The weather of a city",
      inputSchema: jsonSchema<{ city: string }>({ type: "object", properties: { city: { type: "string" } } }),
      execute: async (input) => {
        asked.push(input);
        return "clear";
      },
    });
    const { text } = clientOf(user.apiKey);
    const { steps } = await generateText({
      model: text("gpt-4.1-nano"),
      prompt: "How is Rome?",
      tools: { weather },
      stopWhen: stepCountIs(3),
    });
    expect(asked).toEqual([{ city: "Rome" }]);
    expect(steps).toHaveLength(2);
    const sent = service.emulator.journal.list({ user: user.id, route: "POST /external/use/llm" }).at(-1);
    expect(sent?.body).toContain('"role":"tool"');
    expect(sent?.body).toContain("clear");
  });

  it.each(["token", "apiKey"] as const)("has pictures by the %s", async (signIn) => {
    const user = await service.user();
    const { image } = clientOf(user[signIn]);
    // What comes by address the AI SDK loads from no address of this machine, where the emulator is.
    const providerOptions = { flowith: { response_format: "b64_json" } };
    const { images } = await generateImage({
      model: image,
      prompt: "A boat",
      n: 2,
      size: "1024x1024",
      providerOptions,
    });
    expect(images.map(({ mediaType }) => mediaType)).toEqual(["image/png", "image/png"]);
  });

  it.each([401, 402, 422, 503])("throws %i as it is", async (status) => {
    const user = await service.user();
    const route = "POST /external/use/llm";
    service.emulator.faults.arm({ type: "status", status, route, user: user.id, count: 0 });
    const model = clientOf(user.apiKey).text("gpt-4.1-nano");
    const error = await generateText({ model, prompt: "Hi", maxRetries: 0 }).catch((reason: unknown) => reason);
    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toHaveProperty("statusCode", status);
  });

  it("learns of a text that breaks off", async () => {
    const user = await service.user();
    scripted(user, { match: "Hi", fragments: ["one ", "two ", "three "], delayMs: 5 });
    service.emulator.faults.arm({
      type: "cut",
      afterEvents: 2,
      clean: true,
      route: "POST /external/use/llm",
      user: user.id,
    });
    const errors: unknown[] = [];
    const stream = streamText({
      model: clientOf(user.apiKey).text("gpt-4.1-nano"),
      prompt: "Hi",
      maxRetries: 0,
      onError: ({ error }) => {
        errors.push(error);
      },
    });
    await stream.consumeStream();
    expect(errors).toHaveLength(1);
    expect(await stream.finishReason).toBe("error");
  });
});
