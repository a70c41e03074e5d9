import { expect, it } from "vitest";
import { bytesOfStream, partsOfStream } from "./whole-stream.ts";

it("gives all parts of a stream, and all of its bytes in one piece", async () => {
  const stream = (): ReadableStream<Uint8Array> => ReadableStream.from([Uint8Array.of(1), Uint8Array.of(2, 3)]);
  expect(await partsOfStream(stream())).toEqual([Uint8Array.of(1), Uint8Array.of(2, 3)]);
  expect(await bytesOfStream(stream())).toEqual(Uint8Array.of(1, 2, 3));
  expect(await bytesOfStream(ReadableStream.from([]))).toEqual(new Uint8Array());
});

it("fails with what the stream fails with", async () => {
  const reason = new Error("cut");
  const stream = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(reason) });
  await expect(bytesOfStream(stream)).rejects.toBe(reason);
});
