/** What no database column can keep, said so that its place is known; undefined where there is none. */
export function nulFault(text: string): string | undefined {
  const index = text.indexOf("\0");
  return index === -1
    ? undefined
    : `Expected no NUL character (U+0000), which no row can keep: there is one at index ${index}`;
}

/** What keeps a value from being sent as JSON, keys and depths included; undefined where nothing does. */
export function jsonFault(value: unknown): string | undefined {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch {
    return "Expected what JSON can hold";
  }
  // As it will be sent: a `toJSON` may say something else than the object shows. The escape itself may be the text's own.
  return json?.includes("\\u0000") ? nulInside(JSON.parse(json), "") : undefined;
}

function nulInside(value: unknown, path: string): string | undefined {
  if (typeof value === "string") return placed(nulFault(value), path);
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const fault =
      placed(nulFault(key), `a key of ${path || "it"}`) ?? nulInside(inner, path === "" ? key : `${path}.${key}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function placed(fault: string | undefined, path: string): string | undefined {
  return fault === undefined || path === "" ? fault : `${fault} of ${path}`;
}
