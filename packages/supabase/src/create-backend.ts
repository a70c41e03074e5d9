import type { Backend, BackendContext } from "@flowith-webapi/core";
import { createAccount } from "./account.ts";
import { createAuth } from "./auth.ts";
import { createCanvas } from "./canvas.ts";
import { createContent } from "./content.ts";
import { createPresence } from "./presence.ts";
import { type Rows, rowsOfCall } from "./rows.ts";

/**
 * What core asks for, through supabase-js.
 * @param own a client for all rows, of which a call is told its signal only. Default: one for each call, with the call's
 * `fetch`
 * @example
 * const backend = createBackend(context);
 */
export function createBackend(context: BackendContext, own?: Rows | undefined): Backend {
  const rows = own === undefined ? rowsOfCall(context) : () => own;
  return {
    canvas: createCanvas(rows),
    account: createAccount(rows),
    content: createContent(rows),
    presence: createPresence(rows),
    auth: createAuth(context),
    hasGivenClient: own !== undefined,
  };
}
