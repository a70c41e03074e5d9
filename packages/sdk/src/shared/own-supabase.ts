import { type FlowithClientOptions, InvalidArgumentError, type Platform } from "@flowith-webapi/core";
import { createBackend, type Rows } from "@flowith-webapi/supabase";

/** Options of `Flowith`: the client's, and one of this package. */
export interface FlowithOptions extends FlowithClientOptions {
  /**
   * Your own client for tables and RPC: a whole supabase-js client in `accessToken` mode, or a `PostgrestClient`. Default:
   * one that is made for each call. What goes through it knows none of this client's limits, retries, headers and
   * middleware.
   * @example
   * const supabase = createClient<Database>(url, key, { accessToken: async () => token });
   * const flowith = new Flowith({ token, supabase });
   */
  supabase?: Rows | undefined;
}

/** What core is made of: its options, and a platform whose rows go through the caller's client where there is one. */
export interface WithSupabase {
  options: FlowithClientOptions;
  platform: Platform;
}

/** @throws InvalidArgumentError where the options are none, or `supabase` is no such client */
export function withSupabase(all: FlowithOptions, platform: Platform): WithSupabase {
  if (typeof all !== "object" || all === null) throw new InvalidArgumentError("Flowith: options must be an object.");
  const { supabase, ...options } = all;
  if (supabase !== undefined && (typeof supabase?.from !== "function" || typeof supabase.rpc !== "function"))
    throw new InvalidArgumentError('Flowith: option "supabase": Expected a supabase-js client, or a PostgrestClient.');
  return { options, platform: { ...platform, createBackend: (context) => createBackend(context, supabase) } };
}
