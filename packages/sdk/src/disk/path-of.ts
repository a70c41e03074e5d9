import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InvalidArgumentError } from "@flowith-webapi/core";
import { excerpt } from "@flowith-webapi/core/http";

/**
 * The path that a caller names: as it is, or by a `file:` URL.
 * @param verb for messages
 * @throws InvalidArgumentError for any other URL, and for what no path can be
 */
export function pathOf(verb: string, given: string): string {
  const path = /^file:/i.test(given) ? pathOfUrl(verb, given) : given;
  if (isUrl(path)) {
    throw new InvalidArgumentError(`${verb}: "${excerpt(path)}" is no path. Here it must be a path or a file: URL.`);
  }
  if (path.includes("\0")) throw new InvalidArgumentError(`${verb}: "${excerpt(path)}" has a NUL in it.`);
  return path;
}

/** A path from the folder that the process is in now. What is none, and an empty one, stays to be refused. */
export function placedPath(given: string): string {
  return given === "" || /^file:/i.test(given) || isUrl(given) ? given : resolve(given);
}

/** Windows has drives of one letter. */
function isUrl(text: string): boolean {
  return /^(https?|data|blob):|^[a-z][a-z\d+.-]+:\/\//i.test(text);
}

function pathOfUrl(verb: string, url: string): string {
  const path = fileUrlPath(url);
  // Of a broken escape, Bun makes no path at all, which would be the working folder.
  if (path) return path;
  throw new InvalidArgumentError(
    `${verb}: the file: URL "${excerpt(url)}" names no path here: it has a host, an encoded slash or a broken escape.`,
  );
}

function fileUrlPath(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    // The error itself shows all of the URL.
    return undefined;
  }
}
