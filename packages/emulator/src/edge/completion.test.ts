import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  // No heartbeat comes between events, however slow the machine is.
  emulator = await createEmulator({ firstEventMs: 20, fragmentMs: 1, imageMs: 30, heartbeatMs: 600_000 });
});
afterAll(() => emulator.close());

describe("a text job", () => {
  it("streams fragments in order and ends with the whole text, which the row has too", async () => {
    const client = await TestClient.create(emulator);
    const stream = await client.stream();
    const { nodeId, response } = await client.ask("What is the capital of Poland?");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: "processing", nodeId });
    await stream.untilEvent("complete");
    const complete = stream.lastOfJob;
    expect(complete).toMatchObject({ nodeId, result: "The capital of Poland is Warsaw.", reasoning: "" });
    expect(stream.streamedText).toBe("The capital of Poland is Warsaw.");
    expect(stream.events.map(({ seq }) => seq)).toEqual(stream.events.map((_, index) => index));
    expect(await client.data(nodeId)).toMatchObject({ status: "done", value: "The capital of Poland is Warsaw." });
    await stream.close();
  });

  it("puts the reasoning of a thinking model in tags, one of them split between two fragments", async () => {
    const client = await TestClient.create(emulator);
    const stream = await client.stream();
    await client.ask("haiku", "gemini-3.1-pro-preview");
    await stream.untilEvent("complete");
    expect(stream.streamedText).toMatch(/^<think>\n.+<\/think>\n\nWater finds its way,/s);
    const fragments = stream.chunks.flatMap(({ chunks }) => chunks ?? []);
    expect(fragments.some((fragment) => fragment.includes("<think>"))).toBe(false);
    await stream.close();
  });

  it("is refused without a row, for a row of somebody else, for an unknown model and for a broken body", async () => {
    const client = await TestClient.create(emulator);
    const stranger = await TestClient.create(emulator);
    const convId = await client.conversation();
    const nodeId = await client.node("2", { status: "init" });
    const body = { model: "gpt-4.1-nano", messages: [{ role: "user", content: "Hello" }], nodeId, convId };
    expect((await client.post("/completion/async", { ...body, nodeId: randomUUID() })).status).toBe(404);
    expect((await stranger.post("/completion/async", body)).status).toBe(404);
    const unknown = await client.post("/completion/async", { ...body, model: "gpt-0" });
    expect(unknown.status).toBe(422);
    expect(await unknown.json()).toMatchObject({ detail: [{ loc: ["body", "model"] }] });
    const broken = await client.post("/completion/async", { model: "gpt-4.1-nano" });
    expect(await broken.json()).toMatchObject({ detail: [{ loc: ["body", "messages"], type: "missing" }, {}, {}] });
  });

  it("costs a credit, which a failure gives back, and is refused when there are none", async () => {
    const client = await TestClient.create(emulator, { credits: 1 });
    const stream = await client.stream();
    emulator.model.add({ match: "fails", fail: { reason: "provider_error" }, user: client.user.email });
    await client.ask("this fails");
    await stream.untilEvent("error");
    expect((await client.ask("Hello")).response.status).toBe(200);
    const { response } = await client.ask("Hello");
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({ code: "insufficient_credits" });
    await stream.close();
  });
});

describe("a direct completion", () => {
  it("answers with the plain text as its body, without rows", async () => {
    const client = await TestClient.create(emulator);
    const messages = [
      { role: "user", content: "My name is Alice." },
      { role: "assistant", content: "Nice to meet you." },
      { role: "user", content: "What is my name?" },
    ];
    const response = await client.post("/completion", { model: "gpt-4.1-nano", messages, stream: true });
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toBe("Your name is Alice.");
  });

  it("breaks off where the scripted answer fails", async () => {
    const client = await TestClient.create(emulator);
    emulator.model.add({ match: "breaks", reply: "one two three", fail: { reason: "timeout", afterEvents: 1 } });
    const messages = [{ role: "user", content: "this breaks" }];
    const response = await client.post("/completion", { model: "gpt-4.1-nano", messages });
    await expect(response.text()).rejects.toThrow();
  });

  it("makes a title of JSON that is sent as plain text", async () => {
    const { user } = await TestClient.create(emulator);
    const response = await emulator.fetch("/completion/conversation-title", {
      method: "POST",
      headers: { authorization: user.token, "content-type": "text/plain;charset=UTF-8" },
      body: JSON.stringify({ messages: [{ role: "user", content: "how do I bake bread at home?" }] }),
    });
    expect((await response.text()).trim()).toBe("How do I bake bread at");
  });
});
