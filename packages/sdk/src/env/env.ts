import { defined } from "@flowith-webapi/core";
import type { FlowithOptions } from "../shared/own-supabase.ts";

const NAMES = {
  token: "FLOWITH_TOKEN",
  refreshToken: "FLOWITH_REFRESH_TOKEN",
  userId: "FLOWITH_USER_ID",
  edgeUrl: "FLOWITH_EDGE_URL",
  supabaseUrl: "FLOWITH_SUPABASE_URL",
  supabaseKey: "FLOWITH_SUPABASE_KEY",
} as const;

/** The names of all variables that are read. */
export const ENV_NAMES: readonly string[] = Object.values(NAMES);

/** The options, and under them those of the environment; a blank variable counts as absent. */
export function withEnv(read: (name: string) => string | undefined, options: FlowithOptions): FlowithOptions {
  const found = Object.entries(NAMES).map(([option, name]) => [option, read(name)?.trim() || undefined] as const);
  return { ...Object.fromEntries(found), ...defined(options) };
}
