import { type FileHandle, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type KeyEntry, keyFileText, parseKeyFile } from "./key-file-schema.ts";

/** @returns undefined where there is no file yet. @throws Error for a file that cannot be read, or is no file of keys */
export async function readKeyFile(path: string): Promise<KeyEntry[] | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new Error(`The keys in ${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return parseKeyFile(text, path);
}

/**
 * Puts other keys in the place of a file's, as a whole and for its owner alone. One process at a time: a second one that read
 * before the first had written would bring a revoked key back.
 * @throws Error where somebody else has changed it for seconds, or it cannot be written
 */
export async function changeKeyFile(path: string, change: (keys: KeyEntry[]) => KeyEntry[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const lockPath = `${path}.lock`;
  const lock = await openLock(path, lockPath);
  try {
    // The lock becomes the file: nobody ever reads half of one.
    await lock.writeFile(keyFileText(change((await readKeyFile(path)) ?? [])));
    await lock.sync();
    await lock.close();
    await rename(lockPath, path);
  } catch (error) {
    await lock.close().catch(() => undefined);
    await rm(lockPath, { force: true });
    throw error;
  }
}

/** A change takes milliseconds: whoever holds the lock for this long is no command any more. */
const LOCK_LIMIT_MS = 5_000;
const RETRY_MS = 20;

async function openLock(path: string, lockPath: string): Promise<FileHandle> {
  const endsAt = performance.now() + LOCK_LIMIT_MS;
  for (;;) {
    try {
      return await open(lockPath, "wx", 0o600);
    } catch (error) {
      if (codeOf(error) !== "EEXIST") {
        throw new Error(`The keys in ${path} cannot be changed: ${messageOf(error)}`, { cause: error });
      }
    }
    if (performance.now() > endsAt) {
      throw new Error(`Another command is changing ${path}. If none is, a killed one has left ${lockPath}: remove it.`);
    }
    await delay(RETRY_MS);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
