import { constants } from "node:fs";
import { open, realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { mimeTypeOf } from "flowith-webapi";
import { diskWords } from "../../disk/disk-words.ts";
import { McpToolError } from "../results/mcp-error.ts";

/**
 * A file by its path or `file:` URL, read whole. Links and `..` are resolved before it is looked at where it is, and what was
 * opened has to be what was looked at.
 * @param roots real paths
 * @throws McpToolError for what is outside, is no file or is too large
 */
export async function openInside(roots: readonly string[], said: string, maxBytes: number): Promise<File> {
  const [first] = roots;
  if (first === undefined)
    throw new McpToolError(
      "no_roots",
      "No files may be uploaded: the client names no roots, and the server was started without --root.",
      "Ask the user to restart the server with --root <folder>. What is on the web can be given by its URL.",
    );
  const isAllowed = (path: string): boolean => roots.some((root) => isInside(root, path));
  const named = pathOf(first, said);
  const path = await realPath(named).catch((error: unknown) => {
    // of what is outside, not even that it is not there
    if (isAllowed(named)) throw error;
    return named;
  });
  if (!isAllowed(path))
    throw new McpToolError(
      "outside_roots",
      `${said} is outside of the folders whose files may be uploaded.`,
      `They are: ${roots.join(", ")}. Give a file in one of them, or ask the user to move it there.`,
    );
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch(
    (error: unknown) => {
      throw unreadable(said, error);
    },
  );
  try {
    const found = await file.stat();
    const looked = await stat(await realPath(path));
    if (found.ino !== looked.ino || found.dev !== looked.dev)
      throw unreadable(said, new Error("it has just been moved"));
    if (!found.isFile()) throw unreadable(said, new Error("it is no file"));
    if (found.size > maxBytes) throw tooLarge(said, found.size, maxBytes);
    const bytes = await file.readFile();
    if (bytes.byteLength > maxBytes) throw tooLarge(said, bytes.byteLength, maxBytes);
    return new File([bytes], basename(path), { type: mimeTypeOf(path) ?? "" });
  } finally {
    await file.close();
  }
}

function pathOf(root: string, said: string): string {
  if (!/^file:/i.test(said)) return resolve(root, said);
  try {
    return fileURLToPath(said);
  } catch {
    throw unreadable(said, new Error("it is no address of a file here"));
  }
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function unreadable(said: string, error: unknown): McpToolError {
  return new McpToolError("unreadable", `${said} cannot be read: ${diskWords(error)}.`, "Give another path.");
}

function tooLarge(said: string, size: number, maxBytes: number): McpToolError {
  const message = `${said} has ${size} bytes, and the service takes files up to ${maxBytes}.`;
  return new McpToolError("too_large", message, "Give a smaller file.");
}
