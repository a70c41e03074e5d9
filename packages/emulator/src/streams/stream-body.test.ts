import fc from "fast-check";
import { expect, it } from "vitest";
import { StreamBody } from "./stream-body.ts";

async function collect(body: StreamBody): Promise<{ text: string; sizes: number[]; ending: "end" | "error" }> {
  const pieces: Uint8Array[] = [];
  let ending: "end" | "error" = "end";
  try {
    for await (const piece of body.readable) pieces.push(piece);
  } catch {
    ending = "error";
  }
  return { text: Buffer.concat(pieces).toString(), sizes: pieces.map(({ length }) => length), ending };
}

const open = (): StreamBody => new StreamBody(undefined, () => {});

it("hands out what one turn wrote as one piece", async () => {
  const body = open();
  const collected = collect(body);
  await new Promise((resolve) => setImmediate(resolve));
  for (const text of ["one ", "two ", "three"]) body.write(text);
  body.end();
  expect(await collected).toEqual({ text: "one two three", sizes: [13], ending: "end" });
});

it("breaks after all that was written before, and takes nothing more", async () => {
  const body = open();
  body.write("before");
  body.cut();
  body.write("after");
  expect(await collect(body)).toEqual({ text: "before", sizes: [6], ending: "error" });
});

it("gives exactly the bytes up to its limit, in pieces no larger than asked for", async () => {
  const texts = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(texts, fc.nat(40), fc.integer({ min: 1, max: 9 }), async (written, limit, pieceBytes) => {
      const whole = Buffer.from(written.join(""));
      const body = open();
      body.limit(limit, "end");
      body.splitInto(pieceBytes);
      for (const text of written) body.write(text);
      body.end();
      const { sizes } = await collect(body);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(Math.min(limit, whole.length));
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(pieceBytes);
    }),
    { numRuns: 50 },
  );
});

it("says that it is closed when its reader leaves", async () => {
  let closed = 0;
  const body = new StreamBody(undefined, () => {
    closed += 1;
  });
  const reader = body.readable.getReader();
  const pending = reader.read();
  await reader.cancel();
  await pending;
  body.end();
  expect([closed, body.closed]).toEqual([1, true]);
});
