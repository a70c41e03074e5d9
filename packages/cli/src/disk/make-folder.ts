import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { diskCode } from "./disk-words.ts";

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where the system says that a folder is not there
 * and cannot be made, as `/proc` does.
 * @throws what the disk says
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await makeOne(path, mode);
  } catch (error) {
    const above = dirname(path);
    if (diskCode(error) !== "ENOENT" || above === path) throw error;
    await makeFolder(above, mode);
    await makeOne(path, mode);
  }
}

async function makeOne(path: string, mode: number | undefined): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    // systems say other things than EEXIST of a drive, or where the disk can only be read
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) return;
    // a file in the place of the folder
    throw diskCode(error) === "EEXIST" ? Object.assign(new Error(`${path} is no folder`), { code: "ENOTDIR" }) : error;
  }
}
