import { lastSegment } from "../bytes/file-name.ts";

/** What would end a part of a reference, or begin another one, and what makes a line look like another. */
const BREAKING = /[[\]|\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}\p{Cs}]/gu;

/**
 * What names a stored file in a prompt (wire 2.1). Names come from strangers as well, as those of files on the web do, and a
 * model reads them: they are one part of the reference each, whatever is in them.
 */
export function fileReference({ fileType, filename }: { fileType: string; filename: string }, url: string): string {
  const label = lastSegment(filename) ?? "file";
  const address = new URL(url).href.replace(/[[\]|]/g, encodeURIComponent);
  return `[[file:${fileType.replace(BREAKING, "_")}|${label.replace(BREAKING, "_")}|${address}]]`;
}
