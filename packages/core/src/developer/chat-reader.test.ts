import { expect, it } from "vitest";
import { ChatReader } from "./chat-reader.ts";

const reader = (): ChatReader<string> => new ChatReader({ label: "POST /chat", model: "m" });

it.each([
  [
    { success: false, message: "model is offline" },
    { name: "JobFailedError", message: /model is offline/ },
  ],
  [{ error: { code: 402, message: "no" } }, { code: "insufficient_credits", isRetryable: false }],
  [
    { error: "slow", code: 429 },
    { code: "rate_limit", isRetryable: true },
  ],
  [{ choices: [{ delta: {}, finish_reason: "error" }] }, { name: "JobFailedError" }],
])("tells the failure in %j", (event, wanted) => {
  let error: unknown;
  try {
    reader().accept(event, "success" in event);
  } catch (thrown) {
    error = thrown;
  }
  const { message, ...fields } = { message: /./, ...wanted };
  expect(error).toMatchObject(fields);
  expect(String(error)).toMatch(message);
});

it.each([
  [{ delta: { refusal: "I cannot" } }, { reason: "content_policy", why: "the model refused: I cannot" }],
  [{ delta: {}, finish_reason: "content_filter" }, { reason: "content_policy" }],
  [{ delta: { reasoning: "Hm" }, finish_reason: "length" }, { why: expect.stringMatching(/on reasoning.*maxTokens/) }],
])("knows why there is no text after %j", (choice, cause) => {
  const read = reader();
  read.accept({ choices: [choice] }, false);
  expect(read).toMatchObject({ isFilled: false, emptyCause: cause });
});

it("is finished when each answer that was asked for is", () => {
  const read = new ChatReader({ label: "POST /chat", model: "m", choiceCount: 2 });
  const finish = (index: number): void =>
    void read.accept({ choices: [{ index, delta: { content: "x" }, finish_reason: "stop" }] }, false);
  finish(0);
  expect(read.isFinished).toBe(false);
  read.accept({ choices: [{ index: 1, delta: { content: "y" } }] }, false);
  expect(read.isFinished).toBe(false);
  finish(1);
  expect(read.isFinished).toBe(true);
  expect(read.answer.choices.map(({ text }) => text)).toEqual(["x", "yx"]);
});

const choice = (index: number, content: string, finish_reason: string | null = null): object => ({
  index,
  delta: { content },
  finish_reason,
});

it("takes the first answer that is there, whatever its index", () => {
  const read = reader();
  const chunks = [choice(1, "a"), choice(1, "b", "stop")].map((one) => read.accept({ choices: [one] }, false));
  expect(chunks).toMatchObject([
    { textDelta: "a", text: "a" },
    { textDelta: "b", text: "ab" },
  ]);
  expect(read).toMatchObject({ isFinished: true, isFilled: true, text: "ab" });
  expect(read.answer).toMatchObject({ text: "ab", finishReason: "stop", choices: [{ text: "ab" }] });
});

it("gives out the answer at the index 0 where several were asked for, else the lowest at the end", () => {
  const read = new ChatReader({ label: "POST /chat", model: "m", choiceCount: 2 });
  expect(read.accept({ choices: [choice(1, "a", "stop")] }, false)).toBeUndefined();
  expect(read.accept({ choices: [choice(0, "b", "stop")] }, false)).toMatchObject({ textDelta: "b", text: "b" });
  expect(read.last()).toMatchObject({ textDelta: "", text: "b" });
  expect(read.answer.choices.map(({ text }) => text)).toEqual(["b", "a"]);
  const other = new ChatReader({ label: "POST /chat", model: "m", choiceCount: 2 });
  for (const index of [2, 1]) other.accept({ choices: [choice(index, `${index}`, "stop")] }, false);
  expect(other.last()).toMatchObject({ textDelta: "1", text: "1" });
  expect(other.answer.text).toBe("1");
});

it("keeps the answers of several models apart that all have the index 0", () => {
  const read = new ChatReader({ label: "POST /chat", model: "m1", hasSeveralModels: true });
  const events: [string | undefined, object][] = [
    ["m1", choice(0, "a")],
    ["m2", choice(0, "x")],
    ["m1", choice(0, "b", "stop")],
    ["m2", choice(0, "y")],
    [undefined, choice(0, "z", "stop")],
  ];
  const chunks = events.map(([model, one]) => read.accept({ model, choices: [one] }, false));
  expect(chunks.flatMap((chunk) => chunk?.textDelta ?? [])).toEqual(["a", "b"]);
  expect(read.isFinished).toBe(true);
  expect(read.answer).toMatchObject({
    text: "ab",
    model: "m1",
    choices: [
      { text: "ab", model: "m1" },
      { text: "xyz", model: "m2" },
    ],
  });
});

it("keeps whole answers apart that all have the index 0", () => {
  const read = new ChatReader({ label: "POST /chat", model: "m1", hasSeveralModels: true });
  const choices = ["a", "b"].map((content) => ({ index: 0, message: { content }, finish_reason: "stop" }));
  read.accept({ model: "m1", choices }, true);
  expect(read.answer.choices.map(({ text }) => text)).toEqual(["a", "b"]);
});

it("takes another name of the one model for no other answer", () => {
  const read = reader();
  for (const model of ["m", "m-2026"]) read.accept({ model, choices: [choice(0, model, "stop")] }, false);
  expect(read.answer).toMatchObject({ text: "mm-2026", model: "m-2026", choices: [{ text: "mm-2026" }] });
});

it("reads the usage where Groq puts it", () => {
  const read = reader();
  read.accept({ choices: [choice(0, "a", "stop")], x_groq: { usage: { total_tokens: 7 } } }, false);
  expect(read.answer.usage).toMatchObject({ totalTokens: 7 });
});

it("is not finished while an answer that nobody asked for goes on", () => {
  const read = reader();
  read.accept({ choices: [{ index: 0, delta: { content: "x" }, finish_reason: "stop" }] }, false);
  expect(read.isFinished).toBe(true);
  read.accept({ choices: [{ index: 1, delta: { content: "y" } }] }, false);
  expect(read.isFinished).toBe(false);
});
