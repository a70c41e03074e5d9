import { detail } from "./detail.ts";

/** So far is looked for what a document says of itself. */
const LONGEST = 16_384;

const page = /<(!doctype html|html|head|body|title|h1)\b/i;

/** Whether an answer is HTML or XML where something else was expected. A text may begin with `<` too: Go prints `<nil>`. */
export function isMarkup(text: string): boolean {
  const document = text.slice(0, LONGEST).trimStart();
  return /^<[a-z!?]/i.test(document) && (page.test(document) || /^<[!?]|<\/[a-z]|\/>/i.test(document));
}

/** What a document is, and what it says of itself: the title of a page, the words of a storage service's error. */
export function markupWords(text: string): string {
  const document = text.slice(0, LONGEST);
  const said = [elementOf(document, "Code"), elementOf(document, "Message")].filter((words) => words !== "");
  if (/<Error[\s>]/i.test(document) && said.length > 0) return detail(said.join(": "));
  const title = detail(elementOf(document, "title"));
  const kind = markupKind(document);
  return title === "" || kind !== "an HTML page" ? kind : `${kind} ("${title}")`;
}

/** What a document is, and none of its words. */
export function markupKind(text: string): string {
  return page.test(text.slice(0, LONGEST)) ? "an HTML page" : "an XML document";
}

/** The text of an element, without what lies in it: an HTML page is not parsed for its title. */
function elementOf(document: string, name: string): string {
  const content = "(?:<!\\[CDATA\\[(.{1,1000}?)\\]\\]>|([^<]{1,1000})<)";
  const [, quoted, plain] = new RegExp(`<${name}(?: [^<>]{0,200})?>${content}`, "is").exec(document) ?? [];
  return (quoted ?? plain ?? "").replace(/\s+/g, " ").trim();
}
