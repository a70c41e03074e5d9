import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answeredWith, event, failure, piece } from "./testing/answered-with.ts";

/** A body that stays open behind these texts, and what closes it. */
function openBody(...texts: string[]): {
  body: ReadableStream<Uint8Array>;
  send(text: string): void;
  isClosed(): boolean;
} {
  let isClosed = false;
  let send: (text: string) => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      send = (text) => controller.enqueue(new TextEncoder().encode(text));
      for (const text of texts) send(text);
    },
    cancel: () => {
      isClosed = true;
    },
  });
  return { body, send: (text) => send(text), isClosed: () => isClosed };
}

const DONE = "data: [DONE]\n";
const passage = event({ tag: "final", content: "Half" });

it.each<[string, string, string]>([
  ["ends without its mark", piece({ content: "Half" }), "mark of its end"],
  ["ends within an event", `${piece({ content: "Half" })}data: {"choices":[{"delta":{"cont`, "cut off"],
  [
    "has an event that is cut",
    `${piece({ content: "Half" })}data: {"cho\n\n${piece({ content: "x" }, "stop")}`,
    "cut off",
  ],
])("calls a chat that %s a truncation, with what had come", async (_how, body, words) => {
  for (const stream of [false, true]) {
    const { client } = answeredWith(body);
    const error = await failure(stream ? client.chatStream("Hi").output : client.chat("Hi"));
    expect(error).toMatchObject({ name: "StreamTruncatedError", partial: "Half", isRetryable: true });
    expect(String(error)).toContain(words);
  }
});

it("calls a search that ends without its mark a truncation, with what had come", async () => {
  const error = await failure(answeredWith(passage).client.knowledge.search("Hi?"));
  expect(error).toMatchObject({ name: "StreamTruncatedError", partial: "Half" });
});

it("gives what had come before an error is thrown", async () => {
  const body = `${piece({ content: "Half" })}event: error\ndata: {"message":"no","code":"insufficient_quota"}\n\n`;
  const stream = answeredWith(body).client.chatStream("Hi");
  const seen: string[] = [];
  const error = await failure(
    (async () => {
      for await (const { textDelta } of stream) seen.push(textDelta);
    })(),
  );
  expect(seen).toEqual(["Half"]);
  expect(error).toMatchObject({ name: "InsufficientCreditsError", partial: "Half" });
});

it("tells an error of a search by its class too", async () => {
  const body = `${passage}event: error\ndata: {"message":"slow","status":429}\n\n`;
  const error = await failure(answeredWith(body).client.knowledge.search("Hi?"));
  expect(error).toMatchObject({ name: "RateLimitError", partial: "Half" });
});

it.each<[string, string, object]>([
  ["stop", "", { reason: "empty_answer", isRetryable: true, message: expect.stringContaining("Ask again") }],
  ["length", "", { reason: "empty_answer", isRetryable: false, message: expect.stringContaining("Raise maxTokens") }],
  ["length", "Hm", { reason: "empty_answer", isRetryable: false, message: expect.stringContaining("on reasoning") }],
  [
    "content_filter",
    "",
    { reason: "content_policy", isRetryable: false, message: expect.stringMatching(/Change the/) },
  ],
])("says of an empty answer with %s whether asking again helps", async (reason, reasoning, wanted) => {
  const body = piece({ content: "", reasoning }, reason) + DONE;
  expect(await failure(answeredWith(body).client.chat("Hi"))).toMatchObject(wanted);
});

it("takes an answer with a reason to finish for whole, however its connection ends", async () => {
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!isFirst) throw new TypeError("terminated");
      isFirst = false;
      controller.enqueue(new TextEncoder().encode(piece({ content: "Whole" }, "stop")));
    },
  });
  expect((await answeredWith(body).client.chat("Hi")).text).toBe("Whole");
});

it("calls an answer cut where a second one that was asked for is not done", async () => {
  const body = piece({ content: "First" }, "stop");
  const error = await failure(answeredWith(body).client.chat("Hi", { extraBody: { n: 2 } }));
  expect(error).toMatchObject({ name: "StreamTruncatedError", partial: "First" });
});

describe("silence behind a reason to finish", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it("ends the answer as a whole one after some seconds, and closes the connection", async () => {
    const { body, send, isClosed } = openBody(piece({ content: "Whole" }, "stop"));
    const output = answeredWith(body).client.chatStream("Hi").output;
    await vi.advanceTimersByTimeAsync(4_000);
    send(event({ choices: [], usage: { total_tokens: 7 } }));
    await vi.advanceTimersByTimeAsync(500);
    // Comments of a proxy do not draw it out.
    send(": ping\n");
    expect(isClosed()).toBe(false);
    await vi.advanceTimersByTimeAsync(600);
    expect(isClosed()).toBe(true);
    expect(await output).toMatchObject({ text: "Whole", usage: { totalTokens: 7 } });
  });

  it("is as long as the limit that was given, where that is shorter", async () => {
    const { body, isClosed } = openBody(piece({ content: "Whole" }, "stop"));
    const output = answeredWith(body).client.chatStream("Hi", { timeout: { idleMs: 100 } }).output;
    await vi.advanceTimersByTimeAsync(150);
    expect(isClosed()).toBe(true);
    expect((await output).text).toBe("Whole");
  });

  it("is the limit's where there is no reason yet", async () => {
    const { body, isClosed } = openBody(piece({ content: "Half" }));
    const error = failure(answeredWith(body).client.chatStream("Hi").output);
    await vi.advanceTimersByTimeAsync(299_000);
    expect(isClosed()).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(isClosed()).toBe(true);
    expect(await error).toMatchObject({ name: "TimeoutError", phase: "idle", limitMs: 300_000, partial: "Half" });
  });

  it("is the limit's where a second answer that was asked for has not come", async () => {
    const { body, send, isClosed } = openBody(piece({ content: "First" }, "stop"));
    const output = answeredWith(body).client.chatStream("Hi", { extraBody: { n: 2 } }).output;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(isClosed()).toBe(false);
    send(event({ choices: [{ index: 1, delta: { content: "Second" }, finish_reason: "stop" }] }) + DONE);
    expect((await output).choices.map(({ text }) => text)).toEqual(["First", "Second"]);
  });
});
