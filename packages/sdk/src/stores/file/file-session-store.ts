import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { parseStoredSession, type SessionStore, SessionStoreError } from "@flowith-webapi/core";
import { hasCode } from "../../disk/has-code.ts";
import { replaceFile } from "./replace-file.ts";

/**
 * A session in a file that its owner alone can read (on Windows: whoever can read the folder). Several processes can
 * share it; each write replaces the whole file at once, and makes the folder. For Node, Deno and Bun; see
 * `webStorageSessionStore`, `durableObjectSessionStore` and `keyValueSessionStore` for the others.
 * @param path from the current folder of now, not of later
 * @throws InvalidArgumentError where there is no disk: in pages, in Workers, and by the `fetch` entry
 * @example
 * const flowith = new Flowith({ store: fileSessionStore("./.flowith/session.json") });
 */
export function fileSessionStore(path: string): SessionStore {
  const file = resolve(path);
  return {
    async load() {
      const text = await readIfThere(file);
      if (text === undefined) return null;
      try {
        return parseStoredSession(text);
      } catch (cause) {
        throw new SessionStoreError(`${file} holds no session. Delete it and sign in again.`, { cause });
      }
    },
    save: (session) => replaceFile(file, `${JSON.stringify(session)}\n`),
    clear: () => rm(file, { force: true }),
  };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
