/**
 * A JSON text that any parser takes. A half of a surrogate pair that stands alone becomes U+FFFD, as in every text of the
 * web: JSON.stringify writes it as an escape, which the service's database refuses.
 */
export function wellFormedJson(json: string): string {
  if (!json.includes("\\ud")) return json;
  // Escapes are taken one by one, so that a backslash which is a text's own is not read as the beginning of one.
  return json.replace(/\\(?:(ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2})|ud[89a-f][\da-f]{2}|.)/g, (found, pair?: string) =>
    pair === undefined && found.startsWith("\\ud") ? "\ufffd" : found,
  );
}

/** A value as such a text. */
export function jsonText(value: unknown): string {
  return wellFormedJson(JSON.stringify(value));
}
