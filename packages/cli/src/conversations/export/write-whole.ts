import { CliError } from "../../cli-error.ts";
import { diskWords } from "../../disk/disk-words.ts";
import { writeWhole as writeWholeFile } from "../../disk/write-whole.ts";

/** A file of an export. @throws CliError; the reason of the signal */
export async function writeWhole(path: string, content: string, signal: AbortSignal): Promise<void> {
  try {
    await writeWholeFile(path, content, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : diskError(path, error);
  }
}

/** What the disk says, as an error that ends the export: the next file would fare no better. */
export function diskError(path: string, cause: unknown): CliError {
  return new CliError(`Cannot write ${path}: ${diskWords(cause)}.`, {
    code: "disk",
    hint: "What was exported before is whole. Once there is room, the same command with --update goes on.",
    cause,
  });
}
