import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { isOfFormerSelf, writerState } from "../../disk/writer-state.ts";

/** Where nobody can tell whether its writer lives: of a machine that shares the disk, or in Deno without a permission. */
const OLD_AFTER_MS = 60_000;

/** `.session.json.4711.<UUID>.tmp`: the process that writes it is in its name. Without one it is of an earlier version. */
const DRAFT = /^\.(.+?)(?:\.(\d+))?\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/;

/** A name of its own for what is being written, and is to get this name. */
export function draftName(name: string): string {
  return `.${name}.${process.pid}.${crypto.randomUUID()}.tmp`;
}

/**
 * Removes what writers have left that were ended while they wrote: it may hold tokens. Never fails, and never takes what a
 * process of this machine is writing.
 * @param isOurs by the name that the draft was to get
 */
export async function removeOldDrafts(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, target = "", pid] = DRAFT.exec(name) ?? [];
    if (target === "" || !isOurs(target)) continue;
    const draft = join(folder, name);
    try {
      if (await isOld(draft, pid)) await rm(draft, { force: true });
    } catch {
      // Gone meanwhile, or not ours to remove.
    }
  }
}

async function isOld(draft: string, pid: string | undefined): Promise<boolean> {
  const writer = pid === undefined ? "unknown" : writerState(Number(pid));
  if (writer === "gone") return true;
  const { mtimeMs } = await stat(draft);
  return writer === "self" ? isOfFormerSelf(mtimeMs) : mtimeMs < Date.now() - OLD_AFTER_MS;
}
