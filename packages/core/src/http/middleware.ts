import { passedOn } from "./passed-on.ts";
import type { RequestKind } from "./request-kind.ts";
import { requireRequest, requireResponse } from "./require-response.ts";

/** What `fetch` is to this SDK: the platform's, or one that goes through a proxy, a cache or a test server. */
export type FetchLike = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** What a request of this SDK goes out by: `fetch` is called so, and never with a `Request`. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** `fetch`, and tells how many bytes of the body have been sent. */
export type SendWithProgress = (
  url: string,
  init: RequestInit,
  onSent: (sentBytes: number) => void,
) => Promise<Response>;

/** Goes round every request as an onion: pass the request on with `next`, or answer it yourself. */
export type Middleware = (
  request: Request,
  next: (request: Request) => Promise<Response>,
  context: { attempt: number; kind: RequestKind },
) => Promise<Response>;

/**
 * One attempt at a request, through the middleware. `fetch` is given a URL and an init, whether there is any or not, so
 * that one of another package (undici, say) need not know this platform's `Request`.
 * @param label what is asked for, for errors
 */
export function sendThrough(
  send: Send,
  middleware: readonly Middleware[],
  url: string,
  init: RequestInit,
  { label, ...context }: { attempt: number; kind: RequestKind; label: string },
): Promise<Response> {
  if (middleware.length === 0) return send(url, init);
  const own = { request: new Request(url, init), init };
  const chain = middleware.reduceRight<(request: Request) => Promise<Response>>(
    (next, layer) => async (request) => {
      const checkedNext = (passed: Request): Promise<Response> => passOn(passed, next, label);
      return requireResponse(await layer(request, checkedNext, context), label, "a middleware");
    },
    async (request) => send(request.url, await passedOn(request, own)),
  );
  return chain(own.request);
}

/** Rejects where it cannot be passed on, as all that `next` says comes by its promise. */
async function passOn(
  passed: unknown,
  next: (request: Request) => Promise<Response>,
  label: string,
): Promise<Response> {
  return next(requireRequest(passed, label));
}
