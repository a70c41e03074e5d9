import type { Backend, BackendContext } from "@flowith-webapi/core";
import { createAuth } from "./auth.ts";
import { createCanvas } from "./canvas.ts";
import { createRowsClient, type RowsClient } from "./rows-client.ts";

/** What core asks for, through supabase-js. The client is made when the first row is asked for. */
export function createBackend(context: BackendContext): Backend {
  let client: RowsClient | undefined;
  const rows = (): RowsClient => {
    client ??= createRowsClient(context);
    return client;
  };
  return { canvas: createCanvas(rows), auth: createAuth(context) };
}
