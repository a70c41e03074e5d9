import { resolve } from "node:path";

/** A path from the folder that the program runs in; an address as it is. */
export function placedSource(cwd: string, source: string): string {
  return /^(https?|data|file):/i.test(source) ? source : resolve(cwd, source);
}
