import { defined } from "@flowith-webapi/core";
import type { FlowithOptions } from "../shared/own-supabase.ts";
import { fileSessionStore } from "../stores/file/file-session-store.ts";

const NAMES = {
  token: "FLOWITH_TOKEN",
  refreshToken: "FLOWITH_REFRESH_TOKEN",
  userId: "FLOWITH_USER_ID",
  edgeUrl: "FLOWITH_EDGE_URL",
  supabaseUrl: "FLOWITH_SUPABASE_URL",
  supabaseKey: "FLOWITH_SUPABASE_KEY",
} as const;

/** No option, but the path of a store. */
const SESSION_FILE = "FLOWITH_SESSION_FILE";

/** The names of all variables that are read. */
export const ENV_NAMES: readonly string[] = [...Object.values(NAMES), SESSION_FILE];

/** The options, and under them those of the environment; a blank variable counts as absent. */
export function withEnv(read: (name: string) => string | undefined, options: FlowithOptions): FlowithOptions {
  const filled = (name: string): string | undefined => read(name)?.trim() || undefined;
  const found = Object.entries(NAMES).map(([option, name]) => [option, filled(name)] as const);
  const file = filled(SESSION_FILE);
  const given = defined(options);
  // A path that names no file is no matter where another store is passed.
  const store = given.store ?? (file === undefined ? undefined : fileSessionStore(file));
  return { ...Object.fromEntries(found), ...given, ...(store === undefined ? {} : { store }) };
}
