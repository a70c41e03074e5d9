import { expect, it } from "vitest";
import { useService } from "./testing/service.ts";

const service = useService();
const models = { "gpt-9*": "gpt-4.1-nano", "dall-e-3": "gemini-3.1-flash-image", "sora-*": "seedance-2.0-fast" };

it("holds for every route of OpenAI's that takes a model", async () => {
  const { apiKey } = await service.user();
  const { chat, responses, images, videos } = service.openai(apiKey, { models });
  const messages = [{ role: "user" as const, content: "Hi" }];
  expect((await chat.completions.create({ model: "gpt-9-mini", messages })).model).toBe("gpt-4.1-nano");
  expect((await responses.create({ model: "gpt-9", input: "Hi" })).model).toBe("gpt-4.1-nano");
  expect((await images.generate({ model: "dall-e-3", prompt: "A boat" })).data).toHaveLength(1);
  expect((await videos.create({ model: "sora-2", prompt: "A boat" })).model).toBe("seedance-2.0-fast");
});
