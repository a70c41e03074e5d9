import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { markupWords } from "../text/markup.ts";

/** As S3 and its like have it. Any other XML may be the file. */
const ERROR_DOCUMENT = /^\s*(?:<\?xml[^>]*\?>)?\s*<Error(?:\s[^>]*)?>\s*<Code>/i;
/** So far may its beginning reach. */
const MOST_CHARACTERS = 512;

/**
 * Looks at the parts of a file for what storage services put in its place where it is too late for another status, or where
 * a proxy has made a success of it: by its first bytes, since the type may still be that of the file.
 * @param label for the error
 * @returns what is to see each part before anybody else; it throws a ResponseShapeError
 */
export function errorDocumentWatch(label: string, status: number): (part: Uint8Array) => void {
  const decoder = new TextDecoder();
  let start: string | undefined = "";
  return (part) => {
    if (start === undefined) return;
    start += decoder.decode(part.subarray(0, MOST_CHARACTERS), { stream: true });
    if (ERROR_DOCUMENT.test(start)) {
      const message = `${label} answered ${status} with an error in place of the file: ${markupWords(start)}.`;
      throw new ResponseShapeError(message, { issues: [message], raw: undefined });
    }
    if (start.length >= MOST_CHARACTERS || !/^\s*(?:<|$)/.test(start)) start = undefined;
  };
}
