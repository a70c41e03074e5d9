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

it("is not finished while an answer that nobody asked for goes on", () => {
  const read = reader();
  read.accept({ choices: [{ index: 0, delta: { content: "x" }, finish_reason: "stop" }] }, false);
  expect(read.isFinished).toBe(true);
  read.accept({ choices: [{ index: 1, delta: { content: "y" } }] }, false);
  expect(read.isFinished).toBe(false);
});
