/** As long as the web's own short ids are; fewer would often be the same twice. */
const SHORTEST = 8;

/** The first characters of ids, as few as tell all of them apart. */
export function shortIds(ids: readonly string[]): (id: string) => string {
  const different = new Set(ids);
  let length = SHORTEST;
  for (const longest = Math.max(0, ...ids.map((id) => id.length)); length < longest; length++) {
    if (new Set([...different].map((id) => id.slice(0, length))).size === different.size) break;
  }
  return (id) => id.slice(0, length);
}
