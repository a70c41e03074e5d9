import { join, resolve } from "node:path";
import type { GlobalFlags } from "../global-flags.ts";
import type { Shell } from "../shell.ts";
import type { Addresses } from "./addresses.ts";
import { readConfig } from "./config-file.ts";
import type { Config } from "./config-schema.ts";
import { type Folders, findFolders } from "./folders.ts";
import { withAllowedPort } from "./forbidden-port.ts";
import { checkProfileName } from "./profile-name.ts";

/** Where the session comes from. */
export type SessionSource =
  | { kind: "profile"; profile: string; file: string }
  | { kind: "file"; file: string }
  | { kind: "token" };

/** What holds for one run: flags go before the environment, and that before the file. */
export interface Settings {
  folders: Folders;
  config: Config;
  source: SessionSource;
  /** The profile whose addresses and jobs are used, also where the session is another. */
  profile: string;
  edgeUrl: string | undefined;
  supabaseUrl: string | undefined;
  supabaseKey: string | undefined;
  /** Which of them a flag or the environment says: the others are remembered with the profile, or the service's own. */
  given: Addresses;
}

export const DEFAULT_PROFILE = "default";

export function sessionFile(folders: Folders, profile: string): string {
  return join(folders.sessions, `${profile}.json`);
}

/** @throws CliError for settings that cannot be read or mean nothing */
export async function readSettings(shell: Shell, flags: GlobalFlags): Promise<Settings> {
  const folders = findFolders(shell.env);
  const config = await readConfig(folders.config);
  const fromEnv = (name: string): string | undefined => shell.env[name]?.trim() || undefined;
  const profile = checkProfileName(flags.profile ?? fromEnv("FLOWITH_PROFILE") ?? config.profile ?? DEFAULT_PROFILE);
  const own = config.profiles?.[profile];
  const address = (flag: string, flagged: string | undefined, variable: string) =>
    withAllowedPort(flag, flagged) ?? withAllowedPort(variable, fromEnv(variable));
  const remembered = (kept: string | undefined) =>
    withAllowedPort(`profile ${profile} of ${join(folders.config, "config.json")}`, kept);
  const given = {
    edgeUrl: address("--edge-url", flags.edgeUrl, "FLOWITH_EDGE_URL"),
    supabaseUrl: address("--supabase-url", flags.supabaseUrl, "FLOWITH_SUPABASE_URL"),
    supabaseKey: flags.supabaseKey ?? fromEnv("FLOWITH_SUPABASE_KEY"),
  };
  return {
    folders,
    config,
    profile,
    source: sourceOf(shell, flags, fromEnv, { kind: "profile", profile, file: sessionFile(folders, profile) }),
    edgeUrl: given.edgeUrl ?? remembered(own?.edgeUrl),
    supabaseUrl: given.supabaseUrl ?? remembered(own?.supabaseUrl),
    supabaseKey: given.supabaseKey ?? own?.supabaseKey,
    given,
  };
}

/** A profile that the command line names goes before a token of the environment; one of the environment does not. */
function sourceOf(
  shell: Shell,
  flags: GlobalFlags,
  fromEnv: (name: string) => string | undefined,
  profile: SessionSource,
): SessionSource {
  if (flags.profile !== undefined) return profile;
  if (fromEnv("FLOWITH_TOKEN") !== undefined || fromEnv("FLOWITH_REFRESH_TOKEN") !== undefined)
    return { kind: "token" };
  const file = fromEnv("FLOWITH_SESSION_FILE");
  return file === undefined ? profile : { kind: "file", file: resolve(shell.cwd, file) };
}
