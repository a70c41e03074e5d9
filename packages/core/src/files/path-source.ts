import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { isGeneration } from "./iterable-reader.ts";

/**
 * `{ path }` is a plain object with that one key. Requests, streams and files of other libraries have a `path` as well,
 * and what stands there may come from a stranger.
 */
export function isPathSource(source: object): source is { path: string } {
  return isPlain(source) && "path" in source && typeof source.path === "string" && furtherKey(source) === undefined;
}

/** Says what the source seems to be, and what to pass in its place. */
export function refusedSource(source: unknown): InvalidArgumentError {
  return new InvalidArgumentError(`uploadFile: ${complaint(source)}`);
}

function complaint(source: unknown): string {
  if (typeof source === "object" && source !== null) {
    if (isGeneration(source))
      return "a generation is no file. Pass its text, as new Blob([(await stream.output).text]).";
    if (isRequest(source)) return "a Request is no file. Pass its body: request.body.";
    const further = isPlain(source) && "path" in source ? furtherKey(source) : undefined;
    if (further !== undefined) return `{ path } takes no "${further}". Its name and type are options of uploadFile.`;
  }
  return "the source must be a path, URL, Blob, File, bytes, ReadableStream, Response, async iterable of bytes or { path }.";
}

/** Of any realm: its prototype is null, or one that itself has none. */
function isPlain(source: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(source);
  return prototype === null || (typeof prototype === "object" && Object.getPrototypeOf(prototype) === null);
}

function furtherKey(source: object): string | undefined {
  return Object.entries(source).find(([key, value]) => key !== "path" && value !== undefined)?.[0];
}

function isRequest(source: object): boolean {
  return "method" in source && "bodyUsed" in source;
}
