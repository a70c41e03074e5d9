import { readdir } from "node:fs/promises";
import type { Config } from "./config-file.ts";
import type { Folders } from "./folders.ts";
import { isProfileName } from "./settings.ts";

/** All profiles that have a session or settings, by name. */
export async function profileNames(folders: Folders, config: Config): Promise<string[]> {
  const files = await readdir(folders.sessions).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const withSession = files.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
  const names = new Set([...withSession, ...Object.keys(config.profiles ?? {})].filter(isProfileName));
  return [...names].sort();
}
