import { type FlowithClientOptions, InvalidArgumentError, type Platform } from "@flowith-webapi/core";
import { createBackend, lazyRowsClient, type RowsClient } from "@flowith-webapi/supabase";

/** Options of `Flowith`: the client's, and one of this package. */
export interface FlowithOptions extends FlowithClientOptions {
  /**
   * Your own supabase-js client for tables and RPC, in `accessToken` mode. Default: one that is made when it is needed.
   * What goes through it knows none of this client's limits, retries, headers and middleware.
   * @example
   * const supabase = createClient<Database>(url, key, { accessToken: async () => token });
   * const flowith = new Flowith({ token, supabase });
   */
  supabase?: RowsClient | undefined;
}

/** The options and the platform for core, and the supabase-js client that is signed in as core's client is. */
export interface WithSupabase {
  options: FlowithClientOptions;
  platform: Platform;
  rows(): RowsClient;
}

/** @throws InvalidArgumentError where the options are none, or `supabase` is no such client */
export function withSupabase(all: FlowithOptions, platform: Platform): WithSupabase {
  if (typeof all !== "object" || all === null) throw new InvalidArgumentError("Flowith: options must be an object.");
  const { supabase, ...options } = all;
  if (supabase !== undefined && typeof supabase?.from !== "function")
    throw new InvalidArgumentError('Flowith: option "supabase": Expected a supabase-js client.');
  let rows = (): RowsClient => {
    throw new InvalidArgumentError("Flowith: there is no client for rows before the client has been made.");
  };
  return {
    options,
    platform: {
      ...platform,
      createBackend: (context) => createBackend(context, supabase),
      onSupabaseAccess(access) {
        rows = supabase === undefined ? lazyRowsClient(access) : () => supabase;
      },
    },
    rows: () => rows(),
  };
}
