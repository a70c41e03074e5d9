import { rebuiltError } from "./rebuilt-error.ts";

/** Of errors that no server's answer stands behind. */
const statuses: ReadonlyMap<unknown, number> = new Map([
  ["invalid_argument", 400],
  ["connection", 502],
  ["response_shape", 502],
  ["stream_truncated", 502],
  ["job_failed", 502],
  ["timeout", 504],
]);

/** Of jobs that failed for a reason that has a status of its own. */
const reasonStatuses: ReadonlyMap<unknown, number> = new Map([
  ["content_policy", 422],
  ["insufficient_credits", 402],
  ["rate_limit", 429],
  ["timeout", 504],
]);

/**
 * The response for an error, to be sent to whoever asked this program: its status, its `toJSON()` as the body, and
 * `retry-after` where the service asked to wait. `FlowithError.from` makes an error of the body again. An error that is
 * not this SDK's is a 500 without its words, or the 4xx by which a framework has refused a request (a body that is too
 * large, or no JSON), and an abort a 499.
 * @example
 * const handler = (prompt: string): Promise<Response> =>
 *   flowith.generate(prompt).then(({ text }) => new Response(text), errorResponse);
 */
export function errorResponse(error: unknown): Response {
  const body = errorJson(error);
  const headers = new Headers({ "content-type": "application/json", "cache-control": "no-store" });
  const { retryAfterMs } = body;
  if (typeof retryAfterMs === "number") headers.set("retry-after", String(Math.ceil(retryAfterMs / 1000)));
  const status = (body.code === "unknown" ? refusalOf(error) : undefined) ?? statusOf(body);
  return new Response(JSON.stringify(body), { status, headers });
}

/** What of an error may be sent on: of one that is not ours, nothing but that there was one. */
export function errorJson(error: unknown): Record<string, unknown> {
  // One that came from a Durable Object has lost its class.
  const own = rebuiltError(error);
  if (own !== undefined) return own.toJSON();
  const isAbort = typeof error === "object" && error !== null && "name" in error && error.name === "AbortError";
  return isAbort
    ? { name: "AbortError", code: "aborted", message: "The call was aborted.", isRetryable: false }
    : { name: "Error", code: "unknown", message: "The call failed.", isRetryable: false };
}

function statusOf({ code, status, reason }: Record<string, unknown>): number {
  if (code === "aborted") return 499;
  // A redirect, or what a platform hides, is nothing that the asker could follow.
  if (typeof status === "number") return status >= 400 && status <= 599 ? status : 502;
  return reasonStatuses.get(reason) ?? statuses.get(code) ?? 500;
}

/**
 * The status of a request that a framework has refused: Express and Fastify say `statusCode`, and Hono's error makes a
 * response. One that has a `status` alone may be of another client, such as axios, and is another server's.
 */
function refusalOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const makesResponse = "getResponse" in error && typeof error.getResponse === "function";
  const status = "statusCode" in error ? error.statusCode : makesResponse && "status" in error && error.status;
  const isRefusal = typeof status === "number" && Number.isInteger(status) && status >= 400 && status <= 499;
  return isRefusal ? status : undefined;
}
