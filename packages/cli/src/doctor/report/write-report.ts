import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CliError, usageError } from "../../cli-error.ts";

const FIRST_LINE = "# flowith doctor";

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

/**
 * Looks before anything is tried whether a report can go there: a report of before is replaced, any other file is not.
 * @throws CliError
 */
export async function checkReportFile(file: string): Promise<void> {
  try {
    const content = await readFile(file, "utf8");
    if (content === "" || content.startsWith(FIRST_LINE)) return;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw usageError(`Cannot write a report to ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw usageError(`${file} is there, and is no report of this program.`, "Name another file.");
}

/** @throws CliError where a recording would be mixed with other files */
export async function checkRecordFolder(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length > 0) throw usageError(`${folder} is not empty.`, "Name a new folder.");
  } catch (error) {
    if (error instanceof CliError || codeOf(error) !== "ENOENT") throw error;
  }
}

/** Writes the whole report, or leaves what was there. @throws CliError */
export async function writeReport(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, content);
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`Cannot write the report to ${file}: ${why}`, { code: "file_save", cause });
  }
}
