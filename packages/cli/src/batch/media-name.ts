import { createHash } from "node:crypto";

/**
 * The name of a line's picture or clip, without an extension: always the same for an id, so that a later run writes over a
 * file and not beside it. What could not be told apart on a disk that ignores capitals has a digest behind it.
 */
export function mediaName(id: string): string {
  if (/^[a-z0-9_-]{1,80}$/.test(id)) return id;
  const plain = id
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
  const digest = createHash("sha256").update(id).digest("hex").slice(0, 12);
  return plain === "" ? digest : `${plain}-${digest}`;
}
