// All by shape: what comes from another realm, as of jsdom or an iframe, or from a library's own classes, is no instance of
// ours. Each shape has a method, which no words of a stranger have once they are parsed.

/** A File is one. */
export function isBlob(source: object): source is Blob & { name?: unknown } {
  return has(source, "slice") && has(source, "arrayBuffer") && "size" in source && typeof source.size === "number";
}

export function isResponse(source: object): source is Response {
  return "status" in source && "body" in source && "headers" in source && isHeaders(source.headers);
}

/** One that is iterated is not cancelled like one, so that it is read by its reader. */
export function isStream(source: object): source is ReadableStream<Uint8Array> {
  return has(source, "getReader");
}

export function isAsyncIterable(source: object): source is AsyncIterable<unknown> {
  return Symbol.asyncIterator in source && typeof source[Symbol.asyncIterator] === "function" && !isGeneration(source);
}

/** A generation's chunks are no bytes. */
export function isGeneration(source: object): boolean {
  return "toResponse" in source;
}

function isHeaders(value: unknown): boolean {
  return typeof value === "object" && value !== null && has(value, "get");
}

function has(source: object, method: string): boolean {
  return typeof Reflect.get(source, method) === "function";
}
