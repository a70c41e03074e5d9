import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { type Listening, listen } from "../cli/listen.ts";
import { useService } from "../testing/service.ts";
import { prometheusMetrics } from "./prometheus-metrics.ts";
import type { RequestEntry } from "./request-entry.ts";

const service = useService();
const model = "gpt-4.1-nano";
const chat = (content: string) => ({ model, messages: [{ role: "user" as const, content }] });

describe("a shutdown", () => {
  it("lets a stream end, and nothing begin", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "40 words", reply: "word ".repeat(40), delayMs: 10, user: user.id });
    const gateway = service.gateway();
    const get = async (path: string) => (await gateway.fetch(`http://gateway.test${path}`)).status;
    expect([await get("/healthz"), await get("/readyz")]).toEqual([200, 200]);
    const { fetch } = gateway;
    const openai = new OpenAI({ baseURL: "http://gateway.test/v1", apiKey: user.apiKey, fetch, maxRetries: 0 });
    const stream = await openai.chat.completions.create({ ...chat("40 words"), stream: true });
    let answer = "";
    let drained: Promise<void> | undefined;
    for await (const { choices } of stream) {
      answer += choices[0]?.delta.content ?? "";
      if (drained !== undefined) continue;
      drained = gateway.drain(60_000);
      expect([await get("/healthz"), await get("/readyz")]).toEqual([200, 503]);
      await expect(openai.models.list()).rejects.toMatchObject({ status: 503, code: "shutting_down" });
    }
    expect(answer.trim().split(" ")).toHaveLength(40);
    await drained;
  });

  it("cuts short what takes longer than it may, with an error in the stream", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "a novel", reply: "word ".repeat(400), delayMs: 20, user: user.id });
    const gateway = service.gateway();
    const { fetch } = gateway;
    const openai = new OpenAI({ baseURL: "http://gateway.test/v1", apiKey: user.apiKey, fetch, maxRetries: 0 });
    const stream = await openai.chat.completions.create({ ...chat("a novel"), stream: true });
    let drained: Promise<void> | undefined;
    const reading = (async () => {
      for await (const _chunk of stream) drained ??= gateway.drain(20);
    })();
    await expect(reading).rejects.toMatchObject({ code: "shutting_down" });
    await drained;
    const route = "POST /external/use/llm";
    expect(await service.emulator.journal.waitFor({ user: user.id, route, isCutShort: true })).toBeDefined();
  });
});

describe("what is told of requests", () => {
  it("is one entry each, with nothing secret in it", async () => {
    const user = await service.user();
    const entries: RequestEntry[] = [];
    const { fetch } = service.gateway({ onRequest: (entry) => entries.push(entry), direct: true });
    const baseURL = "http://gateway.test/v1";
    const openai = new OpenAI({ baseURL, apiKey: user.token, fetch, maxRetries: 0 });
    await openai.chat.completions.create(chat("Say: a secret"), { headers: { "x-request-id": "mine" } });
    const body = JSON.stringify({ ...chat("Say: another secret"), stream: true });
    const headers = { authorization: `Bearer ${user.token}` };
    await (await fetch(`${baseURL}/chat/completions`, { method: "POST", headers, body })).text();
    await openai.models.retrieve("none/such").catch(() => undefined);
    await openai.get("/nowhere?token=secret").catch(() => undefined);
    await openai
      .withOptions({ apiKey: "  " })
      .models.list()
      .catch(() => undefined);
    const route = "/v1/chat/completions";
    expect(entries).toMatchObject([
      { requestId: "mine", method: "POST", route, status: 200, outcome: "sent" },
      { method: "POST", route, status: 200, outcome: "sent" },
      { method: "GET", route: "/v1/models/:id{.+}", status: 404, code: "model_not_found" },
      { method: "GET", route: "unknown", status: 404, code: "unknown_route" },
      { method: "GET", route: "/v1/models", status: 401, code: "authentication" },
    ]);
    expect(entries[0]?.caller).toMatch(/^own:[\da-f]{16}$/);
    expect(entries[4]?.caller).toBeUndefined();
    for (const secret of [user.token, "secret"]) expect(JSON.stringify(entries)).not.toContain(secret);
  });

  it.each(["chat/completions", "responses", "messages"])("says what a stream of %s has failed with", async (path) => {
    const user = await service.user();
    service.emulator.model.add({ match: "a novel", reply: "word ".repeat(400), delayMs: 20, user: user.id });
    const { promise: ended, resolve } = Promise.withResolvers<RequestEntry>();
    const metrics = prometheusMetrics();
    const gateway = service.gateway({ onRequest: resolve, metrics });
    const { messages } = chat("a novel");
    const answer = await gateway.fetch(`http://gateway.test/v1/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${user.apiKey}` },
      body: JSON.stringify({ model, messages, input: messages, max_tokens: 1_000, stream: true }),
    });
    const reader = answer.body?.getReader();
    await reader?.read();
    const drained = gateway.drain(0);
    while ((await reader?.read())?.done === false);
    await drained;
    expect(await ended).toMatchObject({ status: 200, outcome: "failed", code: "shutting_down" });
    expect(await metrics.text(0)).toContain('status="200",outcome="failed"} 1');
  });

  it("says that an answer has broken off", async () => {
    const user = await service.user();
    service.emulator.faults.arm({
      type: "cut",
      afterEvents: 2,
      clean: true,
      route: "POST /external/use/llm",
      user: user.id,
    });
    const { promise: ended, resolve } = Promise.withResolvers<RequestEntry>();
    const openai = service.openai(user.apiKey, { onRequest: resolve });
    const stream = await openai.responses.create({ model, input: "Say: one two three four", stream: true });
    const reading = (async () => {
      for await (const _event of stream);
    })();
    await reading.catch(() => undefined);
    expect(await ended).toMatchObject({ status: 200, outcome: "failed", code: "stream_truncated" });
  });

  it("does not break an answer by what it throws", async () => {
    const user = await service.user();
    const onRequest = () => {
      throw new Error("The disk is full.");
    };
    await service.openai(user.apiKey, { onRequest }).models.list();
  });

  it("is counted for Prometheus", async () => {
    const user = await service.user();
    const gateway = service.gateway({ metrics: prometheusMetrics() });
    const { fetch } = gateway;
    const openai = new OpenAI({ baseURL: "http://gateway.test/v1", apiKey: user.apiKey, fetch, maxRetries: 0 });
    await openai.models.list();
    await openai.models.retrieve("none/such").catch(() => undefined);
    await gateway.fetch("http://gateway.test/any", { method: "WHATEVER" });
    const response = await gateway.fetch("http://gateway.test/metrics");
    expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    const counted = await response.text();
    const requests = "flowith_gateway_requests_total";
    expect(counted).toContain(`${requests}{method="GET",route="/v1/models",status="200",outcome="sent"} 1`);
    expect(counted).toContain(`${requests}{method="other",route="unknown",status="404",outcome="sent"} 1`);
    expect(counted).toContain("flowith_gateway_requests_under_way 0");
    expect(counted).toContain("process_cpu_seconds_total");
    expect((await service.gateway().fetch("http://gateway.test/metrics")).status).toBe(404);
  });
});

it("a hundred clients that go away leave nothing behind", async () => {
  const user = await service.user();
  service.emulator.model.add({ match: "a novel", reply: "word ".repeat(400), delayMs: 50, count: 100, user: user.id });
  const entries: RequestEntry[] = [];
  const gateway = service.gateway({ onRequest: (entry) => entries.push(entry) });
  const server: Listening = await listen(gateway.fetch, 0, "127.0.0.1");
  const openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: user.apiKey, maxRetries: 0 });
  const leave = async (at: number): Promise<void> => {
    const leaving = new AbortController();
    const asked = openai.chat.completions.create({ ...chat("a novel"), stream: true }, { signal: leaving.signal });
    // Half of them before there is an answer.
    if (at % 2 === 0) queueMicrotask(() => leaving.abort());
    const stream = await asked.catch(() => undefined);
    for await (const _chunk of stream ?? []) break;
  };
  await Promise.all(Array.from({ length: 100 }, (_, at) => leave(at)));
  // Nothing is under way any more, or this would wait for it; and nobody was counted twice.
  await gateway.drain(60_000);
  expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(entries.length);
  expect(entries.filter(({ outcome }) => outcome === "left").length).toBeGreaterThanOrEqual(50);
  await server.stop(0);
});

describe("pages on another origin", () => {
  const headers = { origin: "https://app.test" };

  it("may not ask where nobody has let them", async () => {
    const answer = await service.gateway().fetch("http://gateway.test/v1/models", { headers });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("may ask where their origin is named, and read errors too", async () => {
    const gateway = service.gateway({ corsOrigins: ["https://app.test"] });
    const preflight = await gateway.fetch("http://gateway.test/v1/chat/completions", {
      method: "OPTIONS",
      headers: { ...headers, "access-control-request-method": "POST" },
    });
    expect(preflight.headers.get("access-control-allow-origin")).toBe("https://app.test");
    expect(Number(preflight.headers.get("access-control-max-age"))).toBeGreaterThan(0);
    const answer = await gateway.fetch("http://gateway.test/v1/models", { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.test");
    const other = { origin: "https://app.test.evil.example" };
    const stranger = await gateway.fetch("http://gateway.test/v1/models", { headers: other });
    expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a path", () => {
  it.each([
    ["DELETE", "/v1/models", "GET, HEAD"],
    ["TRACE", "/v1/models", "GET, HEAD"],
    ["GET", "/v1/chat/completions", "POST"],
    ["PUT", "/v1/responses/resp_1", "DELETE, GET, HEAD"],
    ["OPTIONS", "/v1/models/some/model", "GET, HEAD"],
  ])("that does not take %s is no unknown one: %s", async (method, path, allow) => {
    const server = await listen(service.gateway().fetch, 0, "127.0.0.1");
    const asked = httpRequest(`${server.url}${path}`, { method }).end();
    const [answer] = await once(asked, "response");
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
    expect(JSON.parse(await text(answer))).toMatchObject({ error: { code: "method_not_allowed" } });
    await server.stop(0);
  });

  it("that is not there is a 404 by any method", async () => {
    for (const method of ["GET", "DELETE"]) {
      const answer = await service.gateway().fetch("http://gateway.test/v1/nowhere", { method });
      expect(answer.status).toBe(404);
    }
  });
});
