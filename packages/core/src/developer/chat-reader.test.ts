import { expect, it } from "vitest";
import { ChatReader } from "./chat-reader.ts";

const reader = (): ChatReader<string> => new ChatReader("POST /chat", "m", undefined);

it.each([
  [
    { success: false, message: "model is offline" },
    { name: "JobFailedError", message: /model is offline/ },
  ],
  [{ error: { code: 402, message: "no" } }, { code: "insufficient_credits", isRetryable: false }],
  [{ error: { code: 429, message: "slow" } }, { reason: "rate_limit", isRetryable: true }],
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
