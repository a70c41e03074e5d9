import { randomUUID } from "node:crypto";
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { isAlive, thisProcess } from "./process-identity.ts";

/** Who holds, or last held, a folder. */
export interface LockHolder {
  pid: number;
  startTime: string | null;
  /** ISO 8601 */
  since: string;
  url: string | null;
  isReleased: boolean;
}

export interface FolderLock {
  /** Who held the folder before. */
  previous: LockHolder | undefined;
  /** Lets others know where the holder is reached. */
  announce(url: string): void;
  release(): void;
}

const holderSchema: v.GenericSchema<unknown, LockHolder> = v.object({
  pid: v.number(),
  startTime: v.nullable(v.string()),
  since: v.string(),
  url: v.nullable(v.string()),
  isReleased: v.boolean(),
});

export class FolderInUseError extends Error {
  override name = "FolderInUseError";
  readonly holder: LockHolder;

  constructor(folder: string, holder: LockHolder) {
    const where = holder.url === null ? "" : `, which serves ${holder.url}`;
    super(`${folder} is in use by process ${holder.pid}${where}. Stop that process or choose another folder.`);
    this.holder = holder;
  }
}

const fileName = (generation: number): string => `lock.${generation}`;

function generations(folder: string): number[] {
  const found = readdirSync(folder).flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? []);
  return found.map(Number).sort((first, second) => second - first);
}

function readHolder(folder: string, generation: number): LockHolder | undefined {
  try {
    const text = readFileSync(join(folder, fileName(generation)), "utf8");
    const parsed = v.safeParse(holderSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // gone since it was listed, so there is a newer one; or damaged, and then nobody's
    return undefined;
  }
}

const holds = (holder: LockHolder | undefined): holder is LockHolder =>
  holder !== undefined && !holder.isReleased && isAlive(holder);

/** Who holds the folder now. */
export function currentHolder(folder: string): LockHolder | undefined {
  const newest = generations(folder)[0];
  const holder = newest === undefined ? undefined : readHolder(folder, newest);
  return holds(holder) ? holder : undefined;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

/** A file that appears whole, or not at all when there is one of its name. */
function create(folder: string, generation: number, holder: LockHolder): boolean {
  const draft = join(folder, `lock-draft.${randomUUID()}`);
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, join(folder, fileName(generation)));
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

function replace(folder: string, generation: number, holder: LockHolder): void {
  const draft = join(folder, `lock-draft.${randomUUID()}`);
  try {
    writeFileSync(draft, JSON.stringify(holder));
    renameSync(draft, join(folder, fileName(generation)));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Who ends because the disk is full, or gone, has to come to an end all the same. */
function release(folder: string, generation: number, holder: LockHolder): void {
  try {
    replace(folder, generation, { ...holder, isReleased: true });
  } catch {
    try {
      // an empty lock is nobody's, and takes no room
      truncateSync(join(folder, fileName(generation)));
    } catch {
      // without a folder there is nothing to be let go of
    }
  }
}

/**
 * Holds a folder for this process. Locks are numbered and the highest number counts, so a dead holder's lock is never
 * removed by those who want the folder: they go one higher, and only one of them can create that file. Numbers only
 * grow, and who finds a higher one after creating its own was late.
 * @throws FolderInUseError
 */
export function lockFolder(folder: string, name: string = folder): FolderLock {
  for (;;) {
    const newest = generations(folder)[0];
    const previous = newest === undefined ? undefined : readHolder(folder, newest);
    if (holds(previous)) throw new FolderInUseError(name, previous);
    const mine = (newest ?? 0) + 1;
    const holder: LockHolder = { ...thisProcess(), since: new Date().toISOString(), url: null, isReleased: false };
    if (!create(folder, mine, holder)) continue;
    if (generations(folder)[0] !== mine) {
      rmSync(join(folder, fileName(mine)), { force: true });
      continue;
    }
    for (const old of generations(folder)) if (old < mine) rmSync(join(folder, fileName(old)), { force: true });
    return {
      previous,
      announce(url) {
        holder.url = url;
        replace(folder, mine, holder);
      },
      // the file stays, so that numbers go on growing
      release: () => release(folder, mine, holder),
    };
  }
}
