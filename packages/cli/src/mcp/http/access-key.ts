import { createHash, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { usageError } from "../../cli-error.ts";
import { isOfThisMachine } from "../../context/loopback-address.ts";
import { diskWords } from "../../disk/disk-words.ts";
import type { Shell } from "../../shell.ts";
import type { McpFlags } from "../mcp-flags.ts";

/** Shorter ones can be guessed. */
const LEAST_CHARACTERS = 16;

/** Whether a bearer token lets in; how long the answer takes says nothing of the key. */
export type KeyCheck = (token: string) => boolean;

/**
 * What clients have to send.
 * @returns undefined with `--no-key`; @throws CliError where there is no key, and for one that is none
 */
export async function accessKey(
  { env, cwd }: Pick<Shell, "env" | "cwd">,
  { key, keyFile }: McpFlags,
  host: string,
): Promise<KeyCheck | undefined> {
  const fromEnv = env.FLOWITH_MCP_KEY?.trim() || undefined;
  if (!key) {
    if (keyFile !== undefined)
      throw usageError("--no-key and --key-file exclude each other.", "Leave one of them out.");
    if (isLoopback(host)) return undefined;
    throw usageError(
      `--no-key would let in everybody who reaches ${host}.`,
      "It is for 127.0.0.1 alone; elsewhere give --key-file.",
    );
  }
  const said = keyFile === undefined ? fromEnv : await firstLine(resolve(cwd, keyFile));
  if (said === undefined)
    throw usageError(
      "A server over HTTP needs a key, or everybody who reaches it spends your credits.",
      "Make one by `openssl rand -hex 32 > mcp.key` and give --key-file mcp.key, or set FLOWITH_MCP_KEY.",
    );
  if (said.length < LEAST_CHARACTERS || /\s/.test(said))
    throw usageError(
      `The key has to be ${LEAST_CHARACTERS} characters or more, without spaces.`,
      "Make one by `openssl rand -hex 32 > mcp.key`.",
    );
  const wanted = digest(said);
  return (token) => timingSafeEqual(digest(token), wanted);
}

export function isLoopback(host: string): boolean {
  return host !== "0.0.0.0" && isOfThisMachine(`http://${host.includes(":") ? `[${host}]` : host}`);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

async function firstLine(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).split("\n", 1)[0]?.trim() ?? "";
  } catch (error) {
    throw usageError(`The key in ${path} cannot be read: ${diskWords(error)}.`, "Give another file by --key-file.");
  }
}
