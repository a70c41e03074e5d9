import { resolve } from "node:path";
import type { Config } from "../context/config-schema.ts";
import { DEFAULT_PROFILE } from "../context/settings.ts";
import type { Shell } from "../shell.ts";

const TOKENS = ["FLOWITH_TOKEN", "FLOWITH_REFRESH_TOKEN"];

/** What of the environment makes later commands use another session than the one that a profile has got. */
export function overshadowing({ env, cwd }: Shell, profile: string, file: string, config: Config): string[] {
  const isSet = (name: string): boolean => (env[name]?.trim() ?? "") !== "";
  const tokens = TOKENS.filter(isSet);
  if (tokens.length > 0) {
    const names = tokens.join(" and ");
    return [
      `${names} of your environment ${tokens.length > 1 ? "go" : "goes"} before it: take it out (unset ${tokens.join(" ")}), or say --profile ${profile}.`,
    ];
  }
  const other = env.FLOWITH_SESSION_FILE?.trim() ?? "";
  if (other !== "" && resolve(cwd, other) !== file)
    return [`FLOWITH_SESSION_FILE of your environment goes before it: take it out, or say --profile ${profile}.`];
  const current = env.FLOWITH_PROFILE?.trim() || config.profile || DEFAULT_PROFILE;
  return current === profile ? [] : [`Use it with --profile ${profile}, or always: flowith profiles use ${profile}`];
}
