import { describe, expect, it } from "vitest";
import { useService } from "./testing/service.ts";

const service = useService();
const model = "gpt-4.1-nano";
const messages = [{ role: "user", content: "Hi" }];
const CHAT = "/v1/chat/completions";
/** What is a program's of the SDK and not an HTTP client's: options, methods, fields of errors, and addresses behind. */
const OF_THE_SDK =
  /apiKey|userId|refreshToken|error\.(partial|handle)|resume\(|maxBytes|Url option|chatStream|generate|FlowithDeveloper|uploadFile|timeout\.|option "|POST \/|\/rest\/v1|127\.0\.0\.1|localhost/;

interface Failure {
  status: number;
  error: { message: string; param: unknown; code: unknown };
}

async function failureOf(
  apiKey: string,
  body: object,
  { path = CHAT, flowith = {} }: { path?: string; flowith?: object } = {},
): Promise<Failure> {
  const { fetch } = service.gateway({ flowith: { maxRetries: 0, ...flowith } });
  const init = { method: "POST", headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" } };
  const response = await fetch(`http://gateway.test${path}`, { ...init, body: JSON.stringify({ model, ...body }) });
  const { error } = await response.json();
  expect(error.message).not.toMatch(OF_THE_SDK);
  return { status: response.status, error };
}

/** With these claims, and no signature. */
function forged(claims: object): string {
  return [{}, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".")
    .concat(".eA");
}

describe.each(["token", "apiKey"] as const)("by the %s, a text for who sends HTTP", (signIn) => {
  it.each([
    [401, "authentication", "Send a fresh token"],
    [402, "insufficient_credits", "has not enough credits"],
    [403, "permission", "is not allowed"],
    [404, "not_found", "has not found"],
    [409, "conflict", "conflicts"],
    [422, "validation", "refused what the request says"],
    [429, "rate_limit", "Try again"],
    [503, "server", "Flowith failed"],
  ])("%i of the service", async (status, code, words) => {
    const user = await service.user();
    const route = signIn === "token" ? "POST /completion/async" : "POST /external/use/llm";
    const body = { detail: "the words of Flowith" };
    service.emulator.faults.arm({ type: "status", status, body, route, user: user.id, count: 0 });
    const failure = await failureOf(user[signIn], { messages });
    expect(failure).toMatchObject({ status, error: { code, message: expect.stringContaining(words) } });
    // A post that may have been taken is looked for, and what came of it is told and not its answer.
    if (status !== 503) expect(failure.error.message).toContain("the words of Flowith");
  });

  it.each([
    [CHAT, { messages }],
    ["/v1/responses", { input: "Hi" }],
    ["/v1/images/generations", { prompt: "A red boat at sea" }],
    ["/v1/videos", { prompt: "A red boat at sea" }],
  ])("a model that is not there, at %s", async (path, body) => {
    const user = await service.user();
    expect(await failureOf(user[signIn], { ...body, model: "nope" }, { path })).toMatchObject({
      status: 404,
      error: { code: "model_not_found", param: "model", type: "not_found_error" },
    });
  });

  it("a model that is not there, at /v1/messages", async () => {
    const user = await service.user();
    const body = { messages, max_tokens: 9, model: "nope" };
    expect(await failureOf(user[signIn], body, { path: "/v1/messages" })).toMatchObject({
      status: 404,
      error: { type: "not_found_error" },
    });
  });

  it("a service that cannot be reached", async () => {
    const user = await service.user();
    const flowith = { edgeUrl: "http://127.0.0.1:1", supabaseUrl: "http://127.0.0.1:1" };
    expect(await failureOf(user[signIn], { messages }, { flowith })).toMatchObject({
      status: 502,
      error: { code: "connection" },
    });
  });

  it.each([
    [{ messages, temperature: 99 }, "temperature"],
    [{ messages, top_p: 99 }, "top_p"],
    [{ messages, stop: [""] }, "stop"],
    [{ messages: [{ role: "user", content: " " }] }, "messages"],
    [{ messages: [{ role: "user", content: "a\0b" }] }, "messages"],
    [{ messages, tools: [{ type: "function", function: { name: "two words" } }] }, "tools.0.function.name"],
    [{ messages, tool_choice: "required" }, "tool_choice"],
    [{ messages, tools: [{ type: "web_search" }], tool_choice: "required" }, "tool_choice"],
  ])("%j names its field", async (body, param) => {
    const user = await service.user();
    expect(await failureOf(user[signIn], body)).toMatchObject({ status: 400, error: { param } });
  });
});

it.each([
  [{ messages: [...messages, { role: "tool", tool_call_id: "x", content: "y" }] }, "messages", CHAT],
  [{ input: [{ type: "function_call_output", call_id: "x", output: "y" }] }, "input", "/v1/responses"],
  [{ messages, tools: ["a", "a"].map((name) => ({ type: "function", function: { name } })) }, "tools", CHAT],
])("what the developer API does not take is told by its field: %j", async (body, param, path) => {
  const user = await service.user();
  const { status, error } = await failureOf(user.apiKey, body, { path });
  expect({ status, param: error.param }).toEqual({ status: 400, param });
  expect(error.message).toMatch(new RegExp(`^${param}: `));
});

it("a picture without words by the token", async () => {
  const user = await service.user();
  const url = "https://example.com/a.png";
  const picture = [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }];
  const { status, error } = await failureOf(user.token, { messages: picture });
  expect({ status, param: error.param }).toEqual({ status: 400, param: "messages" });
  expect(error.message).toContain("Say what is to be done with them");
  const shown = [{ role: "user", content: [{ type: "image", source: { type: "url", url } }] }];
  const message = await failureOf(user.token, { messages: shown, max_tokens: 9 }, { path: "/v1/messages" });
  expect(message).toMatchObject({ status: 400, error: { message: expect.stringContaining("messages: ") } });
});

it.each([
  ["a token that names nobody", forged({})],
  ["a token that nobody has signed", forged({ sub: "somebody" })],
  ["an unknown key", "flo_unknown"],
  ["a key that no header carries", "flo_\u00e9"],
])("%s", async (_name, apiKey) => {
  expect(await failureOf(apiKey, { messages })).toMatchObject({ status: 401, error: { code: "authentication" } });
});

it("an answer that breaks off", async () => {
  const user = await service.user();
  const route = "POST /external/use/llm";
  service.emulator.faults.arm({ type: "cut", afterEvents: 2, clean: true, route, user: user.id });
  const { error } = await failureOf(user.apiKey, { messages: [{ role: "user", content: "Write 9 words" }] });
  expect(error).toMatchObject({ code: "stream_truncated", message: expect.stringContaining("broke off") });
});
