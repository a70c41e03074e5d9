import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import type { EmulatorUser } from "@flowith-webapi/emulator";
import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import { type Listening, listen } from "../cli/listen.ts";
import type { GatewayOptions } from "../gateway-options.ts";
import { useService } from "../testing/service.ts";

const service = useService();
const servers: Listening[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.stop(0)));
});

async function serve(options: GatewayOptions): Promise<string> {
  const server = await listen(service.gateway(options).fetch, 0, "127.0.0.1");
  servers.push(server);
  return server.url;
}

const model = "gpt-4.1-nano";
const chat = (content: string) => ({ model, messages: [{ role: "user" as const, content }] });

/** What a body gets that is sent in pieces, without a length unless there is one. */
async function sent(
  url: string,
  user: EmulatorUser,
  pieces: Iterable<string>,
  isEnded = true,
  length: { "content-length"?: number } = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${user.apiKey}`, "content-type": "application/json", ...length };
    const request = httpRequest(`${url}/v1/chat/completions`, { method: "POST", headers }, (response) => {
      let text = "";
      response.on("data", (data: Buffer) => {
        text += String(data);
      });
      response.on("end", () => {
        resolve({ status: response.statusCode, body: JSON.parse(text) });
        request.destroy();
      });
    });
    // Who has been answered may be cut off while they still send.
    request.on("error", reject);
    for (const piece of pieces) request.write(piece);
    if (isEnded) request.end();
  });
}

describe("a body", () => {
  const user = () => service.user();

  it("that comes in pieces is read as a whole", async () => {
    const text = JSON.stringify(chat("Say: hello"));
    const url = await serve({});
    expect(await sent(url, await user(), [text.slice(0, 9), text.slice(9)])).toMatchObject({ status: 200 });
  });

  it("that is too large is a 413, told in its headers or not", async () => {
    const url = await serve({ maxBodyBytes: 1_000 });
    const [large, { apiKey }] = ["x".repeat(600), await user()];
    expect(await sent(url, await user(), [large, large], false)).toMatchObject({
      status: 413,
      body: { error: { code: "body_too_large" } },
    });
    const told = await fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}` },
      body: large + large,
    });
    expect(told.status).toBe(413);
  });

  it("of 50 MB gets an answer in shape", async () => {
    const { apiKey } = await user();
    const openai = new OpenAI({ baseURL: `${await serve({})}/v1`, apiKey, maxRetries: 0 });
    const refused = await openai.chat.completions.create(chat("x".repeat(50_000_000))).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 413, code: "body_too_large" });
  });

  it.each([{}, { "content-length": 1_000 }])("that never ends is a 408, with %j", async (length) => {
    const url = await serve({ bodyTimeoutMs: 50 });
    expect(await sent(url, await user(), ["{"], false, length)).toMatchObject({
      status: 408,
      body: { error: { code: "body_timeout" } },
    });
  });

  it("that is packed is a 415", async () => {
    const { apiKey } = await user();
    const refused = await service.gateway().fetch("http://gateway.test/v1/chat/completions", {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-encoding": "gzip" },
      body: gzipSync(JSON.stringify(chat("Say: hello"))),
    });
    expect(refused.status).toBe(415);
    expect(await refused.json()).toMatchObject({ error: { code: "unsupported_content_encoding" } });
  });

  it("of somebody without a key is not read", async () => {
    const url = await serve({ bodyTimeoutMs: 0 });
    const stranger = { ...(await user()), apiKey: " " };
    expect(await sent(url, stranger, ["{"], false)).toMatchObject({ status: 401 });
  });
});

describe("a request that takes too long", () => {
  it("is a 504 before its answer has begun", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "Slowly", reply: "word ".repeat(200), delayMs: 100, user: user.id });
    const openai = service.openai(user.apiKey, { requestTimeoutMs: 2_000 });
    await openai.models.list();
    await expect(openai.chat.completions.create(chat("Slowly"))).rejects.toMatchObject({
      status: 504,
      code: "request_timeout",
    });
    const route = "POST /external/use/llm";
    expect(await service.emulator.journal.waitFor({ user: user.id, route, isCutShort: true })).toBeDefined();
  });

  it("is an error in its stream", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "Slowly", reply: "word ".repeat(50), delayMs: 100, user: user.id });
    const openai = service.openai(user.apiKey, { requestTimeoutMs: 1_000 });
    const stream = await openai.chat.completions.create({ ...chat("Slowly"), stream: true });
    const reading = (async () => {
      for await (const _chunk of stream);
    })();
    await expect(reading).rejects.toMatchObject({ code: "request_timeout" });
  });

  it("ends where nothing else would end it", async () => {
    const never = new Promise<undefined>(() => undefined);
    const openai = service.openai("key", { requestTimeoutMs: 50, authenticate: () => never });
    await expect(openai.models.list()).rejects.toMatchObject({ status: 504 });
  });
});

describe("too many requests at once", () => {
  /** A stream that has begun. */
  async function begun(openai: OpenAI): Promise<{ leave(): void }> {
    const stream = await openai.chat.completions.create({ ...chat("Write a novel"), stream: true });
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    return { leave: () => stream.controller.abort() };
  }

  async function writer(): Promise<EmulatorUser> {
    const user = await service.user();
    service.emulator.model.add({ match: "a novel", reply: "word ".repeat(400), delayMs: 20, count: 9, user: user.id });
    return user;
  }

  it("of one key are a 429, until one has ended", async () => {
    const [user, other] = [await writer(), await service.user()];
    const openai = service.openai(user.apiKey, { maxConcurrentPerCaller: 1 });
    const stream = await begun(openai);
    const refused = await openai.models.list().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OpenAI.RateLimitError);
    expect(refused).toMatchObject({ code: "too_many_requests" });
    if (!(refused instanceof OpenAI.APIError)) throw new Error("It is none of the client's errors.");
    expect(refused.headers?.get("x-should-retry")).toBe("true");
    await openai.withOptions({ apiKey: other.apiKey }).models.list();
    stream.leave();
    await service.emulator.journal.waitFor({ user: user.id, isCutShort: true });
    await openai.models.list();
  });

  it("of all are a 503, which clients try again", async () => {
    const [user, other] = [await writer(), await service.user()];
    const openai = service.openai(user.apiKey, { maxConcurrent: 1 });
    const stream = await begun(openai);
    const refused = await openai
      .withOptions({ apiKey: other.apiKey })
      .models.list()
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 503, code: "overloaded" });
    if (!(refused instanceof OpenAI.APIError)) throw new Error("It is none of the client's errors.");
    expect(refused.headers?.get("retry-after")).toBe("1");
    expect(refused.headers?.get("x-should-retry")).toBe("true");
    stream.leave();
    await service.emulator.journal.waitFor({ user: user.id, isCutShort: true });
    await openai.models.list();
  });
});
