import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasCode } from "../../disk/has-code.ts";

const ATTEMPTS = 10;

/** Writes a file that is there whole or not at all, and that its owner alone can read. The folder is made. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${basename(path)}.${crypto.randomUUID()}.tmp`);
  try {
    await writeFile(draft, text, { mode: 0o600, flag: "wx", flush: true });
    await renameOver(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Windows refuses to replace a file that another process has open at that moment, as its reader or virus scanner. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await sleep(10 * attempt);
    }
  }
}

function isPassing(error: unknown): boolean {
  return hasCode(error, "EPERM") || hasCode(error, "EACCES") || hasCode(error, "EBUSY");
}
