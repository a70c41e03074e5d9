import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasCode } from "../../disk/has-code.ts";
import { makeFolders } from "../../disk/make-folders.ts";
import { linkedPath } from "./linked-path.ts";
import { draftName, removeOldDrafts } from "./old-drafts.ts";

const ATTEMPTS = 10;

/**
 * Writes a file that is there whole or not at all, and that its owner alone can read; of a link, what it leads to. The
 * folder is made. What writers that ended too soon have left of it goes.
 * @param isOurs by a file's name, whether its drafts are ours as well; default: this file's alone
 */
export async function replaceFile(path: string, text: string, isOurs?: (name: string) => boolean): Promise<void> {
  const target = await linkedPath(path);
  const folder = dirname(target);
  await makeFolders(folder, 0o700);
  await writeWhole(target, text);
  await removeOldDrafts(folder, isOurs ?? ((name) => name === basename(target)));
}

/** The same for a path that is to be a file itself, where the folder is there. */
export async function writeWhole(path: string, text: string): Promise<void> {
  for (let attempt = 1; !(await tryToReplace(path, text)); attempt++) {
    if (attempt === ATTEMPTS) throw new Error("What was written was removed before it had its name.");
  }
}

/** @returns false where another process took the draft for one that nobody writes any more */
async function tryToReplace(path: string, text: string): Promise<boolean> {
  const draft = join(dirname(path), draftName(basename(path)));
  try {
    await writeFile(draft, text, { mode: 0o600, flag: "wx", flush: true });
    return await renameOver(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Windows refuses to replace a file that another process has open at that moment, as its reader or virus scanner. */
async function renameOver(from: string, to: string): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return true;
    } catch (error) {
      if (hasCode(error, "ENOENT")) return false;
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await sleep(10 * attempt);
    }
  }
}

function isPassing(error: unknown): boolean {
  return hasCode(error, "EPERM") || hasCode(error, "EACCES") || hasCode(error, "EBUSY");
}
