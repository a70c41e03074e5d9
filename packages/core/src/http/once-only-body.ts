import type { RequestBody } from "./request-init.ts";

/**
 * Deno sends a post a second time by itself when a kept-alive connection closes before the answer, which for a job means
 * to pay twice. It does so only with a body that it holds as bytes: as a Blob it goes out once, with its length as ever.
 */
export function onceOnlyBody(body: RequestBody): RequestBody {
  const isBytes = typeof body === "string" || ArrayBuffer.isView(body);
  return isBytes && "Deno" in globalThis ? new Blob([body]) : body;
}
