import type { Auth, FlowithClient } from "@flowith-webapi/core";
import type { Database } from "@flowith-webapi/supabase";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";

export type { Database } from "@flowith-webapi/supabase";

/** What of a `Flowith` a supabase-js client stands on. */
export interface SignedInClient extends Pick<FlowithClient, "supabaseUrl" | "supabaseKey" | "fetch"> {
  auth: Pick<Auth, "accessToken">;
}

/**
 * A whole supabase-js client that is signed in as `flowith` is, now and after each refresh or sign-in: for Realtime and
 * Storage, and for tables without a verb. Its requests are those of `flowith.fetch`. Its own `auth` cannot be used: the
 * session has one owner, `flowith.auth`.
 *
 * supabase-js is not loaded before this entry, `flowith-webapi/supabase`, is imported.
 * @example
 * const supabase = supabaseClient(flowith);
 * const { data } = await supabase.from("conversation").select("id,title").limit(10).throwOnError();
 */
export function supabaseClient(flowith: SignedInClient): SupabaseClient<Database> {
  // The constructor asks for a token once, for Realtime, and prints a stack if that throws. That first answer is the key,
  // which grants nothing; every later one is a token or a thrown error, never null, which would mean: as anon.
  let isConstructed = false;
  const client = createClient<Database>(flowith.supabaseUrl, flowith.supabaseKey, {
    accessToken: async () => (isConstructed ? flowith.auth.accessToken() : flowith.supabaseKey),
    db: { retry: false },
    global: { fetch: (input, init) => flowith.fetch(input instanceof Request ? input.url : input, init) },
  });
  isConstructed = true;
  return client;
}
