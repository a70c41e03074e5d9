import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { excerpt } from "../text/excerpt.ts";

/** A URL as a source of a file: where it is, and which way leads there. */
export interface SourceUrl {
  scheme: "http" | "data" | "blob" | "file";
  href: string;
}

/**
 * A URL object, or a string that begins as a URL does; any other string is a path.
 * @param label what it is read for, for errors
 * @throws InvalidArgumentError for half a URL, and for one of a scheme that no file is read by
 */
export function sourceUrl(source: unknown, label: string): SourceUrl | undefined {
  const isObject = isUrl(source);
  const text = isObject ? source.href : source;
  if (typeof text !== "string") return undefined;
  // Not parsed: it may be large.
  if (/^data:/i.test(text)) return { scheme: "data", href: text };
  if (/^(https?|blob|file):/i.test(text)) {
    if (!URL.canParse(text)) throw new InvalidArgumentError(`${label}: "${excerpt(text)}" is no URL.`);
    const { protocol, href } = new URL(text);
    return { scheme: protocol === "blob:" ? "blob" : protocol === "file:" ? "file" : "http", href };
  }
  // Windows has drives of one letter.
  if (!isObject && !/^[a-z][a-z\d+.-]+:\/\//i.test(text)) return undefined;
  throw new InvalidArgumentError(`${label}: "${excerpt(text)}" is a URL of a kind that no file is read from here.`);
}

/** The address of a source that lies on a web server. @throws InvalidArgumentError as {@link sourceUrl} */
export function httpUrl(source: unknown, label: string): string | undefined {
  const url = sourceUrl(source, label);
  return url?.scheme === "http" ? url.href : undefined;
}

/**
 * Whether it is a URL object, of any realm: one of jsdom or of an iframe is no instance of ours. It is known by its tag,
 * which nothing has that was parsed from a stranger's words.
 * @example
 * const isOne = isUrl(new URL("https://flowith.io")); // true
 */
export function isUrl(source: unknown): source is URL {
  return (
    Object.prototype.toString.call(source) === "[object URL]" &&
    typeof source === "object" &&
    source !== null &&
    "href" in source &&
    typeof source.href === "string"
  );
}
