import { expect, it } from "vitest";
import { isByteStream } from "./is-byte-stream.ts";

it("tells a stream of bytes from one of chunks, and leaves both unlocked", () => {
  const bytes = new ReadableStream<Uint8Array>({ type: "bytes" });
  const chunks = new ReadableStream<Uint8Array>();
  expect([isByteStream(bytes), isByteStream(chunks)]).toEqual([true, false]);
  expect([bytes.locked, chunks.locked]).toEqual([false, false]);
});

it("takes a locked stream for none", () => {
  const bytes = new ReadableStream<Uint8Array>({ type: "bytes" });
  bytes.getReader();
  expect(isByteStream(bytes)).toBe(false);
});
