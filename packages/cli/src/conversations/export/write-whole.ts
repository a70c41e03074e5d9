import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CliError } from "../../cli-error.ts";

/** Writes a file under its name only when it is whole: who reads it, or is killed, never has half of it. */
export async function writeWhole(path: string, content: string, signal: AbortSignal): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  try {
    await writeFile(draft, content, { signal });
    signal.throwIfAborted();
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw signal.aborted ? signal.reason : diskError(path, error);
  }
}

/** What the disk says, as an error that ends the export: the next file would fare no better. */
export function diskError(path: string, cause: unknown): CliError {
  return new CliError(`Cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    code: "disk",
    hint: "What was exported before is whole. Once there is room, the same command with --update goes on.",
    cause,
  });
}
