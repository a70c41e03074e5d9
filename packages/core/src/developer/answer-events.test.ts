import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deadline } from "../timing/deadline.ts";
import { now } from "../timing/now.ts";
import { type AnswerEvent, answerEvents } from "./answer-events.ts";

const LIMITS = { connectMs: 0, firstEventMs: 1_000, idleMs: 500, totalMs: 0 };

async function eventsOf(body: ConstructorParameters<typeof Response>[0], headers: Record<string, string> = {}) {
  let isReleased = false;
  const opened = {
    response: new Response(body, { headers }),
    deadline: deadline("POST /answer"),
    release: () => {
      opened.deadline.release();
      isReleased = true;
    },
  };
  const found: AnswerEvent[] = [];
  try {
    for await (const event of answerEvents(opened, {
      label: "POST /answer",
      limits: LIMITS,
      sentAtMs: now(),
      isFinished: () => false,
    }))
      found.push(event);
    return { found, isReleased };
  } catch (error) {
    return { found, error, isReleased };
  }
}

/** A body in two pieces. */
function cutAt(bytes: Uint8Array, at: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of [bytes.slice(0, at), bytes.slice(at)]) if (part.length > 0) controller.enqueue(part);
      controller.close();
    },
  });
}

const streamed: [string, string][] = [
  ["with blank lines", 'data: {"a":"ł"}\n\ndata: {"b":2}\n\ndata: [DONE]\n\n'],
  ["without blank lines", 'data: {"a":"ł"}\ndata: {"b":2}\ndata: [DONE]'],
  ["with JSON on several lines", 'data: {\r\ndata: "a":"ł"}\r\n\r\ndata: {"b":2}\n\ndata: [DONE]\n\n'],
  [
    "with CRLF, comments and other fields",
    ': hello\r\nevent: x\r\ndata:{"a":"ł"}\r\n\r\ndata: {"b":2}\r\nid: 7\r\ndata: [DONE]\r\n',
  ],
];

it.each(streamed)("reads data lines %s, cut at every byte", async (_form, text) => {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at <= bytes.length; at++) {
    const { found, error, isReleased } = await eventsOf(cutAt(bytes, at), { "content-type": "text/plain" });
    expect({ found, error, isReleased }).toEqual({
      found: [{ value: { a: "ł" }, isWhole: false }, { value: { b: 2 }, isWhole: false }, { isDone: true }],
      error: undefined,
      isReleased: true,
    });
  }
});

it("reads one JSON text that is the whole of it, on several lines, cut at every byte", async () => {
  const bytes = new TextEncoder().encode('\n {\n  "a": {"b": "ł"}\n}\n');
  for (let at = 0; at <= bytes.length; at++)
    expect((await eventsOf(cutAt(bytes, at))).found).toEqual([{ value: { a: { b: "ł" } }, isWhole: true }]);
});

it("tells an event that is cut off", async () => {
  const { found } = await eventsOf('data: {"a":1}\n\ndata: {"b": "\n\n: comment\n\ndata: [DONE]\n\n');
  expect(found).toEqual([{ value: { a: 1 }, isWhole: false }, { isBroken: true }, { isDone: true }]);
});

it.each<[string, string, object]>([
  ["an object", '{"message":"m","code":"c"}', { error: { message: "m", code: "c" } }],
  ["an object with an error", '{"type":"error","error":{"message":"m"}}', { type: "error", error: { message: "m" } }],
  ["an object on several lines", '{\ndata: "message":"m"}', { error: { message: "m" } }],
  ["a text", "upstream timed out", { error: "upstream timed out" }],
])("reads an event named error with %s", async (_what, data, value) => {
  for (const line of ["event: error", "event:error"]) {
    const text = `data: {"a":1}\n\n${line}\nid: 1\ndata: ${data}\n\ndata: {"b":2}\n\ndata: noise\n\n`;
    expect((await eventsOf(text)).found).toEqual([
      { value: { a: 1 }, isWhole: false },
      { value, isWhole: false },
      { value: { b: 2 }, isWhole: false },
    ]);
  }
});

it("takes an error for that of its own event only", async () => {
  const { found } = await eventsOf('event: error\n\ndata: {"a":1}\n\nevent: error\n\ndata: noise\n\n');
  expect(found).toEqual([{ value: { a: 1 }, isWhole: false }]);
});

it("takes lines that are no JSON for noise", async () => {
  expect((await eventsOf("data: hello\n\ndata: [1]\n\ndata: 7\n\nwhatever\n")).found).toEqual([]);
});

it.each([
  ["a page by its type", "hello", { "content-type": "text/html" }, "ResponseShapeError"],
  ["a page by its start", "<!doctype html><p>Hello", {}, "ResponseShapeError"],
  ["JSON that was cut off", '{"a": ', {}, "StreamTruncatedError"],
])("refuses %s", async (_what, body, headers, name) => {
  const { error, isReleased } = await eventsOf(body, { ...headers });
  expect(error).toMatchObject({ name });
  expect(isReleased).toBe(true);
});

it("calls a body that breaks a truncation", async () => {
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!isFirst) throw new TypeError("terminated");
      isFirst = false;
      controller.enqueue(new TextEncoder().encode('data: {"a":1}\n\n'));
    },
  });
  const { found, error } = await eventsOf(body);
  expect(found).toHaveLength(1);
  expect(error).toMatchObject({ name: "StreamTruncatedError", isRetryable: true });
});

describe("limits", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it.each([
    ["first-event", [], 1_000],
    ["idle", ['data: {"a":1}\n\n'], 500],
  ])("end silence: %s", async (phase, parts, limitMs) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      },
    });
    const ended = eventsOf(body);
    await vi.advanceTimersByTimeAsync(limitMs + 100);
    expect((await ended).error).toMatchObject({ name: "TimeoutError", phase, limitMs });
  });
});
