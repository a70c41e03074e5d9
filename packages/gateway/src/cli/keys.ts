import { resolve } from "node:path";
import { fileSessionStore } from "flowith-webapi";
import { changeKeyFile, readKeyFile } from "../keys/key-file.ts";
import { newKey } from "../keys/new-key.ts";
import { commandName } from "./launcher.ts";
import { tell } from "./output.ts";

/** What `keys create` is told. */
export interface CreateFlags {
  keys: string;
  name: string;
  sessionFile?: string;
  apiKeyVariable?: string;
  requestsPerMinute?: number;
}

/** Writes the key to stdout and nothing else there. @throws Error that says what to do */
export async function createKey(flags: CreateFlags): Promise<void> {
  const { keys: path, name, sessionFile, apiKeyVariable, requestsPerMinute } = flags;
  if (sessionFile !== undefined) await checkSession(sessionFile);
  const { key, id, sha256 } = await newKey();
  await changeKeyFile(path, (keys) => [
    ...keys,
    {
      id,
      name,
      sha256,
      createdAt: new Date().toISOString(),
      requestsPerMinute,
      apiKeyVariable,
      sessionFile: sessionFile === undefined ? undefined : resolve(sessionFile),
    },
  ]);
  process.stderr.write(`Key ${id} for ${JSON.stringify(name)}. It is shown this once: only its hash is in ${path}.\n`);
  if (apiKeyVariable !== undefined && !process.env[apiKeyVariable]?.trim()) {
    tell(`${apiKeyVariable} is not set here. The gateway needs it in its environment, or the key opens nothing.`);
  }
  process.stdout.write(`${key}\n`);
}

async function checkSession(path: string): Promise<void> {
  if ((await fileSessionStore(path).load()) !== null) return;
  throw new Error(`There is no session in ${path}. Sign in with FLOWITH_SESSION_FILE=${path}, or give another file.`);
}

/** A line a key, with tabs between, or one of JSON; neither has a hash. */
export async function listKeys({ keys: path, json = false }: { keys: string; json?: boolean }): Promise<void> {
  const keys = await readKeyFile(path);
  if (keys === undefined) throw new Error(`There is no file ${path}. ${commandName()} keys create makes it.`);
  for (const { sha256: _hash, ...entry } of keys) {
    const { id, name, createdAt, requestsPerMinute, sessionFile, apiKeyVariable } = entry;
    const limit = requestsPerMinute === undefined ? "" : `${requestsPerMinute} a minute`;
    const cells = [id, createdAt, sessionFile ?? `$${apiKeyVariable}`, limit, printable(name)];
    process.stdout.write(`${json ? JSON.stringify(entry) : cells.join("\t")}\n`);
  }
}

/** @throws Error where there is no such key; then nothing was changed */
export async function revokeKey(id: string, { keys: path }: { keys: string }): Promise<void> {
  await changeKeyFile(path, (keys) => {
    const kept = keys.filter((key) => key.id !== id);
    if (kept.length < keys.length) return kept;
    throw new Error(`There is no key ${JSON.stringify(id)} in ${path}. ${commandName()} keys list shows all.`);
  });
  process.stderr.write(`Key ${id} is revoked: its next request is refused.\n`);
}

/** A name is free text, and a line of the list is one line. */
function printable(name: string): string {
  return name.replace(/\p{Cc}/gu, " ");
}
