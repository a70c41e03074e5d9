import { randomUUID } from "node:crypto";
import { constants, copyFile, link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { isAlive, type ProcessIdentity, thisProcess } from "./process-identity.ts";

const holderSchema: v.GenericSchema<unknown, ProcessIdentity> = v.object({
  pid: v.number(),
  startTime: v.nullable(v.string()),
});

/** A folder that another process holds. */
export class FolderInUse extends Error {
  override name = "FolderInUse";
  readonly pid: number;

  constructor(pid: number) {
    super(`The folder is in use by process ${pid}.`);
    this.pid = pid;
  }
}

/**
 * One process at a time. Each holder makes the file of the next number, so that of several that find a dead one's only one
 * takes its place: a file is made once, and none of a living process is ever replaced.
 */
export class FolderLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws FolderInUse, and what the disk says */
  static async take(folder: string): Promise<FolderLock> {
    const draft = join(folder, `lock.${process.pid}.${randomUUID()}.part`);
    await writeFile(draft, JSON.stringify(thisProcess()), { mode: 0o600 });
    try {
      for (;;) {
        const last = await lastNumber(folder);
        const holder = last === 0 ? undefined : await readHolder(join(folder, `lock.${last}`));
        if (holder !== undefined && isAlive(holder)) throw new FolderInUse(holder.pid);
        const file = join(folder, `lock.${last + 1}`);
        if (!(await tryLink(draft, file))) continue;
        // what was free only because it was past is another's already
        if ((await lastNumber(folder)) === last + 1) {
          await removeOlder(folder, last + 1);
          await removeDeadDrafts(folder);
          return new FolderLock(file);
        }
        await rm(file, { force: true });
      }
    } finally {
      await rm(draft, { force: true });
    }
  }

  async release(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

async function numbers(folder: string): Promise<number[]> {
  return (await readdir(folder)).flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? []).map(Number);
}

async function lastNumber(folder: string): Promise<number> {
  return Math.max(0, ...(await numbers(folder)));
}

/** @returns undefined for a lock that is gone since it was listed, or damaged: nobody's */
async function readHolder(file: string): Promise<ProcessIdentity | undefined> {
  try {
    const parsed = v.safeParse(holderSchema, JSON.parse(await readFile(file, "utf8")));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** @returns false where the name is taken */
async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
  }
  // a file system that knows no links, such as exFAT
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

async function removeOlder(folder: string, number: number): Promise<void> {
  const older = (await numbers(folder)).filter((one) => one < number);
  await Promise.all(older.map((one) => rm(join(folder, `lock.${one}`), { force: true })));
}

/** Of processes that were killed while they took the folder. One that lives is about to link its own. */
async function removeDeadDrafts(folder: string): Promise<void> {
  const dead = (await readdir(folder)).filter((name) => {
    const pid = /^lock\.(\d+)\..*\.part$/.exec(name)?.[1];
    return pid !== undefined && !isAlive({ pid: Number(pid), startTime: null });
  });
  await Promise.all(dead.map((name) => rm(join(folder, name), { force: true })));
}
