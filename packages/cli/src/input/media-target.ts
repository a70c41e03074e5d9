import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { diskCode, diskWords } from "../disk/disk-words.ts";

export interface SaveFlags {
  output?: string;
  force?: boolean;
  open?: boolean;
  preview: boolean;
}

/** Where a picture or clip goes. */
export type MediaTarget =
  | { kind: "stdout" }
  /** The file is named by the service. */
  | { kind: "folder"; path: string; overwrite: boolean }
  | { kind: "file"; path: string; overwrite: boolean };

/**
 * What `--output` means, looked at before anything is paid for: a place that cannot be written is found now, not when the
 * result is there.
 * @throws CliError
 */
export async function mediaTarget(context: Context, flags: SaveFlags): Promise<MediaTarget> {
  const { shell, output } = context;
  const { output: given = "." } = flags;
  if (given === "") throw usageError("--output is empty.", "It takes a file, a folder, or - for stdout.");
  if (given === "-") {
    if (output.isJson) throw usageError("--output - and --json both want stdout.", "Leave one of them out.");
    if (flags.open) throw usageError("--open needs a file, and --output - makes none.");
    if (!output.isTerminal) return { kind: "stdout" };
    throw usageError(
      "--output - would write the file's bytes to this terminal.",
      "Send them on: … | program, or > file",
    );
  }
  const path = resolve(shell.cwd, given);
  const overwrite = flags.force ?? false;
  const found = await stat(path).catch(missing);
  if (found?.isDirectory()) {
    await requireWritable(path);
    return { kind: "folder", path, overwrite };
  }
  if (found !== undefined) {
    if (extname(path) === "")
      throw usageError(
        `${path} is a file without an extension.`,
        "--output takes a folder, or a file such as out.png.",
      );
    if (!overwrite) throw usageError(`${path} is there already.`, "Give another name, or --force to replace it.");
  }
  await requireWritable(await nearestFolder(dirname(path)));
  const isFile = extname(path) !== "" && !/[/\\]$/.test(given);
  return { kind: isFile ? "file" : "folder", path, overwrite };
}

/** The first folder above that exists; what is missing below it is made when there is something to save. */
async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(missing);
  if (found === undefined && dirname(path) !== path) return nearestFolder(dirname(path));
  if (found?.isDirectory()) return path;
  throw usageError(`${path} is no folder, so nothing can be saved in it.`, "Give another place by --output.");
}

async function requireWritable(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK);
  } catch {
    throw usageError(`The folder ${folder} cannot be written.`, "Give another place by --output.");
  }
}

/** Of a path that leads nowhere, or through a file, nothing is known. */
function missing(error: unknown): undefined {
  const code = diskCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw usageError(`The place to save to cannot be looked at: ${diskWords(error)}.`);
}
