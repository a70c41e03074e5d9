import { endSource } from "./once-only-source.ts";
import { refusedSource } from "./refused-source.ts";
import { type PartReader, SourceReader } from "./source-reader.ts";

/** Reads an async iterable, and ends it when it is cancelled. @throws InvalidArgumentError where it is none */
export function iterableReader(source: AsyncIterable<unknown>, label: string): SourceReader {
  const iterator: Partial<AsyncIterator<unknown>> | undefined = source[Symbol.asyncIterator]();
  if (typeof iterator?.next !== "function") throw refusedSource(source, label);
  const parts: PartReader = {
    read: iterator.next.bind(iterator),
    cancel: () => endSource("destroy" in source ? source : iterator),
  };
  return new SourceReader(parts, { label });
}
