import { randomUUID } from "node:crypto";
import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "./make-folder.ts";

interface WriteOptions {
  /** Of the file. Default: that of the file that is replaced, else the system's. */
  mode?: number | undefined;
  /** Of folders that are made. */
  folderMode?: number | undefined;
  /** Refuses a name that is taken (EEXIST). */
  isNew?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Writes a file under its name only when it is whole: who reads it, or is killed, never has half of it. Folders that are
 * missing are made. A device such as `/dev/stdout` is written to, and never replaced; of a link, what it leads to is.
 * @throws what the disk says; the reason of the signal
 */
export async function writeWhole(path: string, content: string, options: WriteOptions = {}): Promise<void> {
  const { signal, folderMode, isNew = false } = options;
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  if (!isNew && found !== undefined && !found.isFile() && !found.isDirectory()) {
    await writeFile(target, content, { signal });
    return;
  }
  if (!isNew && found?.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR" });
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  await makeFolder(dirname(target), folderMode);
  // the name is held by an empty file meanwhile: one that comes in between is not replaced
  if (isNew) await writeFile(path, "", { flag: "wx" });
  try {
    await writeFile(draft, content, { signal, flag: "wx", mode: options.mode ?? found?.mode });
    signal?.throwIfAborted();
    await rename(draft, target);
  } catch (error) {
    await Promise.allSettled([draft, ...(isNew ? [path] : [])].map((one) => rm(one, { force: true })));
    throw signal?.aborted ? signal.reason : error;
  }
}
