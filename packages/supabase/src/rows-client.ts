import type { SupabaseAccess } from "@flowith-webapi/core";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { Database } from "./database.types.ts";

/** supabase-js for rows and RPC: our token, our fetch, no retries of its own, no session of its own. */
export type RowsClient = SupabaseClient<Database>;

function createRowsClient({ supabaseUrl, supabaseKey, fetch, token }: SupabaseAccess): RowsClient {
  // The constructor asks for a token once, for Realtime, and prints a stack if that throws. That first answer is the
  // key, which grants nothing; every later one is a token or a thrown error, never null (which would mean: as anon).
  let isConstructed = false;
  const client = createClient<Database>(supabaseUrl, supabaseKey, {
    accessToken: () => (isConstructed ? token() : Promise.resolve(supabaseKey)),
    db: { retry: false },
    global: { fetch },
  });
  isConstructed = true;
  return client;
}

/**
 * The client for rows in `accessToken` mode, made at the first call.
 * @example
 * const rows = lazyRowsClient(access);
 * const { data } = await rows().from("public_notice").select("*");
 */
export function lazyRowsClient(access: SupabaseAccess): () => RowsClient {
  let client: RowsClient | undefined;
  return () => {
    client ??= createRowsClient(access);
    return client;
  };
}
