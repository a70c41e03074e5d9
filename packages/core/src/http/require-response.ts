import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { isRecord } from "../wire/parse.ts";

/**
 * What a caller's code answers a request with, checked: a function without a `return` is soon written. Not by its class,
 * which is another package's where `fetch` is.
 * @param who whose answer it is, such as "a middleware"
 */
export function requireResponse(answer: unknown, label: string, who: string): Response {
  if (isResponse(answer)) return answer;
  const came = answer === null || answer === undefined ? String(answer) : `a value of the type ${typeof answer}`;
  throw new ResponseShapeError(`${label}: ${who} returned ${came} where a Response was expected.`, {
    issues: ["answer: no Response"],
    raw: answer,
  });
}

function isResponse(answer: unknown): answer is Response {
  return isRecord(answer) && typeof answer.status === "number" && isRecord(answer.headers);
}
