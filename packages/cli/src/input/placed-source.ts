import { resolve } from "node:path";
import { usageError } from "../cli-error.ts";

/**
 * A path from the folder that the program runs in; an address as it is.
 * @throws CliError for an empty one, such as a variable of a shell that is not set
 */
export function placedSource(cwd: string, source: string): string {
  if (source.trim() === "") throw usageError("The path of a file is empty.", "It takes a path, or an address.");
  return /^(https?|data|file):/i.test(source) ? source : resolve(cwd, source);
}
