import { timingSafeEqual } from "node:crypto";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fileSessionStore } from "flowith-webapi";
import type { Account } from "../accounts/account.ts";
import { readKeyFile } from "./key-file.ts";
import type { KeyEntry } from "./key-file-schema.ts";
import type { KeyStore, OperatorKey } from "./key-store.ts";

/** Where API keys that the file names are looked up. */
export interface FileKeyStoreOptions {
  /** Default `process.env`. */
  env?: Record<string, string | undefined> | undefined;
}

/**
 * The keys that `flowith-gateway keys` has written to a file. A change counts from the next request on. While the file cannot
 * be read, or is broken, nobody is let in.
 * @throws Error, from `find`, for a file that is not as it should be, or an API key that the environment does not have
 * @example
 * const gateway = createGateway({ authenticate: operatorKeys(fileKeyStore("./keys.json")) });
 */
export function fileKeyStore(path: string, options: FileKeyStoreOptions = {}): KeyStore {
  const file = resolve(path);
  const { env = process.env } = options;
  let read: { version: string; keys: readonly KeyEntry[] } | undefined;
  return {
    async find(sha256) {
      const version = await versionOf(file);
      if (read?.version !== version) read = { version, keys: (await readKeyFile(file)) ?? [] };
      // All of them are looked at, so that the time tells nothing of where a hash stands.
      let found: KeyEntry | undefined;
      for (const entry of read.keys) if (isSame(entry.sha256, sha256)) found = entry;
      return found === undefined ? undefined : operatorKey(found, env);
    },
  };
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A file that is replaced as a whole has another inode. */
async function versionOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found === undefined ? "none" : `${found.ino}:${found.mtimeNs}:${found.size}`;
}

function operatorKey(entry: KeyEntry, env: Record<string, string | undefined>): OperatorKey {
  const { id, sha256, requestsPerMinute } = entry;
  return { id, sha256, requestsPerMinute, account: accountOf(entry, env) };
}

/** Keys of one session share its client: two would spend its refresh token twice. */
function accountOf({ id, sessionFile, apiKeyVariable }: KeyEntry, env: Record<string, string | undefined>): Account {
  if (sessionFile !== undefined) {
    return { key: `session-file:${sessionFile}`, session: { store: fileSessionStore(sessionFile) } };
  }
  const apiKey = env[apiKeyVariable ?? ""]?.trim();
  if (!apiKey) throw new Error(`Key ${id} goes by the API key in ${apiKeyVariable}, which is not set.`);
  return { key: `api-key-variable:${apiKeyVariable}`, apiKey };
}
