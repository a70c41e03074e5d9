import Anthropic from "@anthropic-ai/sdk";
import { describe, expect, it } from "vitest";
import { useService } from "../testing/service.ts";

const service = useService();
const request = { model: "gpt-4.1-nano", max_tokens: 500, messages: [{ role: "user" as const, content: "Hi" }] };
const body = JSON.stringify(request);

const answered = [
  { status: 400, error: Anthropic.BadRequestError, type: "invalid_request_error" },
  { status: 401, error: Anthropic.AuthenticationError, type: "authentication_error" },
  { status: 402, error: Anthropic.PaymentRequiredError, type: "billing_error" },
  { status: 403, error: Anthropic.PermissionDeniedError, type: "permission_error" },
  { status: 404, error: Anthropic.NotFoundError, type: "not_found_error" },
  { status: 413, error: Anthropic.ContentTooLargeError, type: "request_too_large" },
  { status: 422, error: Anthropic.UnprocessableEntityError, type: "invalid_request_error" },
  { status: 429, error: Anthropic.RateLimitError, type: "rate_limit_error" },
  { status: 500, error: Anthropic.InternalServerError, type: "api_error" },
  { status: 502, error: Anthropic.InternalServerError, type: "api_error" },
  { status: 503, error: Anthropic.ServiceUnavailableError, type: "overloaded_error" },
  { status: 529, error: Anthropic.OverloadedError, type: "overloaded_error" },
];

describe.each([
  { signIn: "token", route: "POST /completion/async" },
  { signIn: "apiKey", route: "POST /external/use/llm" },
] as const)("by the $signIn", ({ signIn, route }) => {
  it.each(answered)(
    "$status of the service is the client's own error, in both modes",
    async ({ status, error, type }) => {
      const account = await service.user();
      // A job whose post was lost is looked for during 10 seconds; a text without a conversation is none, and fails at once.
      const direct = signIn === "token" && status >= 500;
      service.emulator.faults.arm({
        type: "status",
        status,
        route: direct ? "POST /completion" : route,
        user: account.id,
        count: 0,
        ...(status === 429 ? { headers: { "retry-after": "7" } } : {}),
      });
      const { messages } = service.anthropic(account[signIn], { direct, flowith: { maxRetries: 0 } });
      for (const ask of [() => messages.create(request), () => messages.stream(request).finalMessage()]) {
        const thrown = await ask().then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(thrown).toBeInstanceOf(error);
        expect(thrown).toMatchObject({ status, type, requestID: expect.stringMatching(/\S/) });
        if (!(thrown instanceof Anthropic.APIError)) throw new Error("It is not an answer's error.");
        expect(thrown.error).toMatchObject({ type: "error", request_id: thrown.requestID });
        expect(thrown.headers?.get("retry-after")).toBe(status === 429 ? "7" : null);
      }
    },
  );

  it("a failure in the midst of an answer is an error in the stream", async () => {
    const account = await service.user();
    service.emulator.model.add({
      match: "Write 40 words",
      fail: { reason: "provider_error", by: "event", afterEvents: 3 },
      user: account.id,
    });
    const ask = service
      .anthropic(account[signIn])
      .messages.stream({ ...request, messages: [{ role: "user", content: "Write 40 words" }] });
    const texts: string[] = [];
    ask.on("text", (delta) => texts.push(delta));
    const thrown = await ask.finalMessage().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(texts.length).toBeGreaterThan(0);
    expect(thrown).toBeInstanceOf(Anthropic.APIError);
    expect(thrown).toMatchObject({ type: "api_error", status: undefined });
  });
});

describe("what the gateway refuses by itself", () => {
  const raw = async (init: RequestInit, path = "/v1/messages") => {
    const account = await service.user();
    const headers = { "x-api-key": account.token, "content-type": "application/json" };
    const response = await service
      .gateway({ maxBodyBytes: 10_000 })
      .fetch(`http://gateway.test${path}`, { method: "POST", ...init, headers: { ...headers, ...init.headers } });
    return { status: response.status, requestId: response.headers.get("request-id"), json: await response.json() };
  };

  it.each([
    ["no JSON", "{", 400, "not JSON"],
    ["nothing", "", 400, "not JSON"],
    ["a list", "[]", 400, "model"],
    ["no messages", '{"model":"a","max_tokens":1,"messages":[]}', 400, "messages: There is no message"],
    ["no max_tokens", '{"model":"a","messages":[{"role":"user","content":"Hi"}]}', 400, "max_tokens"],
    ["a role that is none", body.replace('"user"', '"robot"'), 400, "messages.0.role: A message's role is"],
    ["content that is none", body.replace('"Hi"', "5"), 400, "messages.0.content: Expected a text, or a list"],
    ["a block that is none", body.replace('"Hi"', '[{"type":"audio"}]'), 400, "messages.0.content.0.type: A user's"],
    ["a text without words", body.replace('"Hi"', '[{"type":"text"}]'), 400, "messages.0.content.0.text"],
    [
      "a PDF",
      body.replace('"Hi"', '[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":""}}]'),
      400,
      "send its text",
    ],
    [
      "a picture that is no base64",
      body.replace('"Hi"', '[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"%%"}}]'),
      400,
      "messages.0.content.0.source.data: The data are not base64",
    ],
    ["a last turn of the assistant's", body.replace('"user"', '"assistant"'), 400, "The last one must be the user's"],
    ["a body that is too large", " ".repeat(20_000), 413, "larger than 10000 bytes"],
  ])("%s", async (_, text, status, words) => {
    const answer = await raw({ body: text });
    expect(answer).toMatchObject({
      status,
      requestId: expect.stringMatching(/\S/),
      json: { type: "error", error: { message: expect.stringContaining(words) }, request_id: answer.requestId },
    });
  });

  it("tokens cannot be counted, and routes that it has not are not found", async () => {
    const account = await service.user();
    const client = service.anthropic(account.token);
    const { model, messages } = request;
    await expect(client.messages.countTokens({ model, messages })).rejects.toThrow(Anthropic.NotFoundError);
    await expect(client.messages.countTokens({ model, messages })).rejects.toThrow("Tokens cannot be counted here");
    await expect(client.messages.batches.list()).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });

  it("a request without a key, and a key that the operator does not know", async () => {
    const { fetch } = service.gateway();
    const response = await fetch("http://gateway.test/v1/messages", { method: "POST", body });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ type: "error", error: { type: "authentication_error" } });
    const client = service.anthropic("whatever", { authenticate: async () => undefined });
    await expect(client.messages.create(request)).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
  });
});
