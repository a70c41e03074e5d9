import { describe, expect, it } from "vitest";
import { writeBody } from "./write-body.ts";

const PART_BYTES = 300 * 1024;

/** Keeps a copy of what is written, as a disk does. */
function memoryFile() {
  const written: Buffer[] = [];
  return {
    content: () => Buffer.concat(written),
    async write(parts: Uint8Array[]) {
      await new Promise((resolve) => setImmediate(resolve));
      written.push(Buffer.concat(parts));
    },
    close: async () => undefined,
  };
}

function body(type: "bytes" | undefined, part: (number: number) => Uint8Array<ArrayBuffer>) {
  let sent = 0;
  const pull = (controller: ReadableByteStreamController | ReadableStreamDefaultController<Uint8Array>): void => {
    if (sent < 5) controller.enqueue(part(sent++));
    else controller.close();
  };
  return type === "bytes" ? new ReadableStream({ type, pull }) : new ReadableStream<Uint8Array>({ pull });
}

const filled = (number: number): Uint8Array<ArrayBuffer> => new Uint8Array(PART_BYTES).fill(number + 1);
const whole = Buffer.concat([0, 1, 2, 3, 4].map(filled));

describe("writeBody", () => {
  it.each(["bytes", undefined] as const)("writes every byte in its order from a stream of type %s", async (type) => {
    const file = memoryFile();
    const { sizeBytes, firstBytes } = await writeBody(body(type, filled), file);
    expect(sizeBytes).toBe(5 * PART_BYTES);
    expect(firstBytes[0]).toBe(1);
    expect(file.content().equals(whole)).toBe(true);
  });

  it("takes nothing from a stream that gives the same memory again and again", async () => {
    const shared = filled(0);
    const file = memoryFile();
    await writeBody(
      body(undefined, () => shared),
      file,
    );
    expect(file.content()).toHaveLength(5 * PART_BYTES);
    expect(shared).toHaveLength(PART_BYTES);
  });
});
