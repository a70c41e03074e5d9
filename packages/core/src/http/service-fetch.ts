import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { limitsOf } from "../options/limits.ts";
import { signal as signalSchema } from "../options/option-values.ts";
import { throwIfAborted } from "../timing/abort.ts";
import { webStreamOf } from "./answer-body.ts";
import type { AuthorizedClient } from "./authorized-client.ts";
import { limitedBody } from "./limited-body.ts";
import { describeRequest } from "./request.ts";
import { type ServiceAddresses, serviceAddress } from "./service-address.ts";
import type { OpenResponse } from "./transport.ts";

/** A `fetch` that is signed in; see `FlowithClient.fetch`. */
export type ServiceFetch = (input: string | URL, init?: RequestInit) => Promise<Response>;

/** What of a request's body has to be known to send it, perhaps twice. */
interface PreparedBody {
  body: (() => BodyInit) | undefined;
  contentType?: string | undefined;
  isOnce: boolean;
}

/** @returns a function of its own, which works without the client that it is taken from */
export function serviceFetch(client: AuthorizedClient, addresses: ServiceAddresses): ServiceFetch {
  return async (input, given) => {
    const { url, kind } = serviceAddress(input, addresses);
    // Null is what a platform's `fetch` takes for no init, and for no signal.
    const init: RequestInit = given ?? {};
    const { method, headers } = checkedInit(init);
    const signal = init.signal ?? undefined;
    if (signal !== undefined && !v.is(signalSchema, signal))
      throw new InvalidArgumentError("fetch: signal must be an AbortSignal.");
    throwIfAborted(signal);
    const { body, contentType, isOnce } = await preparedBody(init.body ?? undefined);
    if (contentType !== undefined && !headers.has("content-type")) headers.set("content-type", contentType);
    headers.delete("authorization");
    headers.delete("apikey");
    if (kind !== "edge") headers.set("apikey", addresses.supabaseKey);
    const request = { kind, method, url: url.href };
    const opened = await client.open({
      ...request,
      repeat: isRead(method) ? "safe" : "never",
      headers: Object.fromEntries(headers),
      body,
      isBodyOnce: isOnce,
      opensRefusals: true,
      limits: limitsOf("request", { totalMs: 0 }),
      signal,
    });
    return handedOver(opened, method, describeRequest(request));
  };
}

/** By rules of our own, since platforms differ; in words that show nothing of it, since it may be secret. */
function checkedInit({ method: given = "GET", headers, body }: RequestInit): { method: string; headers: Headers } {
  const method = String(given).toUpperCase();
  const hasBody = body !== undefined && body !== null;
  try {
    if (!/^[A-Z-]+$/.test(method) || /^(CONNECT|TRACE|TRACK)$/.test(method)) throw new TypeError("method");
    if (hasBody && (isRead(method) || (body instanceof ReadableStream && body.locked))) throw new TypeError("body");
    return { method, headers: new Headers(headers) };
  } catch {
    throw new InvalidArgumentError("fetch: method, headers or body cannot be sent. A GET has no body.");
  }
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

async function preparedBody(body: BodyInit | undefined): Promise<PreparedBody> {
  if (body === undefined) return { body, isOnce: false };
  if (body instanceof ReadableStream) return { body: () => body, isOnce: true };
  // Said here, since `onceOnlyBody` makes a Blob of it in Deno, which has no type.
  if (typeof body === "string") return { body: () => body, contentType: "text/plain;charset=UTF-8", isOnce: false };
  if (!("Deno" in globalThis)) return { body: () => body, isOnce: false };
  // What Deno holds as bytes it sends a second time by itself; see `onceOnlyBody`. The type is taken from the headers,
  // since a Blob's is in lower case, and the boundary of a form is not.
  const held = new Response(body);
  const contentType = held.headers.get("content-type") ?? undefined;
  const content = new Blob([await held.arrayBuffer()]);
  return { body: () => content, contentType, isOnce: false };
}

/** The response with its body still to come, which follows the caller's signal to its end. */
function handedOver(opened: OpenResponse, method: string, label: string): Response {
  const { response } = opened;
  const { status, statusText, headers, url } = response;
  // A response without a stream has nothing to follow; one that a browser hides (0) cannot be made anew.
  if (webStreamOf(response) === null || method === "HEAD" || [0, 101, 204, 205, 304].includes(status)) {
    opened.release();
    return response;
  }
  const body = limitedBody(opened, { label, idleMs: 0, totalBytes: undefined, onReceived: undefined });
  const answer = new Response(body, { status, statusText, headers });
  return Object.defineProperty(answer, "url", { value: url });
}
