import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { isRecord } from "../wire/parse.ts";

/**
 * What a caller's code answers a request with, checked: a function without a `return` is soon written. Not by its class,
 * which is another package's where `fetch` is.
 * @param who whose answer it is, such as "a middleware"
 */
export function requireResponse(answer: unknown, label: string, who: string): Response {
  if (!isResponse(answer)) {
    throw wrong(`${label}: ${who} returned ${described(answer)} where a Response was expected.`, answer);
  }
  // Nothing of it is left for the call.
  if (answer.bodyUsed) throw wrong(`${label}: ${who} returned a Response whose body was read. Read a clone().`, answer);
  return answer;
}

/**
 * What a middleware passes on, checked in the same way.
 * @throws InvalidArgumentError
 */
export function requireRequest(passed: unknown, label: string): Request {
  if (isRequest(passed)) return passed;
  throw new InvalidArgumentError(
    `${label}: a middleware passed on ${described(passed)} where a Request was expected. Pass next the request, or a new Request.`,
  );
}

function wrong(message: string, raw: unknown): ResponseShapeError {
  return new ResponseShapeError(message, { issues: ["answer: no Response that can be read"], raw });
}

function described(value: unknown): string {
  return value === null || value === undefined ? String(value) : `a value of the type ${typeof value}`;
}

function isRequest(value: unknown): value is Request {
  return (
    isRecord(value) && typeof value.url === "string" && typeof value.method === "string" && isRecord(value.headers)
  );
}

function isResponse(answer: unknown): answer is Response {
  return isRecord(answer) && typeof answer.status === "number" && isRecord(answer.headers);
}
