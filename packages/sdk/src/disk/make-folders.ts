import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "./has-code.ts";

/**
 * Makes a folder and those above it, which are looked at only where one is missing: Deno may have no permission for them.
 * Node's own `recursive` never ends where a system says that a folder is not there and cannot be made, as `/proc` does.
 */
export async function makeFolders(path: string, mode?: number): Promise<void> {
  const above = dirname(path);
  try {
    await makeFolder(path, mode);
  } catch (error) {
    if (!hasCode(error, "ENOENT") || above === path) throw error;
    await makeFolders(above, mode);
    await makeFolder(path, mode);
  }
}

async function makeFolder(path: string, mode: number | undefined): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    if (hasCode(error, "EEXIST")) return;
    // Systems say other things of what is there, as of a drive, or where the disk can only be read.
    const isFolder = await stat(path).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (!isFolder) throw error;
  }
}
