import { expect, it } from "vitest";
import { answerFailure } from "./answer-failure.ts";

it.each<[unknown, object, object]>([
  [{ message: "m", code: "insufficient_quota", status: 429 }, {}, { code: "insufficient_credits", status: 402 }],
  [{ message: "m", type: "insufficient_quota", code: 429 }, {}, { code: "insufficient_credits", isRetryable: false }],
  [{ message: "m", type: "no_credits" }, {}, { code: "insufficient_credits" }],
  [{ message: "You have insufficient credits" }, {}, { code: "insufficient_credits" }],
  [
    { message: "m", type: "invalid_request_error", code: "invalid_api_key" },
    {},
    { code: "authentication", status: 401 },
  ],
  [
    { message: "m", status: 401 },
    {},
    { code: "authentication", message: expect.stringContaining("API key was refused") },
  ],
  [{ message: "m", type: "tokens", code: "rate_limit_exceeded" }, {}, { code: "rate_limit", isRetryable: true }],
  [{ message: "m", status: "RESOURCE_EXHAUSTED" }, {}, { code: "rate_limit" }],
  [
    { message: "m", status: "429" },
    {},
    { code: "rate_limit", message: "POST /chat answered 429: m. Try again later." },
  ],
  [{ message: "m", type: "invalid_request_error", code: "context_length_exceeded" }, {}, { code: "validation" }],
  [{ message: "m", code: "model_not_found" }, {}, { code: "not_found", isRetryable: false }],
  [{ message: "m", status: 400 }, {}, { code: "api_error", status: 400, isRetryable: false }],
  [{ message: "m", status: 503 }, {}, { code: "server", isRetryable: true }],
  ["m", { status: 429 }, { code: "rate_limit" }],
  ["rate_limit_exceeded", {}, { code: "rate_limit" }],
  [{ message: "m", code: "content_filter" }, {}, { code: "job_failed", reason: "content_policy", isRetryable: false }],
  [{ message: "m", type: "provider_error" }, { status: "error" }, { code: "job_failed", reason: "provider_error" }],
  [{ message: "m", code: 7, status: 200 }, {}, { code: "job_failed", reason: "unknown" }],
  [true, {}, { code: "job_failed", reason: "unknown" }],
  [{ message: "m", code: "constructor" }, {}, { code: "job_failed", reason: "constructor" }],
])("makes of %j in %j an error of its class", (error, event, wanted) => {
  expect(answerFailure("POST /chat", error, { ...event })).toMatchObject(wanted);
});

it.each([undefined, null, "", false])("finds none in %j", (error) => {
  expect(answerFailure("POST /chat", error, { code: 429 })).toBeUndefined();
});
