import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as v from "valibot";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";

/** What is remembered of an account, beside its session. */
export interface ProfileSettings {
  edgeUrl?: string | undefined;
  supabaseUrl?: string | undefined;
  supabaseKey?: string | undefined;
}

/** `config.json` of the program's folder. */
export interface Config {
  /** The profile that is used when none is named. */
  profile?: string | undefined;
  profiles?: Record<string, ProfileSettings> | undefined;
}

const text = v.optional(v.string());
const schema: v.GenericSchema<unknown, Config> = v.looseObject({
  profile: text,
  profiles: v.optional(v.record(v.string(), v.looseObject({ edgeUrl: text, supabaseUrl: text, supabaseKey: text }))),
});

const pathOf = (folder: string): string => join(folder, "config.json");

/** @throws CliError for a file that cannot be read */
export async function readConfig(folder: string): Promise<Config> {
  const path = pathOf(folder);
  let content: string;
  try {
    content = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw unreadable(path, error);
  }
  try {
    return v.parse(schema, JSON.parse(content));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): CliError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CliError(`Cannot read the settings in ${path}: ${why}`, {
    exitCode: ExitCode.Usage,
    code: "config",
    hint: "Mend the file, or delete it.",
    cause,
  });
}

/** Changes the file as a whole, or leaves it as it was. Programs that change it at once come one after the other. */
export async function changeConfig(folder: string, change: (config: Config) => Config): Promise<void> {
  const path = pathOf(folder);
  const draft = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await inTurn(`${path}.lock`, async () => {
      const content = `${JSON.stringify(change(await readConfig(folder)), undefined, 2)}\n`;
      await writeFile(draft, content, { mode: 0o600 });
      await rename(draft, path);
    });
  } catch (cause) {
    await rm(draft, { force: true });
    if (cause instanceof CliError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`Cannot write the settings to ${path}: ${why}`, { code: "config", cause });
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
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const made = await stat(lock).catch(() => undefined);
  if (made !== undefined && Date.now() - made.mtimeMs > ABANDONED_MS) await rmdir(lock).catch(() => undefined);
  return false;
}
