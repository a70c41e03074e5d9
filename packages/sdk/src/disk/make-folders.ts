import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "./has-code.ts";

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where a system says that a folder is not there and
 * cannot be made, as `/proc` does.
 */
export async function makeFolders(path: string, mode?: number): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !(await isThere(at)); at = dirname(at)) missing.unshift(at);
  for (const folder of missing) {
    try {
      await mkdir(folder, mode);
    } catch (error) {
      // Another has made it meanwhile.
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT") && dirname(path) !== path) return false;
    throw error;
  }
}
