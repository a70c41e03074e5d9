import { createHash } from "node:crypto";
import OpenAI, { APIError } from "openai";
import { describe, expect, it } from "vitest";
import { useService } from "../testing/service.ts";

const service = useService();
const model = "gpt-4.1-nano";
const POST = "POST /external/use/llm";

/** What the client makes of a chat that is to fail. */
async function failureOf(apiKey: string, body: object = {}): Promise<APIError> {
  const request = { model, messages: [{ role: "user" as const, content: "Hi" }], ...body };
  const error = await service
    .openai(apiKey)
    .chat.completions.create(request)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  if (!(error instanceof APIError)) throw new Error(`It did not fail as an APIError: ${String(error)}`);
  return error;
}

describe("what the service answers becomes the client's own error", () => {
  it.each([
    [401, OpenAI.AuthenticationError, "authentication", "authentication_error"],
    [402, APIError, "insufficient_credits", "insufficient_quota"],
    [403, OpenAI.PermissionDeniedError, "permission", "permission_error"],
    [404, OpenAI.NotFoundError, "not_found", "not_found_error"],
    [409, OpenAI.ConflictError, "conflict", "conflict_error"],
    [422, OpenAI.UnprocessableEntityError, "validation", "invalid_request_error"],
    [503, OpenAI.InternalServerError, "server", "server_error"],
  ])("%i", async (status, errorClass, code, type) => {
    const user = await service.user();
    service.emulator.faults.arm({ type: "status", status, route: POST, user: user.id, count: 0 });
    const error = await failureOf(user.apiKey);
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({ status, code, type });
    expect(error.requestID ?? "").toMatch(/\S/);
    expect(error.headers?.get("x-should-retry")).toBe("false");
  });

  it("429, with the time to wait", async () => {
    const user = await service.user();
    const headers = { "retry-after": "120" };
    service.emulator.faults.arm({ type: "status", status: 429, headers, route: POST, user: user.id });
    const error = await failureOf(user.apiKey);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    expect(error.headers?.get("retry-after")).toBe("120");
    expect(error.headers?.get("x-should-retry")).toBe("false");
  });

  it("429, again and again, is repeated by one layer alone", async () => {
    const user = await service.user();
    const headers = { "retry-after": "0" };
    service.emulator.faults.arm({ type: "status", status: 429, headers, route: POST, user: user.id, count: 0 });
    const posts = async (maxRetries: number): Promise<number> => {
      const before = service.emulator.journal.list({ user: user.id, route: POST }).length;
      const openai = service.openai(user.apiKey, { client: { maxRetries } });
      const asked = openai.chat.completions.create({ model, messages: [{ role: "user", content: "Hi" }] });
      await expect(asked).rejects.toBeInstanceOf(OpenAI.RateLimitError);
      return service.emulator.journal.list({ user: user.id, route: POST }).length - before;
    };
    expect(await posts(2)).toBe(await posts(0));
  });

  it("a page of HTML, as 5xx without a word of it", async () => {
    const user = await service.user();
    service.emulator.faults.arm({ type: "html", route: POST, user: user.id, count: 0 });
    const error = await failureOf(user.apiKey);
    expect(error).toBeInstanceOf(OpenAI.InternalServerError);
    expect(error.message).not.toContain("<html");
  });

  it("no credits, by the token", async () => {
    const user = await service.user({ credits: 0 });
    expect(await failureOf(user.token)).toMatchObject({ status: 402, code: "insufficient_credits" });
  });

  it("a refusal of the model, by the token", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "Hi", fail: { reason: "content_policy" }, user: user.id });
    expect(await failureOf(user.token)).toMatchObject({ status: 422, code: "job_failed" });
  });
});

describe("a text that breaks off", () => {
  const cut = { type: "cut", afterEvents: 2, clean: true } as const;

  it("throws in the midst of a stream, after what has come", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "Hi", fragments: ["one ", "two ", "three "], user: user.id, delayMs: 5 });
    service.emulator.faults.arm({ ...cut, route: POST, user: user.id });
    const messages = [{ role: "user" as const, content: "Hi" }];
    const stream = await service.openai(user.apiKey).chat.completions.create({ model, messages, stream: true });
    let text = "";
    const reading = (async () => {
      for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
    })();
    await expect(reading).rejects.toMatchObject({ code: "stream_truncated" });
    expect(text).toContain("one");
  });

  it("is no whole answer", async () => {
    const user = await service.user();
    service.emulator.faults.arm({ ...cut, route: POST, user: user.id });
    expect(await failureOf(user.apiKey, { messages: [{ role: "user", content: "Write 9 words" }] })).toMatchObject({
      status: 502,
      code: "stream_truncated",
    });
  });
});

describe("what is asked wrongly", () => {
  it.each([
    [{ messages: [] }, "messages"],
    [{ messages: "Hi" }, "messages"],
    [{ messages: [{ role: "robot", content: "Hi" }] }, "messages.0.role"],
    [{ messages: [{ role: "user", content: 7 }] }, "messages.0.content"],
    [{ model: "" }, "model"],
    [{ model: undefined }, "model"],
    [{ n: 2 }, "n"],
    [{ temperature: "hot" }, "temperature"],
    [{ stop: "" }, "stop"],
    [{ stop: ["a", "b", "c", "d", "e"] }, "stop"],
    [{ messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "/etc/passwd" } }] }] }, null],
    [{ messages: [{ role: "assistant", content: "Hi" }] }, null],
  ])("%j is a 400", async (body, param) => {
    const user = await service.user();
    const error = await failureOf(user.token, body);
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    if (param !== null) expect(error.param).toBe(param);
    expect(error.message).toMatch(/\w{3}/);
  });

  it.each([
    ["no JSON", "POST", "/v1/chat/completions", "{", 400, "invalid_json"],
    ["a list", "POST", "/v1/chat/completions", "[]", 400, "invalid_request"],
    ["nothing", "POST", "/v1/chat/completions", "", 400, "invalid_json"],
    ["too much", "POST", "/v1/chat/completions", `"${"x".repeat(2_000)}"`, 413, "body_too_large"],
    ["an unknown route", "POST", "/v1/embeddings", "{}", 404, "unknown_route"],
    ["another method", "PUT", "/v1/models", "{}", 405, "method_not_allowed"],
    ["a model that is not there", "GET", "/v1/models/none/such", undefined, 404, "model_not_found"],
  ])("%s", async (_name, method, path, body, status, code) => {
    const user = await service.user();
    const headers = { authorization: `Bearer ${user.apiKey}`, "x-request-id": "mine" };
    const { fetch } = service.gateway({ maxBodyBytes: 1_000 });
    const response = await fetch(`http://gateway.test${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get("x-request-id")).toBe("mine");
    expect(await response.json()).toMatchObject({ error: { code, message: expect.stringMatching(/\w{3}/) } });
  });
});

describe("who asks", () => {
  it("without an API key is told to send one", async () => {
    const response = await service.gateway().fetch("http://gateway.test/v1/models");
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { type: "authentication_error", code: "authentication" } });
  });

  it("with an unknown API key, or a token that is none of the service's, is refused", async () => {
    const forged = ["{}", '{"sub":"somebody"}', "x"].map((part) => Buffer.from(part).toString("base64url")).join(".");
    for (const key of ["unknown", forged]) expect(await failureOf(key)).toBeInstanceOf(OpenAI.AuthenticationError);
  });

  it("is whoever the operator says", async () => {
    const user = await service.user();
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");
    const key = "key-of-the-operator";
    const openai = service.openai(key, {
      authenticate: async (credential) =>
        hash(credential) === hash(key) ? { key: "operator", session: { token: user.token } } : undefined,
    });
    const request = { model, messages: [{ role: "user" as const, content: "Say: hello" }] };
    expect((await openai.chat.completions.create(request)).choices[0]?.message.content).toContain("hello");
    const stranger = openai.withOptions({ apiKey: "another" });
    await expect(stranger.chat.completions.create(request)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  });
});
