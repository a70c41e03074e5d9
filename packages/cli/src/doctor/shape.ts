const MOST_FIELDS = 8;

/** What a JSON value is, without anything that stands in it: field names and kinds. */
export function describeShape(value: unknown, depth = 0): string {
  if (value === null) return "null";
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : `a list of ${value.length} × ${describeShape(value[0], depth + 1)}`;
  }
  if (typeof value === "string") return "text";
  if (typeof value !== "object") return typeof value;
  const fields = Object.entries(value);
  if (depth > 1) return "an object";
  const shown = fields.slice(0, MOST_FIELDS).map(([name, item]) => `${name}: ${describeShape(item, depth + 1)}`);
  const rest = fields.length > MOST_FIELDS ? ", …" : "";
  return `{ ${shown.join(", ")}${rest} }`;
}
