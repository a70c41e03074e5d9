import { join } from "node:path";
import process from "node:process";
import type { Disk } from "./disk.ts";
import { isOfFormerSelf, writerState } from "./writer-state.ts";

/**
 * For so long nothing may have been written, even where the writer seems to be gone: the process of another container or
 * machine, which shares the folder, is not to be seen here.
 */
const STILL_AFTER_MS = 3_600_000;
/** The same where a process of that number lives. */
const OLD_AFTER_MS = 24 * STILL_AFTER_MS;

/** `.4711.<UUID>.part`: the process that writes it is in its name. Without one it is of an earlier version. */
const PART = /^\.(?:(\d+)\.)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.part$/;

/** A name of its own for a file that is not whole yet. */
export function partName(): string {
  return `.${process.pid}.${crypto.randomUUID()}.part`;
}

/** Removes what was left of files by processes that were ended while they saved them. Never fails. */
export async function removeLeftParts(disk: Disk, folder: string): Promise<void> {
  const names = await disk.namesIn(folder).catch(() => []);
  for (const name of names) {
    const found = PART.exec(name);
    if (found === null) continue;
    const part = join(folder, name);
    try {
      const { isFile, changedAtMs } = await disk.stat(part);
      if (isFile && isLeft(found[1], changedAtMs)) await disk.remove(part);
    } catch {
      // Gone meanwhile, or not ours to remove.
    }
  }
}

function isLeft(pid: string | undefined, changedAtMs: number): boolean {
  const stillMs = Date.now() - changedAtMs;
  if (stillMs < STILL_AFTER_MS) return false;
  // Deno asks for a permission to look for a process.
  const writer = pid === undefined || "Deno" in globalThis ? "unknown" : writerState(Number(pid));
  if (writer === "self") return isOfFormerSelf(changedAtMs);
  return writer === "gone" || stillMs > OLD_AFTER_MS;
}
