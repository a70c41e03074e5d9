import { expect, it } from "vitest";
import { repeatAfter } from "../http/repeat-after.ts";
import { Transport } from "../http/transport.ts";
import { leveledLogger } from "../options/logger.ts";
import type { FileSource } from "./file-source.ts";
import { openSource } from "./upload-source.ts";

const PART_BYTES = 4;

/** Gives the same memory for each of three parts, filled with their places. */
function parts() {
  const memory = new Uint8Array(PART_BYTES);
  let given = 0;
  return () => (given < 3 ? memory.fill(++given) : undefined);
}

function stream(): ReadableStream<Uint8Array> {
  const next = parts();
  return new ReadableStream(
    {
      pull(controller) {
        const part = next();
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
    },
    { highWaterMark: 0 },
  );
}

/** As a library's own class, which knows no modes of readers. */
function likeStream(): FileSource {
  const next = parts();
  const reader = {
    async read() {
      const value = next();
      return { done: value === undefined, value };
    },
    cancel: async () => undefined,
    releaseLock: () => undefined,
  };
  return { getReader: () => reader } as unknown as FileSource;
}

function likeBlob(): FileSource {
  const next = parts();
  const slice = { arrayBuffer: async () => next()?.buffer };
  return {
    size: 3 * 512 * 1024,
    type: "",
    slice: () => slice,
    arrayBuffer: slice.arrayBuffer,
  } as unknown as FileSource;
}

async function* iterable(): AsyncGenerator<Uint8Array> {
  const next = parts();
  for (let part = next(); part !== undefined; part = next()) yield part;
}

it.each([
  ["a stream", stream],
  ["what is only like a stream", likeStream],
  ["what is only like a Blob", likeBlob],
  ["an async iterable", iterable],
])("%s may give the same memory for each part", async (_what, source) => {
  const transport = new Transport({
    repeat: repeatAfter,
    fetch,
    middleware: [],
    headers: {},
    maxRetries: 0,
    logger: leveledLogger(undefined, "silent"),
  });
  const files = { open: () => Promise.reject(new Error("no disk")) };
  const options = { label: "test", signal: new AbortController().signal, mimeType: undefined };
  const reader = (await openSource({ transport, files }, source(), options)).open();
  const read: Uint8Array[] = [];
  for (let part = await reader.next(); part !== undefined; part = await reader.next()) read.push(part);
  expect(read.map((part) => part[0])).toEqual([1, 2, 3]);
});
