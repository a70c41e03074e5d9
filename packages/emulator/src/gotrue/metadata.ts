/** User-controlled or provider-given JSON objects. */
export type Metadata = Record<string, unknown>;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return sortKeys(Object.fromEntries(Object.entries(value)));
}

/** The service writes the keys of free-form objects in order, at every depth. */
export function sortKeys(metadata: Metadata): Metadata {
  const entries = Object.entries(metadata).map(([key, value]): [string, unknown] => [key, sorted(value)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An update merges at the top level; null removes the key. */
export function mergeMetadata(current: Metadata, updates: Metadata): Metadata {
  const merged = { ...current, ...updates };
  return Object.fromEntries(Object.entries(merged).filter(([key, value]) => !(key in updates && value === null)));
}
