import { ConnectionSevered } from "../http/connection-severed.ts";
import type { Handler } from "./request-handler.ts";

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** A body that an abort breaks, as it does one that comes over a socket. */
function abortable(response: Response, signal: AbortSignal): Response {
  if (response.body === null) return response;
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(new TransformStream(), { signal }), { status, statusText, headers });
}

/** A fetch that calls the handler instead of opening a socket. */
export function inProcess(
  handle: Handler,
  url: string,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const request = new Request(typeof input === "string" ? new URL(input, url) : input, init);
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    try {
      if (signal === undefined) return await handle(request, undefined);
      return abortable(await Promise.race([handle(request, undefined), rejection(signal)]), signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw error instanceof ConnectionSevered ? new TypeError("fetch failed", { cause: error }) : error;
    }
  };
}
