import { refusedSource } from "./refused-source.ts";
import { SourceReader } from "./source-reader.ts";

/** Reads an async iterable, and ends it when it is cancelled. @throws InvalidArgumentError where it is none */
export function iterableReader(source: AsyncIterable<unknown>): SourceReader {
  const iterator: Partial<AsyncIterator<unknown>> | undefined = source[Symbol.asyncIterator]();
  if (typeof iterator?.next !== "function") throw refusedSource(source);
  return new SourceReader({
    read: iterator.next.bind(iterator),
    async cancel() {
      // A Node stream that waits for data does not answer `return`, and one that was never read keeps its file open.
      if ("destroy" in source && typeof source.destroy === "function") source.destroy();
      else await iterator.return?.();
    },
  });
}
