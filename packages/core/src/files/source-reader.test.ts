import { describe, expect, it } from "vitest";
import { type PartReader, SourceReader } from "./source-reader.ts";

/** Gives parts of these sizes, each filled with its place, and counts what is taken. */
function partsOf(...sizes: number[]) {
  const state = { given: 0 };
  const reader: PartReader = {
    async read() {
      const size = sizes[state.given];
      return size === undefined ? { done: true } : { value: new Uint8Array(size).fill(++state.given) };
    },
    async cancel() {},
  };
  return { source: new SourceReader(reader, { label: "test" }), state };
}

const bytesOf = async (reading: Promise<Uint8Array | undefined>): Promise<number[] | undefined> => {
  const bytes = await reading;
  return bytes && [...bytes];
};

it("gives part by part, and no empty one", async () => {
  const { source } = partsOf(0, 2, 0, 0, 1, 0);
  expect(await bytesOf(source.next())).toEqual([2, 2]);
  expect(await bytesOf(source.next())).toEqual([5]);
  expect(await bytesOf(source.next())).toBeUndefined();
});

it("packs small parts until there is what is wanted, and reads no further", async () => {
  const { source, state } = partsOf(1, 1, 0, 1, 5, 1, 2);
  expect(await bytesOf(source.next(3))).toEqual([1, 2, 4]);
  expect(state.given).toBe(4);
  expect(await bytesOf(source.next(3))).toEqual([5, 5, 5, 5, 5]);
  expect(await bytesOf(source.next(2))).toEqual([6, 7, 7]);
  expect(await bytesOf(source.next(2))).toBeUndefined();
});

it("gives what was left at the end, and what was put back first", async () => {
  const { source } = partsOf(1, 1);
  const all = await source.next(10);
  expect([...(all ?? [])]).toEqual([1, 2]);
  source.unread(all ? [all] : []);
  expect(await source.next(1)).toBe(all);
  expect(await source.next(1)).toBeUndefined();
});

it("stops reading once it is cancelled, whatever goes on being given", async () => {
  let given = 0;
  const endless: PartReader = {
    async read() {
      return { done: ++given > 1_000_000, value: new Uint8Array() };
    },
    async cancel() {},
  };
  const source = new SourceReader(endless, { label: "test" });
  setTimeout(() => void source.cancel(undefined), 1);
  expect(await source.next()).toBeUndefined();
  expect(given).toBeLessThan(1_000_000);
});

describe("the memory of a part", () => {
  /** Gives the same memory for each part, filled anew. */
  function sameMemory(memory: Uint8Array): PartReader {
    let given = 0;
    return { read: async () => ({ value: memory.fill(++given) }), cancel: async () => undefined };
  }

  it("is copied, since who gave it may use it again", async () => {
    const source = new SourceReader(sameMemory(new Uint8Array(2)), { label: "test" });
    const first = await source.next();
    expect(await bytesOf(source.next())).toEqual([2, 2]);
    expect(first).toEqual(Uint8Array.of(1, 1));
  });

  it("is what it was where it is given away", async () => {
    const memory = new Uint8Array(4);
    const source = new SourceReader(sameMemory(memory), { label: "test", isGivenAway: true });
    expect((await source.next())?.buffer).toBe(memory.buffer);
    expect((await source.next(5))?.byteLength).toBe(8);
  });

  it("is copied where threads share it, which fetch refuses", async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(2));
    const source = new SourceReader(sameMemory(shared), { label: "test", isGivenAway: true });
    expect((await source.next())?.buffer).toBeInstanceOf(ArrayBuffer);
  });
});
