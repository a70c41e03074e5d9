import { usageError } from "../cli-error.ts";
import type { McpFlags } from "./mcp-flags.ts";

/** @throws CliError for flags of HTTP without it: who gives them believes that something is guarded */
export function checkFlags({ http, port, host, keyFile, key, allowOrigin }: McpFlags): void {
  if (http === true) return;
  const given = Object.entries({
    port,
    host,
    "key-file": keyFile,
    "no-key": key ? undefined : true,
    "allow-origin": allowOrigin,
  });
  const [name] = given.find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined) throw usageError(`--${name} is for --http.`, "Give --http as well, or leave it out.");
}
