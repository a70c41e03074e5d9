import type { Context } from "../context/context.ts";
import { checkFlags } from "./check-flags.ts";
import { Desk } from "./desk.ts";
import type { McpFlags } from "./mcp-flags.ts";

/** Serves until stdin ends, or over HTTP until a signal comes. No shape of its own: the protocol's. */
export async function mcp(context: Context, flags: McpFlags): Promise<void> {
  checkFlags(flags);
  if (flags.http === true) {
    const { serveOverHttp } = await import("./http/serve.ts");
    await serveOverHttp(context, flags);
    return;
  }
  const { serveOverStdio } = await import("./stdio.ts");
  await using desk = await Desk.open(context, flags, { trustsClientRoots: true });
  await serveOverStdio(context, desk);
}
