import { join } from "node:path";
import envPaths from "env-paths";

/** Where the program keeps what it has to remember. */
export interface Folders {
  /** Settings. */
  config: string;
  /** Sessions, one file a profile. */
  sessions: string;
  /** Handles of jobs that were started and not yet collected, a folder a profile. */
  jobs: string;
  /** What was typed in `chat`, and such. */
  state: string;
}

/**
 * The platform's folders, which XDG_CONFIG_HOME and its like move; FLOWITH_HOME holds all of them in one.
 */
export function findFolders(env: Readonly<Record<string, string | undefined>>): Folders {
  const home = env.FLOWITH_HOME?.trim();
  if (home !== undefined && home !== "") return foldersIn(home, home);
  const { config, data } = envPaths("flowith", { suffix: "" });
  return foldersIn(config, data);
}

function foldersIn(config: string, data: string): Folders {
  return { config, sessions: join(config, "sessions"), jobs: join(data, "jobs"), state: join(data, "state") };
}
