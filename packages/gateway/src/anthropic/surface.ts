import type { Problem } from "../errors.ts";
import type { Surface } from "../surface.ts";

const types: ReadonlyMap<number, string> = new Map([
  [401, "authentication_error"],
  [402, "billing_error"],
  [403, "permission_error"],
  [404, "not_found_error"],
  [409, "conflict_error"],
  [413, "request_too_large"],
  [429, "rate_limit_error"],
  [503, "overloaded_error"],
  [504, "timeout_error"],
  [529, "overloaded_error"],
]);

function errorBody({ status, message, details }: Problem, requestId: string | undefined): unknown {
  const type = types.get(status) ?? (status < 500 ? "invalid_request_error" : "api_error");
  return {
    type: "error",
    error: { type, message, ...(details === undefined ? {} : { details }) },
    request_id: requestId ?? null,
  };
}

/** Anthropic's clients, which send their version with every request. */
export const anthropic: Surface = {
  owns: ({ headers, url }) => headers.has("anthropic-version") || /\/v1\/messages(\/|$)/.test(new URL(url).pathname),
  errorBody,
  errorMessage: (problem, requestId) => ({ event: "error", data: JSON.stringify(errorBody(problem, requestId)) }),
};
