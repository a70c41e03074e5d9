import type { RequestBody } from "./request-init.ts";

/**
 * Deno sends a post a second time by itself when a kept-alive connection closes before the answer, which for a job means
 * to pay twice. It does so only with a body that it holds as bytes: as a Blob it goes out once, with its length as ever.
 */
export function onceOnlyBody(body: RequestBody): RequestBody {
  return typeof body === "string" && "Deno" in globalThis ? new Blob([body]) : body;
}
