import type { FlowithClientOptions } from "@flowith-webapi/core";

/** Options from the environment; an empty variable counts as absent. */
export function optionsFromEnv(env: Record<string, string | undefined>): FlowithClientOptions {
  const read = (name: string): string | undefined => env[`FLOWITH_${name}`] || undefined;
  return {
    token: read("TOKEN"),
    refreshToken: read("REFRESH_TOKEN"),
    userId: read("USER_ID"),
    edgeUrl: read("EDGE_URL"),
    supabaseUrl: read("SUPABASE_URL"),
    supabaseKey: read("SUPABASE_KEY"),
  };
}
