/** A text without its references to files, and where these point. */
export interface References {
  text: string;
  urls: string[];
}

// A label is a file's name, so brackets may stand in it; what follows the last bar, up to the brackets, is the address.
const fileReference = /^[^|\n]*\|[^\n]*?\|([^|\]\s]+)\]\]/;

// A pair of parentheses is part of the address: encodeURIComponent leaves them as they are.
const picture = /^[^\n]*?\]\(((?:[^\s()]|\([^\s()]*\))+)\)/;

/** Looks at each opening once, so that a text that is full of openings without ends takes no longer than another one. */
function takeOut(text: string, opening: string, reference: RegExp, urls: string[]): string {
  const [before = "", ...pieces] = text.split(opening);
  return pieces.reduce((kept, piece) => {
    const match = reference.exec(piece);
    if (match === null) return kept + opening + piece;
    urls.push(match[1] ?? "");
    return kept + piece.slice(match[0].length);
  }, before);
}

/** Takes `[[file:type|name|url]]` and Markdown pictures out of a text. */
export function takeReferences(text: string): References {
  const urls: string[] = [];
  const withoutFiles = takeOut(text, "[[file:", fileReference, urls);
  const rest = takeOut(withoutFiles, "![", picture, urls);
  return { text: rest.trim(), urls };
}
