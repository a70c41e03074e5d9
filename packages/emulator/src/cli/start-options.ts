import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import type { JWK } from "jose";
import * as v from "valibot";
import type { EmulatorOptions, ListenOptions } from "../emulator-options.ts";
import { messageOf } from "../message-of.ts";
import { isOrigin } from "../options-check.ts";

/** What `start` and `exec` are told on the command line. */
export interface StartFlags {
  port: number;
  host: string;
  dataDir?: string;
  seed?: string | false;
  schema?: string;
  signingKey?: string;
  key?: string;
  controlKey?: string;
  controlOrigin: string[];
  replay: boolean;
}

const privateKey: v.GenericSchema<unknown, JWK> = v.looseObject({
  kty: v.literal("EC"),
  crv: v.literal("P-256"),
  kid: v.string(),
  x: v.string(),
  y: v.string(),
  d: v.string(),
});

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}

/**
 * A variable of a script that is not set arrives as this: as a host it would be every address, as a folder the working one,
 * as a key one that all know.
 */
export function nonEmpty(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("It is empty.");
}

function withOrigin(text: string, before: readonly string[]): string[] {
  if (isOrigin(text)) return [...before, text];
  throw new InvalidArgumentError("An origin is a scheme, a name and perhaps a port: https://app.test:8443");
}

export function addStartOptions(command: Command, defaultPort: number): Command {
  return command
    .option("--port <number>", "0 takes any free port", portNumber, defaultPort)
    .option("--host <address>", "elsewhere than on loopback there are no well-known users", nonEmpty, "127.0.0.1")
    .option("--data-dir <folder>", "keep everything there; without it all is in memory", nonEmpty)
    .option("--schema <file>", "SQL that is served in place of Flowith's tables", nonEmpty)
    .option("--seed <file>", "SQL to begin with, and to come back to by reset", nonEmpty)
    .option("--no-seed", "begin without alice and bob")
    .option(
      "--signing-key <file>",
      "a private ES256 key (JWK with kid), so that you can sign tokens of your own",
      nonEmpty,
    )
    .option("--key <publishable>", "the publishable key that clients have to send", nonEmpty)
    .option("--control-key <key>", "what /__emulator wants in the header x-emulator-key", nonEmpty)
    .option(
      "--control-origin <origin>",
      "whose pages may use /__emulator, beside those of this machine; may be given several times",
      withOrigin,
      [],
    )
    .option("--no-replay", "events that nobody listens to are lost");
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${messageOf(error)}.`, { cause: error });
  }
}

async function readKey(path: string): Promise<JWK> {
  const text = await readText(path);
  try {
    return v.parse(privateKey, JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} does not hold a private ES256 key as a JWK with kid.`, { cause: error });
  }
}

export async function readStartOptions(flags: StartFlags): Promise<EmulatorOptions & ListenOptions> {
  const { port, host, dataDir, seed, schema, signingKey, key, controlKey, controlOrigin, replay } = flags;
  return {
    port,
    host,
    replay,
    controlOrigins: controlOrigin,
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(schema === undefined ? {} : { schema: await readText(schema) }),
    ...(seed === undefined ? {} : { seed: seed === false ? seed : await readText(seed) }),
    ...(signingKey === undefined ? {} : { signingKey: await readKey(signingKey) }),
    ...(key === undefined ? {} : { supabaseKey: key }),
    ...(controlKey === undefined ? {} : { controlKey }),
  };
}
