import { mkdir, readFile, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CliError } from "../cli-error.ts";
import { diskCode, diskWords } from "../disk/disk-words.ts";
import { makeFolder } from "../disk/make-folder.ts";
import { writeWhole } from "../disk/write-whole.ts";
import { ExitCode } from "../exit-codes.ts";
import { type Config, parsedConfig } from "./config-schema.ts";

const pathOf = (folder: string): string => join(folder, "config.json");

/** @throws CliError for a file that cannot be read, or does not hold settings */
export async function readConfig(folder: string): Promise<Config> {
  const path = pathOf(folder);
  let content: string;
  try {
    content = await readFile(path, "utf8");
  } catch (error) {
    if (diskCode(error) === "ENOENT") return {};
    if (diskCode(error) === "ENOTDIR") throw noFolder(folder, error);
    throw unusable(`Cannot read the settings in ${path}: ${diskWords(error)}.`, "Look at the file.", error);
  }
  let value: unknown;
  try {
    value = JSON.parse(content.replace(/^\ufeff/, ""));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw unusable(`The settings in ${path} are no JSON: ${why}`, MEND, error);
  }
  const parsed = parsedConfig(value);
  if ("config" in parsed) return parsed.config;
  const [first = "", ...others] = parsed.problems;
  const message =
    others.length === 0
      ? `In the settings in ${path}, ${first}`
      : `The settings in ${path} cannot be used:\n${parsed.problems.map((one) => `  ${one}`).join("\n")}`;
  throw unusable(message, MEND);
}

const MEND = "Mend the file, or delete it.";

function unusable(message: string, hint: string, cause?: unknown): CliError {
  return new CliError(message, { exitCode: ExitCode.Usage, code: "config", hint, cause });
}

function noFolder(folder: string, cause: unknown): CliError {
  const message = `The settings cannot be kept in ${folder}: a part of the path is a file, and no folder.`;
  return unusable(message, "FLOWITH_HOME names the folder for all that this program keeps.", cause);
}

/** Changes the file as a whole, or leaves it as it was. Programs that change it at once come one after the other. */
export async function changeConfig(folder: string, change: (config: Config) => Config): Promise<void> {
  const path = pathOf(folder);
  try {
    await makeFolder(folder, 0o700);
    await inTurn(`${path}.lock`, async () => {
      const content = `${JSON.stringify(change(await readConfig(folder)), undefined, 2)}\n`;
      await writeWhole(path, content, { mode: 0o600 });
    });
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError(`Cannot write the settings to ${path}: ${diskWords(cause)}.`, { code: "config", cause });
  }
}

/** A change takes milliseconds: a lock of this age is a killed program's. */
const ABANDONED_MS = 5_000;
const RETRY_MS = 20;

async function inTurn(lock: string, work: () => Promise<void>): Promise<void> {
  while (!(await take(lock))) await delay(RETRY_MS);
  try {
    await work();
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (diskCode(error) !== "EEXIST") throw error;
  }
  const made = await stat(lock).catch(() => undefined);
  // also one of the future: a clock was set back
  if (made === undefined || Math.abs(Date.now() - made.mtimeMs) <= ABANDONED_MS) return false;
  try {
    await rmdir(lock);
  } catch (error) {
    // another program was quicker; whatever else stands there would be waited for without end
    if (diskCode(error) !== "ENOENT") throw error;
  }
  return false;
}
