import { readdir } from "node:fs/promises";
import { CliError } from "../cli-error.ts";
import { diskCode, diskWords } from "../disk/disk-words.ts";
import type { Config } from "./config-schema.ts";
import type { Folders } from "./folders.ts";
import { isProfileName } from "./profile-name.ts";

/** All profiles that have a session or settings, by name. */
export async function profileNames(folders: Folders, config: Config): Promise<string[]> {
  const files = await readdir(folders.sessions).catch((error: unknown) => {
    if (diskCode(error) === "ENOENT") return [];
    throw new CliError(`Cannot look for sessions in ${folders.sessions}: ${diskWords(error)}.`, {
      code: "session_store",
      cause: error,
    });
  });
  const withSession = files.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
  const names = new Set([...withSession, ...Object.keys(config.profiles ?? {})].filter(isProfileName));
  return [...names].sort();
}
