/**
 * `{ path }` is a plain object with that one key. Requests, streams and files of other libraries have a `path` as well,
 * and what stands there may come from a stranger.
 */
export function isPathSource(source: object): source is { path: string } {
  return isPlain(source) && "path" in source && typeof source.path === "string" && furtherKey(source) === undefined;
}

/** Of any realm: its prototype is null, or one that itself has none. */
export function isPlain(source: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(source);
  return prototype === null || (typeof prototype === "object" && Object.getPrototypeOf(prototype) === null);
}

export function furtherKey(source: object): string | undefined {
  return Object.entries(source).find(([key, value]) => key !== "path" && value !== undefined)?.[0];
}
