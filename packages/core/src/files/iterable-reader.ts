import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { SourceReader } from "./source-reader.ts";

export function isAsyncIterable(source: unknown): source is AsyncIterable<unknown> {
  return typeof source === "object" && source !== null && Symbol.asyncIterator in source && !isGeneration(source);
}

/** A generation's chunks are no bytes. */
export function isGeneration(source: object): boolean {
  return "toResponse" in source;
}

/**
 * Reads an async iterable, and ends it when it is cancelled.
 * @throws InvalidArgumentError for a Node stream that has been read already: what is left of it is not the file
 */
export function iterableReader(source: AsyncIterable<unknown>): SourceReader {
  if ("readableDidRead" in source && source.readableDidRead === true) {
    throw new InvalidArgumentError("uploadFile: the source is being read already, or has been.");
  }
  const iterator = source[Symbol.asyncIterator]();
  return new SourceReader({
    read: () => iterator.next(),
    async cancel() {
      // A Node stream that waits for data does not answer `return`, and one that was never read keeps its file open.
      if ("destroy" in source && typeof source.destroy === "function") source.destroy();
      else await iterator.return?.();
    },
  });
}
