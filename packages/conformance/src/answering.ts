import type { Middleware } from "flowith-webapi";

/** Answers one path in place of the service, for answers that the emulator never gives. */
export function answering(path: string, body: unknown, headers: Record<string, string> = {}): Middleware {
  return async (request, next) => {
    if (new URL(request.url).pathname !== path) return next(request);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return new Response(text, { headers: { "content-type": "application/json", ...headers } });
  };
}
