/**
 * Whether a body is a stream of bytes, which can be read into memory of one's own, and each of whose parts is the only one
 * in its memory. Bodies of Node, Deno, Workers and browsers are, those of Bun are not; of a caller's own `fetch` either
 * may come. One that is locked counts as none.
 * @example
 * const { image } = await flowith.generateImage("A ripe banana");
 * const body = await image.stream();
 * const reader = isByteStream(body) ? body.getReader({ mode: "byob" }) : body.getReader();
 * await reader.cancel();
 */
export function isByteStream(body: ReadableStream<Uint8Array>): boolean {
  try {
    body.getReader({ mode: "byob" }).releaseLock();
    return true;
  } catch {
    return false;
  }
}
