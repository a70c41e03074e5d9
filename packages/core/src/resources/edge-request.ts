import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { EdgeCall, EdgeClient } from "../http/edge-client.ts";
import { parsedBody } from "../http/response-error.ts";
import { text } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall } from "../options/options-check.ts";
import { jsonFault } from "../text/nul-fault.ts";

/** What a request of one's own sends. */
export interface RequestOptions extends CallOptions {
  /** Added to the path; what is undefined is left out. */
  query?: Record<string, string | number | boolean | undefined> | undefined;
  /** A text, Blob, form or bytes go as they are; anything else goes as JSON. */
  body?: unknown;
}

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** Any request to the edge API, with all that the SDK's own have. */
export async function edgeRequest(
  edge: EdgeClient,
  method: string,
  path: string,
  options: RequestOptions,
): Promise<unknown> {
  if (!methods.includes(method))
    throw new InvalidArgumentError(`request: method must be one of ${methods.join(", ")}.`);
  // Without the slash, what follows the host could name another one, and the token would go there.
  if (typeof path !== "string" || !path.startsWith("/"))
    throw new InvalidArgumentError("request: path must begin with a slash.");
  const scalar = v.union([text, v.number(), v.boolean()]);
  const query = v.optional(v.record(text, v.optional(scalar)));
  checkCall("request", options, { query, body: v.optional(v.unknown()) });
  if (options.body !== undefined && (method === "GET" || method === "HEAD"))
    throw new InvalidArgumentError(`request: a ${method} has no body.`);
  const { query: values = {}, body, ...call } = options;
  const words = Object.entries(values).map(([name, value]) => [name, value === undefined ? value : String(value)]);
  if (body instanceof ReadableStream)
    throw new InvalidArgumentError("request: body must not be a stream. Read it first, such as into a Blob.");
  const fault = typeof body === "string" ? undefined : jsonFault(body);
  if (fault !== undefined) throw new InvalidArgumentError(`request: body: ${fault}.`);
  const sent: EdgeCall = { ...call, query: Object.fromEntries(words), ...content(body), repeat: "billed" };
  const answer = await edge.response(method, path, sent);
  return /\bjson\b/i.test(answer.headers.get("content-type") ?? "") ? parsedBody(answer.text) : answer.text;
}

function content(body: unknown): Pick<EdgeCall, "text" | "body" | "json"> {
  if (typeof body === "string") return { text: body };
  if (body instanceof Blob || body instanceof FormData || body instanceof URLSearchParams) return { body };
  if (body instanceof ArrayBuffer || body instanceof Uint8Array) return { body: new Blob([new Uint8Array(body)]) };
  return { json: body };
}
