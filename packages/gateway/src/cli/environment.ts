import type { GatewayOptions } from "../gateway-options.ts";

/** The service that the environment names. A sign-in there is the operator's own, and nobody else's to use. */
export function environmentOptions(env: Record<string, string | undefined>): NonNullable<GatewayOptions["flowith"]> {
  const filled = (name: string): string | undefined => env[name]?.trim() || undefined;
  return {
    edgeUrl: filled("FLOWITH_EDGE_URL"),
    supabaseUrl: filled("FLOWITH_SUPABASE_URL"),
    supabaseKey: filled("FLOWITH_SUPABASE_KEY"),
  };
}
