import type { RequestKind } from "./request-kind.ts";

/** What `fetch` is to this SDK: the platform's, or one that goes through a proxy, a cache or a test server. */
export type FetchLike = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** `fetch`, and tells how many bytes of the body have been sent. */
export type SendWithProgress = (
  input: string | URL | Request,
  init: RequestInit | undefined,
  onSent: (sentBytes: number) => void,
) => Promise<Response>;

/** Goes round every request as an onion: pass the request on with `next`, or answer it yourself. */
export type Middleware = (
  request: Request,
  next: (request: Request) => Promise<Response>,
  context: { attempt: number; kind: RequestKind },
) => Promise<Response>;

/**
 * One attempt at a request, through the middleware. Without any, `fetch` is given a URL and an init, so that one of
 * another package (undici, say) need not know this platform's `Request`.
 */
export function sendThrough(
  fetch: FetchLike,
  middleware: readonly Middleware[],
  url: string,
  init: RequestInit,
  context: { attempt: number; kind: RequestKind },
): Promise<Response> {
  if (middleware.length === 0) return fetch(url, init);
  const chain = middleware.reduceRight<(request: Request) => Promise<Response>>(
    (next, layer) => (request) => layer(request, next, context),
    (request) => fetch(request),
  );
  return chain(new Request(url, init));
}
