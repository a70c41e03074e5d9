import { detail } from "./detail.ts";

/** So far is looked for what a document says of itself. */
const LONGEST = 16_384;

/** Whether an answer is HTML or XML where something else was expected. */
export function isMarkup(text: string): boolean {
  return text.slice(0, LONGEST).trimStart().startsWith("<");
}

/** What a document is, and what it says of itself: the title of a page, the words of a storage service's error. */
export function markupWords(text: string): string {
  const document = text.slice(0, LONGEST);
  const said = [elementOf(document, "Code"), elementOf(document, "Message")].filter((words) => words !== "");
  if (/<Error[\s>]/.test(document) && said.length > 0) return detail(said.join(": "));
  const title = detail(elementOf(document, "title"));
  const kind = markupKind(document);
  return title === "" || kind !== "an HTML page" ? kind : `${kind} ("${title}")`;
}

/** What a document is, and none of its words. */
export function markupKind(text: string): string {
  const isPage = /<(!doctype html|html|head|body|title|h1)\b/i.test(text.slice(0, LONGEST));
  return isPage ? "an HTML page" : "an XML document";
}

/** The text of an element, without what lies in it: an HTML page is not parsed for its title. */
function elementOf(document: string, name: string): string {
  const words = new RegExp(`<${name}(?: [^<>]{0,200})?>([^<]{1,1000})<`, "i").exec(document)?.[1] ?? "";
  return words.replace(/\s+/g, " ").trim();
}
