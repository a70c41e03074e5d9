import { parse, postprocess, preprocess } from "micromark";

/**
 * Somebody's Markdown as a part of a document: no HTML in it is HTML there, and a fence that it leaves open is closed,
 * which would swallow all that follows. What stands in code stays as it is.
 */
export function safeMarkdown(given: string): string {
  // a byte order mark has no place in what offsets count
  const text = given.replace(/^\ufeff/, "");
  const events = postprocess(
    parse()
      .document()
      .write(preprocess()(text, undefined, true)),
  );
  const openings = new Set<number>();
  let containers = 0;
  let fences: string[] = [];
  let isOpen = false;
  for (const [kind, token, context] of events) {
    if (CONTAINERS.has(token.type)) containers += kind === "enter" ? 1 : -1;
    if (kind === "enter" && (token.type === "htmlFlow" || token.type === "htmlText")) {
      for (let at = token.start.offset; at < token.end.offset; at++) if (text[at] === "<") openings.add(at);
    }
    if (kind === "enter" && token.type === "codeFenced") fences = [];
    if (kind === "enter" && token.type === "codeFencedFenceSequence") fences.push(context.sliceSerialize(token));
    if (kind === "exit" && token.type === "codeFenced") isOpen = containers === 0 && fences.length === 1;
  }
  const safe = [...indexed(text)].map(([at, character]) => (openings.has(at) ? "&lt;" : character)).join("");
  // An open one goes on to the end, so that only the last one can be open.
  return isOpen ? `${safe.replace(/\n$/, "")}\n${fences[0] ?? "```"}` : safe;
}

const CONTAINERS: ReadonlySet<string> = new Set(["blockQuote", "listOrdered", "listUnordered"]);

/** By UTF-16 units, which offsets are in. */
function* indexed(text: string): Generator<[number, string], undefined> {
  for (let at = 0; at < text.length; at++) yield [at, text.charAt(at)];
  return undefined;
}

/** A name or title in a line of Markdown, as the characters that it has. */
export function escapedMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~!&]/g, "\\$&");
}
