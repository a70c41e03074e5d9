import Anthropic from "@anthropic-ai/sdk";
import { describe, expect, it } from "vitest";
import { useService } from "../testing/service.ts";

const service = useService();
const models = { "claude-*": "no-such-model", "claude-haiku-*": "gpt-4.1-nano", "claude-opus-5-5": "gpt-4.1" };

describe("models", () => {
  it("are listed in Anthropic's shape, those that write texts alone", async () => {
    const account = await service.user();
    const page = await service.anthropic(account.token).models.list({ limit: 1000 });
    const [first] = page.data;
    expect(first).toMatchObject({ type: "model", id: expect.any(String), display_name: expect.any(String) });
    expect(page.has_more).toBe(false);
    const everywhere = await service.openai(account.token).models.list();
    expect(everywhere.data.length).toBeGreaterThan(page.data.length);
    const ids: string[] = [];
    for await (const { id } of page) ids.push(id);
    expect(ids).toContain("gpt-4.1-nano");
    expect(page.last_id).toBe(ids.at(-1));
  });

  it("are found by their id, and by a name that is mapped", async () => {
    const account = await service.user();
    const client = service.anthropic(account.token, { models });
    expect((await client.models.retrieve("gpt-4.1-nano")).id).toBe("gpt-4.1-nano");
    expect((await client.models.retrieve("claude-haiku-4-5")).id).toBe("gpt-4.1-nano");
    await expect(client.models.retrieve("no-such-model")).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });
});

describe("names that are mapped", () => {
  it.each([
    ["claude-haiku-4-5-20251001", "gpt-4.1-nano"],
    ["claude-opus-5-5", "gpt-4.1"],
  ])("%s is %s", async (name, modelId) => {
    const account = await service.user();
    const messages = [{ role: "user" as const, content: "Say: hello" }];
    const message = await service
      .anthropic(account.apiKey, { models })
      .messages.create({ model: name, max_tokens: 500, messages });
    expect(message.model).toBe(modelId);
    const openai = service.openai(account.apiKey, { models });
    expect((await openai.chat.completions.create({ model: name, messages })).model).toBe(modelId);
    expect((await openai.models.retrieve(name)).id).toBe(modelId);
  });

  it("are a beginning with * at its end", () => {
    for (const name of ["a*b", "**", ""]) {
      expect(() => service.gateway({ models: { [name]: "gpt-4.1" } })).toThrow("* at its end");
    }
  });
});
