/** By its shape: one of another realm is no instance of ours, and one that is iterated is not cancelled like one. */
export function isStream(source: object): source is ReadableStream<Uint8Array> {
  return "getReader" in source && typeof source.getReader === "function";
}

export function isAsyncIterable(source: object): source is AsyncIterable<unknown> {
  return Symbol.asyncIterator in source && typeof source[Symbol.asyncIterator] === "function" && !isGeneration(source);
}

/** A generation's chunks are no bytes. */
export function isGeneration(source: object): boolean {
  return "toResponse" in source;
}
