import type { Problem } from "../errors.ts";
import type { Surface } from "../surface.ts";

const types: ReadonlyMap<number, string> = new Map([
  [401, "authentication_error"],
  [402, "insufficient_quota"],
  [403, "permission_error"],
  [404, "not_found_error"],
  [409, "conflict_error"],
  [429, "rate_limit_error"],
]);

function errorBody({ status, code, message, param }: Problem): unknown {
  const type = types.get(status) ?? (status < 500 ? "invalid_request_error" : "server_error");
  return { error: { message, type, param: param ?? null, code } };
}

/** OpenAI's clients; and whoever else asks, since theirs is the shape that most know. */
export const openai: Surface = {
  owns: () => true,
  errorBody,
  errorMessage: (problem) => ({ data: JSON.stringify(errorBody(problem)) }),
};
