/** Reads the `filename` of a `Content-Disposition` header, in its extended form too; no text where it has none. */
export type DispositionReader = (header: string) => unknown;

/** Extensions that begin with a digit, which else belongs to a date or a version. */
const WITH_DIGIT = "7z|3gp|3g2|3gpp|3mf|3ds";
const EXTENSION = new RegExp(`[^/\\\\.](\\.(?:[a-z][a-z0-9]{0,9}|${WITH_DIGIT}))$`, "i");

/**
 * A file name without its extension, and that: `flux 1.1` and `2026.09.30` have none, since one begins with a letter.
 * @example
 * const { stem, extension } = splitExtension("picture.png"); // "picture" and ".png"
 */
export function splitExtension(name: string): { stem: string; extension: string | undefined } {
  const extension = EXTENSION.exec(name)?.[1];
  return { stem: extension === undefined ? name : name.slice(0, -extension.length), extension };
}

/** What stands behind the last slash of a path, of whichever system; undefined where that names nothing. */
export function lastSegment(path: string): string | undefined {
  const last = path.split(/[/\\]/).pop() ?? "";
  return /^[.\s]*$/.test(last) ? undefined : last;
}

/**
 * What a file host calls a file: by its `Content-Disposition`, else by the last part of the address. It is one segment of a
 * path, but may hold what a file system refuses.
 *
 * @param readDisposition without it, headers are not looked at
 * @example
 * const headers = new Headers();
 * const name = nameOfDownload({ url: "https://files.example/cat%201.png?id=7", headers }, undefined); // "cat 1.png"
 */
export function nameOfDownload(
  { url, headers }: { url: string; headers: Headers },
  readDisposition: DispositionReader | undefined,
): string | undefined {
  return nameInHeader(headers, readDisposition) ?? nameInUrl(url);
}

function nameInHeader(headers: Headers, readDisposition: DispositionReader | undefined): string | undefined {
  const value = headers.get("content-disposition");
  const filename = value === null ? undefined : readDisposition?.(value);
  return typeof filename === "string" ? lastSegment(decoded(utf8(filename))) : undefined;
}

/** Headers are read as Latin-1, but many hosts write their names in UTF-8, which hardly ever makes sense as the other. */
function utf8(text: string): string {
  if (!/^[\0-\xff]*$/.test(text)) return text;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  } catch {
    return text;
  }
}

function nameInUrl(url: string): string | undefined {
  const segment = URL.canParse(url) ? (new URL(url).pathname.split("/").pop() ?? "") : "";
  return lastSegment(decoded(segment));
}

/** As in a URL; names in headers are often written so as well, and browsers read them so. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
