import { once } from "node:events";
import { createAdaptorServer } from "@hono/node-server";
import { CliError, usageError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { Desk } from "../desk.ts";
import type { McpFlags } from "../mcp-flags.ts";
import { accessKey, isLoopback } from "./access-key.ts";
import { mcpApp } from "./mcp-app.ts";

const DEFAULT_PORT = 8788;
const DEFAULT_HOST = "127.0.0.1";

/** Serves until a signal comes. */
export async function serveOverHttp(context: Context, flags: McpFlags): Promise<void> {
  const { shell, output, signal } = context;
  const { port = DEFAULT_PORT, host = DEFAULT_HOST } = flags;
  const isKey = await accessKey(shell, flags, host);
  const origins = (flags.allowOrigin ?? []).map(checkedOrigin);
  await using desk = await Desk.open(context, flags, { trustsClientRoots: false });
  const onError = (message: string): void => output.warn(`mcp: ${message}`);
  const { app, close } = mcpApp(desk, { isKey, origins, isLoopback: isLoopback(host), onError });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, hostname: "localhost" });
  try {
    server.listen(port, host);
    await once(server, "listening", { signal });
    const address = server.address();
    const bound = typeof address === "object" && address !== null ? address.port : port;
    const name = host.includes(":") ? `[${host}]` : host;
    await output.write(`${JSON.stringify({ url: `http://${name}:${bound}/mcp` })}\n`);
    output.note(`mcp: ready; Ctrl-C stops it`);
    await once(server, "close", { signal });
  } catch (error) {
    if (!signal.aborted) throw portProblem(error, port, host);
  } finally {
    await close();
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  }
}

/** As a browser says it, which is compared as it is. */
function checkedOrigin(origin: string): string {
  if (URL.parse(origin)?.origin === origin) return origin;
  throw usageError(
    `${JSON.stringify(origin)} is no origin.`,
    "An origin is a scheme, a name and perhaps a port: https://app.test:8443.",
  );
}

function portProblem(error: unknown, port: number, host: string): unknown {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return usageError(`Port ${port} is taken.`, "Choose another with --port; 0 takes any free one.");
    case "EACCES":
      return usageError(`Port ${port} needs more rights.`, "Choose another with --port; 0 takes any free one.");
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return usageError(`This machine has no address ${host}.`, "Choose another with --host.");
    default:
      return error instanceof Error ? new CliError(`The server ended: ${error.message}`, { cause: error }) : error;
  }
}
