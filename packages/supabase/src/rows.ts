import type { BackendContext, PortCall } from "@flowith-webapi/core";
import { PostgrestClient } from "@supabase/postgrest-js";
import { clientInfo } from "./client-info.ts";
import type { Database } from "./database.types.ts";
import { serviceUrl } from "./service-url.ts";

/** What the ports use of a client for tables and remote procedures. A whole supabase-js client has it too. */
export type Rows = Pick<PostgrestClient<Database>, "from" | "rpc">;

/** The client for the rows of one call: its own, since a procedure takes no fetch beside its client's. It costs 2 µs. */
export function rowsOfCall(context: BackendContext): (call: PortCall) => Rows {
  const url = serviceUrl(context, "rest");
  const headers = { apikey: context.supabaseKey, "x-client-info": clientInfo() };
  return ({ fetch }) => new PostgrestClient(url, { headers, schema: "public", fetch, retry: false });
}
