import type { Backend, BackendContext } from "@flowith-webapi/core";
import { createAccount } from "./account.ts";
import { createAuth } from "./auth.ts";
import { createCanvas } from "./canvas.ts";
import { createContent } from "./content.ts";
import { createPresence } from "./presence.ts";
import { createRowsClient, type RowsClient } from "./rows-client.ts";

/**
 * What core asks for, through supabase-js.
 * @param rows the client for rows. Default: one of its own, made when the first row is asked for
 * @example
 * const backend = createBackend(context);
 */
export function createBackend(context: BackendContext, rows: () => RowsClient = lazyRowsClient(context)): Backend {
  return {
    canvas: createCanvas(rows),
    account: createAccount(rows),
    content: createContent(rows),
    presence: createPresence(rows),
    auth: createAuth(context),
  };
}

/**
 * The client for rows in `accessToken` mode, made at the first call.
 * @example
 * const rows = lazyRowsClient(context);
 * const backend = createBackend(context, rows);
 * const { data } = await rows().from("public_notice").select("*");
 */
export function lazyRowsClient(context: BackendContext): () => RowsClient {
  let client: RowsClient | undefined;
  return () => {
    client ??= createRowsClient(context);
    return client;
  };
}
