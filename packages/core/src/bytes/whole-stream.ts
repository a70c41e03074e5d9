import { unsharedBytes } from "./unshared-bytes.ts";

/**
 * All parts of a stream. Not by a `Response` that reads it: Chromium then gives a "Failed to fetch" of its own in place of
 * what the stream failed with.
 */
export async function partsOfStream(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>[]> {
  const reader = stream.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    parts.push(unsharedBytes(value));
  }
}

/** The same in one piece. */
export async function bytesOfStream(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts = await partsOfStream(stream);
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
