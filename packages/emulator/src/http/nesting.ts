/**
 * How deep JSON may nest. Postgres reads it by recursion, and its stack in this process holds 2,500 levels; in what is
 * deeper it crashes, and everybody waits until it is up again.
 */
export const maxJsonNesting = 1000;

const quote = 0x22;
const backslash = 0x5c;

/** How deep the arrays and objects of a JSON text nest. */
export function jsonNesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isQuoted) {
      if (code === backslash) at += 1;
      else if (code === quote) isQuoted = false;
    } else if (code === quote) {
      isQuoted = true;
    } else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x5d || code === 0x7d) {
      depth -= 1;
    }
  }
  return deepest;
}
