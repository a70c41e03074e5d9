import * as v from "valibot";
import { bytesOf } from "../bytes/bytes-of.ts";
import { isAsyncIterable, isBlob, isStream } from "../bytes/source-shapes.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { EdgeCall, EdgeClient } from "../http/edge-client.ts";
import type { RequestBody } from "../http/request-init.ts";
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
  if (typeof body === "object" && body !== null && (isStream(body) || isAsyncIterable(body)))
    throw new InvalidArgumentError("request: body must not be a stream. Read it first, such as into a Blob.");
  const raw = typeof body === "object" && body !== null ? await rawBody(body) : undefined;
  const fault = raw !== undefined || typeof body === "string" ? undefined : jsonFault(body);
  if (fault !== undefined) throw new InvalidArgumentError(`request: body: ${fault}.`);
  const content = raw !== undefined ? { body: raw } : typeof body === "string" ? { text: body } : { json: body };
  const sent: EdgeCall = { ...call, query: Object.fromEntries(words), ...content, repeat: "billed" };
  const answer = await edge.response(method, path, sent);
  return /\bjson\b/i.test(answer.headers.get("content-type") ?? "") ? parsedBody(answer.text) : answer.text;
}

/**
 * What goes as it is, whichever realm or library it is of: `fetch` would send the words "[object Blob]" of what is none of
 * its own. Undefined for what goes as JSON.
 */
async function rawBody(body: object): Promise<RequestBody | undefined> {
  if (isBlob(body)) return ownBlob(body);
  const bytes = bytesOf(body);
  // A Blob: see onceOnlyBody.
  if (bytes !== undefined) return new Blob([new Uint8Array(bytes)]);
  const tag = Object.prototype.toString.call(body);
  if (tag === "[object URLSearchParams]") return new URLSearchParams(String(body));
  return tag === "[object FormData]" && isForm(body) ? ownForm(body) : undefined;
}

async function ownBlob(blob: Pick<Blob, "arrayBuffer" | "type">): Promise<Blob> {
  return blob instanceof Blob ? blob : new Blob([await blob.arrayBuffer()], { type: blob.type });
}

async function ownForm(form: Pick<FormData, "entries">): Promise<FormData> {
  if (form instanceof FormData) return form;
  const own = new FormData();
  for (const [name, value] of form.entries()) {
    if (typeof value === "string") own.append(name, value);
    else own.append(name, await ownBlob(value), value.name);
  }
  return own;
}

function isForm(body: object): body is Pick<FormData, "entries"> {
  return "entries" in body && typeof body.entries === "function";
}
