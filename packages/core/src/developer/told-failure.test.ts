import { expect, it } from "vitest";
import type { DeveloperClient } from "./developer-client.ts";
import { answeredWith, apiKey, event, failure, piece } from "./testing/answered-with.ts";

const handle = { v: 1, kind: "video", taskId: "5", model: "m", createdAtMs: 0 } as const;

const calls: [string, (client: DeveloperClient) => Promise<unknown>][] = [
  ["chat", (client) => client.chat("Hi")],
  ["search", (client) => client.knowledge.search("Hi?")],
  ["models of searches", (client) => client.knowledge.models()],
  ["models of clips", (client) => client.videoModels()],
  ["picture", (client) => client.generateImage("A cat")],
  ["task", (client) => client.submitVideo("A cat")],
  ["status", (client) => client.resume(handle).status()],
];

it.each<[unknown, string]>([
  ["insufficient_credits", "InsufficientCreditsError"],
  ["insufficient_quota", "InsufficientCreditsError"],
  [402, "InsufficientCreditsError"],
  ["rate_limit_exceeded", "RateLimitError"],
  ["invalid_api_key", "AuthenticationError"],
  ["strange", "JobFailedError"],
])("gives one class for the code %j with the status 200, whatever was asked", async (code, name) => {
  const answer = { success: false, error: { message: "The words.", code } };
  for (const [what, call] of calls) {
    const error = await failure(call(answeredWith(answer).client));
    expect([what, error]).toMatchObject([what, { name, message: expect.stringContaining("The words.") }]);
  }
});

it.each<[object, string]>([
  [{ success: false, message: "The words." }, "JobFailedError"],
  [{ success: false, error: {}, message: "The words." }, "JobFailedError"],
  [{ success: false, errors: [{ message: "The words.", code: 402 }] }, "InsufficientCreditsError"],
  [{ code: 429, message: "The words." }, "RateLimitError"],
  [{ detail: "The words." }, "JobFailedError"],
])("gives the words of %j in place of a list of models, a picture or a status", async (answer, name) => {
  for (const [what, call] of calls) {
    const error = await failure(call(answeredWith(answer).client));
    expect([what, error]).toMatchObject([what, { name, message: expect.stringContaining("The words.") }]);
  }
});

const inStreams: [object, object][] = [
  [
    { object: "error", message: "The words.", code: 400 },
    { name: "APIError", status: 400 },
  ],
  [{ object: "error", type: "NotFoundError", message: "The words.", code: 404 }, { name: "NotFoundError" }],
  [
    { type: "error", message: "The words." },
    { name: "JobFailedError", reason: "unknown" },
  ],
  [
    { message: "The words.", code: 429 },
    { name: "RateLimitError", isRetryable: true },
  ],
  [{ message: "The words.", code: "no_credits" }, { name: "InsufficientCreditsError" }],
  [
    { message: "The words.", code: "model_broken" },
    { name: "JobFailedError", reason: "model_broken" },
  ],
  [
    { message: "The words.", statusCode: 503 },
    { name: "ServerError", isRetryable: true },
  ],
  [{ code: 500, msg: "The words." }, { name: "ServerError" }],
  [{ detail: "The words." }, { name: "JobFailedError" }],
  [{ detail: [{ loc: ["body", "model"], msg: "The words." }] }, { name: "ValidationError", status: 422 }],
  [{ errors: [{ message: "The words.", code: 402 }] }, { name: "InsufficientCreditsError" }],
  [{ errors: ["The words."] }, { name: "JobFailedError" }],
];

it.each(inStreams)("throws what %j tells in the middle of a chat or a search", async (told, wanted) => {
  const chat = piece({ content: "Half" }) + event(told) + piece({ content: "x" }, "stop");
  const search = event({ tag: "final", content: "Half" }) + event(told);
  for (const call of [
    failure(answeredWith(`${chat}data: [DONE]\n`).client.chat("Hi")),
    failure(answeredWith(`${search}data: [DONE]\n`).client.knowledge.search("Hi?")),
  ]) {
    expect(await call).toMatchObject({ ...wanted, partial: "Half", message: expect.stringContaining("The words.") });
  }
});

it("throws what an event of a search tells that is tagged as an error", async () => {
  const body = event({ tag: "final", content: "Half" }) + event({ tag: "error", content: "The words." });
  const error = await failure(answeredWith(`${body}data: [DONE]\n`).client.knowledge.search("Hi?"));
  expect(error).toMatchObject({ name: "JobFailedError", partial: "Half" });
  expect(String(error)).toContain("The words.");
});

it("takes words in an event with content, and empty errors, for none", async () => {
  const choices = [{ index: 0, delta: { content: "Hello" }, error: {} }];
  const chat = [
    event({ choices, message: "queued", code: 500, detail: "d", type: "error", object: "error" }),
    ...[{}, "", null, false, 0, []].map((error) => event({ error, choices: [] })),
    event({ code: 200, message: "fine" }),
    event({ code: 0, msg: "ok" }),
    event({ code: "success", message: "ok" }),
    event({ message: "searching the web", status: "running" }),
    piece({}, "stop"),
  ];
  expect((await answeredWith(chat.join("")).client.chat("Hi")).text).toBe("Hello");
  const search = [
    event({ tag: "searching", content: "x", message: "m", code: 500, detail: "d" }),
    event({ tag: "progress", detail: "half" }),
    event({ tag: "final", content: "Hello", error: {} }),
    "data: [DONE]\n",
  ];
  expect((await answeredWith(search.join("")).client.knowledge.search("Hi?")).text).toBe("Hello");
});

it("takes an event named error for a failure that says nothing", async () => {
  const body = `${piece({ content: "Half" })}event: error\ndata: {}\n\n`;
  expect(await failure(answeredWith(body).client.chat("Hi"))).toMatchObject({ name: "JobFailedError" });
});

it.each<object>([
  { detail: `key ${apiKey}` },
  { detail: [{ loc: ["body"], msg: `key ${apiKey}` }] },
  { code: 500, msg: `key ${apiKey}` },
  { errors: [{ message: `key ${apiKey}` }] },
  { tag: "error", content: `key ${apiKey}` },
  { message: "m", code: `key ${apiKey}` },
])("shows no key of %j", async (told) => {
  const error = await failure(answeredWith(event(told)).client.knowledge.search("Hi?"));
  expect(error).toBeInstanceOf(Error);
  expect(String(error) + JSON.stringify(error)).not.toContain("flo_");
});
