import { readFile, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { parseStoredSession, type SessionStore, SessionStoreError } from "@flowith-webapi/core";
import { excerpt } from "@flowith-webapi/core/http";
import { hasCode } from "../../disk/has-code.ts";
import { inTurn } from "./in-turn.ts";
import { linkedPath } from "./linked-path.ts";
import { removeOldDrafts } from "./old-drafts.ts";
import { replaceFile } from "./replace-file.ts";
import { storePath } from "./store-path.ts";

/**
 * A session in a file that its owner alone can read (on Windows: whoever can read the folder). Several processes can
 * share it; each write replaces the whole file at once, and makes the folder. Of a link, what it leads to is replaced and
 * cleared. For Node, Deno and Bun; see `webStorageSessionStore`, `durableObjectSessionStore` and `keyValueSessionStore` for
 * the others.
 * @param path from the current folder of now, not of later; also a `file:` URL as text
 * @throws InvalidArgumentError for what names no file, and where there is no disk: in pages, in Workers, and by the `fetch`
 *   entry
 * @example
 * const flowith = new Flowith({ store: fileSessionStore("./.flowith/session.json") });
 */
export function fileSessionStore(path: string): SessionStore {
  const file = storePath("fileSessionStore", path);
  return {
    async load() {
      const text = await readIfThere(file);
      if (text === undefined) return null;
      const session = text.replace(/^\ufeff/, "");
      try {
        return parseStoredSession(session);
      } catch (cause) {
        throw new SessionStoreError(
          `${excerpt(file, "end")} ${whatIsWrong(session)}. Sign in again, which replaces it, or delete it.`,
          { cause },
        );
      }
    },
    save: (session) => inTurn(file, () => replaceFile(file, `${JSON.stringify(session)}\n`)),
    clear: () =>
      inTurn(file, async () => {
        const target = await linkedPath(file);
        await rm(target, { force: true });
        await removeOldDrafts(dirname(target), (name) => name === basename(target));
      }),
  };
}

/** Without a word of what it holds. */
function whatIsWrong(text: string): string {
  if (text.trim() === "") return "is empty";
  return isJson(text) ? "holds no session" : "is cut off, or no JSON at all";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
