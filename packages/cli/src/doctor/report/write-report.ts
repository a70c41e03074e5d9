import { access, constants, open, readdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CliError, usageError } from "../../cli-error.ts";
import { diskCode, diskWords } from "../../disk/disk-words.ts";
import { writeWhole } from "../../disk/write-whole.ts";

const FIRST_LINE = "# flowith doctor";

/**
 * Looks before anything is tried whether a report can go there: a report of before is replaced, any other file is not.
 * @throws CliError
 */
export async function checkReportFile(file: string): Promise<void> {
  const refusal = (error: unknown): CliError => usageError(`Cannot write a report to ${file}: ${diskWords(error)}.`);
  const found = await stat(file).catch((error: unknown) => {
    if (diskCode(error) === "ENOENT") return undefined;
    throw refusal(error);
  });
  try {
    if (found === undefined) await checkNearestFolder(dirname(file));
    // a device has no end, and holds nothing
    else if (found.isDirectory()) throw usageError(`Cannot write a report to ${file}: it is a folder.`);
    else if (!found.isFile()) await access(file, constants.W_OK);
    else if (found.size === 0 || (await beginsAsReport(file))) return;
    else throw usageError(`${file} is there, and is no report of this program.`, "Name another file.");
  } catch (error) {
    throw error instanceof CliError ? error : refusal(error);
  }
}

/** What is missing below it is made when there is something to write. */
async function checkNearestFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (diskCode(error) === "ENOENT" && dirname(folder) !== folder) return undefined;
    throw error;
  });
  if (found === undefined) return checkNearestFolder(dirname(folder));
  await access(folder, constants.W_OK);
}

async function beginsAsReport(file: string): Promise<boolean> {
  await using handle = await open(file, "r");
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(FIRST_LINE.length));
  return buffer.toString("utf8", 0, bytesRead) === FIRST_LINE;
}

/** @throws CliError where a recording would be mixed with other files */
export async function checkRecordFolder(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length === 0) return;
  } catch (error) {
    if (diskCode(error) === "ENOENT") return;
    throw usageError(`Cannot keep a recording in ${folder}: ${diskWords(error)}.`);
  }
  throw usageError(`${folder} is not empty.`, "Name a new folder.");
}

/** Writes the whole report, or leaves what was there. @throws CliError */
export async function writeReport(file: string, content: string): Promise<void> {
  try {
    await writeWhole(file, content);
  } catch (cause) {
    throw new CliError(`Cannot write the report to ${file}: ${diskWords(cause)}.`, { code: "file_save", cause });
  }
}
