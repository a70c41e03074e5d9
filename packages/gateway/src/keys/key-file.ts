import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type KeyEntry, keyFileText, parseKeyFile } from "./key-file-schema.ts";

/** @returns none where there is no file yet. @throws Error for a file that cannot be read, or is no file of keys */
export async function readKeyFile(path: string): Promise<KeyEntry[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw new Error(`The keys in ${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return parseKeyFile(text, path);
}

/**
 * Puts other keys in the place of a file's, as a whole and for its owner alone. One process at a time: a second one that read
 * before the first had written would bring a revoked key back.
 * @throws Error where somebody else changes it, or it cannot be written
 */
export async function changeKeyFile(path: string, change: (keys: KeyEntry[]) => KeyEntry[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const lockPath = `${path}.lock`;
  const lock = await open(lockPath, "wx", 0o600).catch((error: unknown) => {
    if (codeOf(error) !== "EEXIST") {
      throw new Error(`The keys in ${path} cannot be changed: ${messageOf(error)}`, { cause: error });
    }
    throw new Error(`Another command is changing ${path}. If none is, a killed one has left ${lockPath}: remove it.`);
  });
  try {
    // The lock becomes the file: nobody ever reads half of one.
    await lock.writeFile(keyFileText(change(await readKeyFile(path))));
    await lock.sync();
    await lock.close();
    await rename(lockPath, path);
  } catch (error) {
    await lock.close().catch(() => undefined);
    await rm(lockPath, { force: true });
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
