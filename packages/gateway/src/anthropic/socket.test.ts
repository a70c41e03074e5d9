import Anthropic from "@anthropic-ai/sdk";
import { afterAll, expect, it } from "vitest";
import { type Listening, listen } from "../cli/listen.ts";
import type { GatewayOptions } from "../gateway-options.ts";
import { useService } from "../testing/service.ts";

const service = useService();
const listening: Listening[] = [];
afterAll(async () => {
  for (const each of listening) await each.stop(0);
});

async function served(options?: GatewayOptions): Promise<string> {
  const one = await listen(service.gateway(options).fetch, 0, "127.0.0.1");
  listening.push(one);
  return one.url;
}

const request = { model: "gpt-4.1-nano", max_tokens: 500 };

it.each(["token", "apiKey"] as const)("over a socket by the %s, as a bearer or in x-api-key", async (signIn) => {
  const account = await service.user();
  const baseURL = await served();
  const messages = [{ role: "user" as const, content: "Say: hello" }];
  const defaultHeaders = { authorization: null, "x-api-key": account[signIn] };
  const clients = [
    new Anthropic({ baseURL, authToken: account[signIn] }),
    new Anthropic({ baseURL, authToken: "x", defaultHeaders }),
  ];
  for (const client of clients) {
    const message = await client.messages.stream({ ...request, messages }).finalMessage();
    expect(message.content).toMatchObject([{ type: "text", text: expect.stringContaining("hello") }]);
  }
});

it("a client that goes away ends the work", async () => {
  const account = await service.user();
  service.emulator.model.add({ match: "Write 500 words", delayMs: 50, user: account.id });
  const client = new Anthropic({ baseURL: await served(), authToken: account.apiKey });
  const stream = client.messages.stream({ ...request, messages: [{ role: "user", content: "Write 500 words" }] });
  stream.on("text", () => stream.abort());
  await expect(stream.finalMessage()).rejects.toBeInstanceOf(Anthropic.APIUserAbortError);
  const route = "POST /external/use/llm";
  expect(await service.emulator.journal.waitFor({ route, user: account.id, isCutShort: true })).toBeDefined();
});

it("a silent stream is kept alive by pings", async () => {
  const account = await service.user();
  service.emulator.model.add({ match: "Say: hello", firstEventMs: 400, user: account.id });
  const messages = [{ role: "user" as const, content: "Say: hello" }];
  const response = await fetch(`${await served({ keepAliveMs: 20 })}/v1/messages`, {
    method: "POST",
    headers: { "x-api-key": account.apiKey },
    body: JSON.stringify({ ...request, messages, stream: true }),
  });
  const text = await response.text();
  expect(text).toContain('event: ping\ndata: {"type":"ping"}\n\n');
  expect(text).toMatch(/event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/);
});
