/**
 * The path of a `{ path }`: a plain object with that one key, in which nothing is hidden or computed. Requests, streams and
 * files of other libraries have a `path` as well, and what stands there may come from a stranger.
 */
export function pathOf(source: object): string | undefined {
  if (!isPlain(source) || furtherKey(source) !== undefined) return undefined;
  const field = Reflect.getOwnPropertyDescriptor(source, "path");
  return field?.enumerable === true && typeof field.value === "string" ? field.value : undefined;
}

/** Of any realm: its prototype is null or an Object.prototype, known by having no prototype, but the methods of one. */
export function isPlain(source: object): boolean {
  const prototype = Reflect.getPrototypeOf(source);
  return (
    prototype === null || (Reflect.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty"))
  );
}

/** What is set besides the path, whatever kind of key it has. */
export function furtherKey(source: object): string | undefined {
  const further = Reflect.ownKeys(source).find((key) => {
    if (key === "path") return false;
    const field = Reflect.getOwnPropertyDescriptor(source, key) ?? {};
    return !("value" in field) || field.value !== undefined;
  });
  return further === undefined ? undefined : String(further);
}
