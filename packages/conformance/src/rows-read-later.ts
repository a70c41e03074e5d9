import type { Middleware } from "flowith-webapi";

/** Lets rows be read so much later, by the service's clock. */
export function rowsReadLater(passedMs: () => number): Middleware {
  return async (request, next) => {
    const response = await next(request);
    if (request.method !== "GET" || !request.url.includes("/flow_node")) return response;
    const headers = new Headers(response.headers);
    headers.set("date", new Date(Date.now() + passedMs()).toUTCString());
    return new Response(response.body, { status: response.status, headers });
  };
}
