/** How a prompt names a file: `[[file:txt|notes.txt|https://…]]`. */
const REFERENCE = /\[\[file:([^|\]]*)\|([^|\]]*)\|([^\]]*)\]\]/g;

export interface FileReference {
  name: string;
  url: string;
}

/** A prompt in two: the words, and the files that it names. */
export function readReferences(prompt: string): { words: string; files: FileReference[] } {
  const files = [...prompt.matchAll(REFERENCE)].map(([, , name = "", url = ""]) => ({ name, url }));
  return { words: prompt.replace(REFERENCE, "").trim(), files };
}
