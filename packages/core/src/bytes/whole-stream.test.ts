import { expect, it } from "vitest";
import { bytesOfStream, partsOfStream } from "./whole-stream.ts";

it("gives all parts of a stream, and all of its bytes in one piece", async () => {
  const stream = (...parts: Uint8Array[]): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
  const two = [Uint8Array.of(1), Uint8Array.of(2, 3)];
  expect(await partsOfStream(stream(...two))).toEqual(two);
  expect(await bytesOfStream(stream(...two))).toEqual(Uint8Array.of(1, 2, 3));
  expect(await bytesOfStream(stream())).toEqual(new Uint8Array());
});

it("fails with what the stream fails with", async () => {
  const reason = new Error("cut");
  const stream = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(reason) });
  await expect(bytesOfStream(stream)).rejects.toBe(reason);
});
