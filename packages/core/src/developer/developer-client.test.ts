import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { DeveloperClient } from "./developer-client.ts";
import type { TaskHandle } from "./media-task.ts";
import { answeredWith, apiKey, event, failure } from "./testing/answered-with.ts";

const words = `key ${apiKey} bad`;

const handle: TaskHandle = { v: 1, kind: "video", taskId: "5", model: "m", createdAtMs: 0 };

describe("a key that the service repeats in a success", () => {
  it.each<[string, unknown, (client: DeveloperClient) => Promise<unknown>]>([
    ["a chat's event", event({ error: { message: words, type: words } }), (client) => client.chat("Hi")],
    ["a chat's whole answer", { error: words }, (client) => client.chat("Hi")],
    ["a search", event({ error: { message: words } }), (client) => client.knowledge.search("Hi?")],
    ["a picture", { success: false, error: words }, (client) => client.generateImage("A cat")],
    [
      "a picture, inside of data",
      { data: { success: false, message: words } },
      (client) => client.generateImage("A cat"),
    ],
    [
      "a task's status",
      { data: { status: "failed", error: { message: words } } },
      (client) => client.resume(handle).wait(),
    ],
    ["a task's reason", { status: "failed", error: { type: words } }, (client) => client.resume(handle).wait()],
    ["a page's title", `<html><head><title>${words}</title></head></html>`, (client) => client.generateImage("A cat")],
    [
      "the end of a long text",
      { success: false, error: `${"x".repeat(190)} ${words}` },
      (client) => client.generateImage("A cat"),
    ],
  ])("is in no error of %s", async (_where, answer, call) => {
    const error = await failure(call(answeredWith(answer).client));
    expect(error).toBeInstanceOf(Error);
    for (const shown of [String(error), JSON.stringify(error), inspect(error)]) {
      expect(shown).not.toContain("flo_");
    }
  });

  it("is not in what a status says of it", async () => {
    const { client } = answeredWith({ data: { status: "failed", error: words } });
    expect(await client.resume(handle).status()).toMatchObject({ reason: "key [redacted] bad" });
  });
});

it("takes passages without an id or with a broken field, and leaves out with a warning what is none", async () => {
  const lines: unknown[] = [];
  const note = (message: string, fields?: object): void => void lines.push([message, fields]);
  const logger = { debug: () => undefined, info: () => undefined, warn: note, error: note };
  const seeds = [
    { content: "p", source_title: "T" },
    null,
    { id: {}, content: 5, order: "x", tokens: [] },
    "seed",
    { id: 7 },
  ];
  const answer = [
    event({ tag: "seeds", content: seeds }),
    event({ tag: "final", content: "Yes." }),
    "data: [DONE]\n",
  ].join("");
  const { client } = answeredWith(answer, { logger, logLevel: "warn" });
  const { text, sources } = await client.knowledge.search("When?");
  expect(text).toBe("Yes.");
  expect(sources.map(({ id, text: passage }) => [id, passage])).toEqual([
    ["", "p"],
    ["", undefined],
    ["7", undefined],
  ]);
  expect(lines).toEqual([["flowith left out what is no passage", expect.objectContaining({ count: 2 })]]);
});

describe("a task that is taken", () => {
  it("may have a number for its id", async () => {
    const { client } = answeredWith({ data: { task_id: 5 } });
    expect((await client.submitVideo("A cat")).handle.taskId).toBe("5");
  });

  it.each([[{ data: {} }], [[]], ["no JSON"]])("says that it may be paid where its answer is %j", async (answer) => {
    const error = await failure(answeredWith(answer).client.submitVideo("A cat"));
    expect(error).toBeInstanceOf(ResponseShapeError);
    expect(error).toMatchObject({ message: expect.stringContaining("paid for"), raw: answer });
  });
});

it("takes an answer that was stopped before its first word as part of a history", async () => {
  const { client, sent } = answeredWith({ choices: [{ message: { content: "Yes." }, finish_reason: "stop" }] });
  const { text } = await client.chat([user, { role: "assistant", content: "" }, user]);
  expect([text, sent.length]).toEqual(["Yes.", 1]);
});

const WEATHER = { name: "weather", parameters: { type: "object", properties: {} } };
const user = { role: "user", content: "Hi" } as const;

describe("is refused before anything is sent:", () => {
  it.each<[string, RegExp, (client: DeveloperClient) => unknown]>([
    ["two tools of a name", /two have the name "weather"/, (c) => c.chat("Hi", { tools: [WEATHER, WEATHER] })],
    ...[Object([]), { type: "string" }, { properties: 5 }].map(
      (parameters: Record<string, unknown>): [string, RegExp, (client: DeveloperClient) => unknown] => [
        `parameters that are ${JSON.stringify(parameters)}`,
        /option "tools.0.parameters": Expected/,
        (c) => c.chat("Hi", { tools: [{ name: "weather", parameters }] }),
      ],
    ),
    ["an array as a chat's body", /not an array/, (c) => c.chat("Hi", { extraBody: Object([]) })],
    ["an array as a search's body", /not an array/, (c) => c.knowledge.search("Hi?", { extraBody: Object([]) })],
    ["an array as a picture's body", /not an array/, (c) => c.generateImage("A cat", { extraBody: Object(["x"]) })],
    ["a text as a chat's body", /not string/, (c) => c.chat("Hi", { extraBody: Object("x").valueOf() })],
    ["a name of two words", /at most 64 letters/, (c) => c.chat("Hi", { tools: [{ name: "a b" }] })],
    ["no tool of several", /Expected an array of at least one/, (c) => c.chat("Hi", { tools: [] })],
    ["a choice without tools", /there is no tool to choose/, (c) => c.chat("Hi", { toolChoice: "required" })],
    [
      "a choice of none such",
      /there is no tool "x"/,
      (c) => c.chat("Hi", { tools: [WEATHER], toolChoice: Object({ name: "x" }) }),
    ],
    [
      "an answer without content and without calls",
      /1.content: Expected a text or parts/,
      (c) => c.chat([user, Object({ role: "assistant" }), user]),
    ],
    ["an unseen prompt", /the prompt is empty/, (c) => c.chat("\u200b")],
    ["an unseen message", /0.content: Expected something/, (c) => c.chat([{ role: "user", content: " \u200b" }])],
    ["unseen parts", /0.content/, (c) => c.chat([{ role: "user", content: [{ type: "text", text: "" }] }])],
    [
      "an answer of nobody's call",
      /no message before it/i,
      (c) => c.chat([user, { role: "tool", tool_call_id: "x", content: "1" }]),
    ],
    [
      "a search without a question",
      /Put the question last/,
      (c) => c.knowledge.search([user, { role: "assistant", content: "Yes" }]),
    ],
    [
      "a picture by a path",
      /Expected an http or https URL/,
      (c) => c.chat([{ role: "user", content: [{ type: "image_url", image_url: { url: "/a.png" } }] }]),
    ],
    ["a script's URL", /option "imageUrl"/, (c) => c.submitVideo("A cat", { imageUrl: "javascript:alert(1)" })],
    ["another role", /not "robot"/, (c) => c.chat([Object({ role: "robot", content: "Hi" })])],
    ["Headers", /Object.fromEntries/, (c) => c.chat("Hi", { headers: Object(new Headers({ a: "b" })) })],
    ["another key", /pass apiKey instead/, (c) => c.chat("Hi", { headers: { Authorization: "x" } })],
    ["a cost in letters", /estimatedCost/, async (c) => c.resume({ ...handle, estimatedCost: Object("x") })],
  ])("%s", async (_what, message, call) => {
    const { client, sent } = answeredWith({});
    const error = await failure(Promise.resolve(call(client)));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(String(error)).toMatch(message);
    expect(sent).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ["an array", [], /Expected an object, not an array/],
    ["Headers", { headers: new Headers({ a: "b" }) }, /Object.fromEntries/],
    ["an authorization header", { headers: { authorization: "x" } }, /pass apiKey instead/],
    ["a key with NUL", { apiKey: "flo_a\0b" }, /no header can carry/],
  ])("%s as a client's options", (_what, options, message) => {
    const platform = { files: Object({}), sharesPromises: true };
    expect(() => new DeveloperClient(Object(options), platform)).toThrow(message);
  });
});

it("sends an answered call, an empty result of a tool, and a picture as data", async () => {
  const { client, sent } = answeredWith({ choices: [{ message: { content: "Yes" }, finish_reason: "stop" }] });
  const call = { id: "1", type: "function", function: { name: "weather", arguments: "{}" } } as const;
  const { text, model } = await client.chat([
    { role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }] },
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "1", content: "" },
  ]);
  expect({ text, model }).toEqual({ text: "Yes", model: "gpt-4.1-nano" });
  expect(sent).toHaveLength(1);
});

it("takes an answer of calls alone, without content, as part of a history", async () => {
  const { client, sent } = answeredWith({ choices: [{ message: { content: "Yes" }, finish_reason: "stop" }] });
  const call = { id: "1", type: "function", function: { name: "weather", arguments: "{}" } } as const;
  const answer = { role: "tool", tool_call_id: "1", content: "Rain" } as const;
  const { text } = await client.chat([user, { role: "assistant", tool_calls: [call] }, answer]);
  expect([text, sent.length]).toEqual(["Yes", 1]);
});

it("asks several models, and gives the answer of each", async () => {
  const events = ["m1", "m2"].flatMap((model) =>
    ["1", "2"].map((content) => event({ model, choices: [{ index: 0, delta: { content: model + content } }] })),
  );
  const { client } = answeredWith(`${events.join("")}data: [DONE]\n`);
  const { text, choices } = await client.chatStream("Hi", { model: ["m1", "m2"] }).output;
  expect(text).toBe("m11m12");
  expect(choices.map((choice) => [choice.model, choice.text])).toEqual([
    ["m1", "m11m12"],
    ["m2", "m21m22"],
  ]);
});

it("says the limit that was given where nothing comes", async () => {
  const fetch = async (): Promise<Response> => new Response(new ReadableStream());
  const { client } = answeredWith({}, { fetch });
  const error = await failure(client.chat("Hi", { timeout: { firstEventMs: 20 } }));
  expect(error).toMatchObject({ message: expect.stringContaining("within 20 ms"), limitMs: 20 });
});

it("takes a 429 about a quota for one about credits, which no repeat helps", async () => {
  let count = 0;
  const fetch = async (): Promise<Response> => {
    count++;
    return Response.json({ error: { message: "Pay first", code: "insufficient_quota" } }, { status: 429 });
  };
  const { client } = answeredWith({}, { fetch, maxRetries: 2 });
  const error = await failure(client.chat("Hi"));
  expect(error).toMatchObject({ name: "InsufficientCreditsError", status: 402, isRetryable: false });
  expect(String(error)).toContain("Pay first. The account has not enough credits");
  expect(count).toBe(1);
});
