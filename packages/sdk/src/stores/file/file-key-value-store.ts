import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { lstat, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { InvalidArgumentError, type KeyValueStore, SessionStoreError } from "@flowith-webapi/core";
import { excerpt, now } from "@flowith-webapi/core/http";
import { diskProblem } from "../../disk/disk-problem.ts";
import { hasCode } from "../../disk/has-code.ts";
import { makeFolders } from "../../disk/make-folders.ts";
import { lacksPermission } from "../../shared/deno-api.ts";
import { storeKey } from "../store-key.ts";
import { inTurn } from "./in-turn.ts";
import { removeOldDrafts } from "./old-drafts.ts";
import { writeWhole } from "./replace-file.ts";
import { storePath } from "./store-path.ts";

/** With many users the folder is long, and is not read at every write. */
const SWEEP_EVERY_MS = 60_000;

const NAME = /^[a-z\d-]*[\da-f]{64}$/;

/**
 * Small texts by key in a folder: the sessions of many users, and what their sign-ins by redirect leave behind. Each key has
 * a file that its owner alone can read (on Windows: whoever can read the folder), is replaced as a whole, and may be any
 * text. Several processes can share it; the folder is made. A link in it is replaced, and never followed. For Node, Deno and
 * Bun.
 * @param folder from the current folder of now, not of later; also a `file:` URL as text
 * @throws InvalidArgumentError for what names no folder, and where there is no disk: in pages, in Workers, and by the `fetch`
 *   entry. What it is asked for later rejects with a `SessionStoreError` that has the disk's word for what is wrong
 * @example
 * const sessions = fileKeyValueStore("./sessions");
 * const flowith = new Flowith({ store: keyValueSessionStore(sessions, userId) });
 */
export function fileKeyValueStore(folder: string): KeyValueStore {
  const root = storePath("fileKeyValueStore", folder);
  const fileOf = (key: string): string => join(root, fileName(storeKey("fileKeyValueStore", key)));
  let sweptAtMs = Number.NEGATIVE_INFINITY;
  const sweep = async (): Promise<void> => {
    if (now() - sweptAtMs < SWEEP_EVERY_MS) return;
    sweptAtMs = now();
    await removeOldDrafts(root, (name) => NAME.test(name));
  };
  return {
    async get(key) {
      const file = fileOf(key);
      try {
        if ((await lstat(file)).isFile()) return await readFile(file, "utf8");
      } catch (error) {
        if (hasCode(error, "ENOENT")) return null;
        throw failure("read", root, error);
      }
      throw new SessionStoreError(
        `fileKeyValueStore: ${excerpt(file, "end")} is a link or a folder, and is not followed.`,
      );
    },
    async set(key, value) {
      const file = fileOf(key);
      if (typeof value !== "string")
        throw new InvalidArgumentError(`fileKeyValueStore: the value must be a string, not ${typeof value}.`);
      try {
        await inTurn(file, async () => {
          await makeFolders(root, 0o700);
          await writeWhole(file, value);
        });
      } catch (error) {
        throw failure("written", root, error);
      }
      await sweep();
    },
    async delete(key) {
      const file = fileOf(key);
      try {
        await inTurn(file, () => rm(file, { force: true }));
      } catch (error) {
        throw failure("deleted", root, error);
      }
      await removeOldDrafts(root, (name) => name === basename(file));
    },
  };
}

/**
 * The hash tells keys apart that a file system may not: by case, by form of Unicode, by what no name may hold. What stands
 * before it is for who looks into the folder.
 */
function fileName(key: string): string {
  const shown = key
    .slice(0, 20)
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-");
  // UTF-8 knows no lone half of a pair, and would make all of them one.
  const hash = createHash("sha256").update(Buffer.from(key, "utf16le")).digest("hex");
  return `${shown}-${hash}`;
}

function failure(done: string, root: string, cause: unknown): SessionStoreError {
  const { code, advice, isPassing } = diskProblem(cause);
  const flags = `Run Deno with --allow-read and --allow-write for it.`;
  const said = `fileKeyValueStore: what is in ${excerpt(root, "end")} could not be ${done}`;
  const why = code === undefined ? "" : ` (${code})`;
  return new SessionStoreError(`${said}${why}. ${lacksPermission(cause) ? flags : advice}`, {
    cause,
    isRetryable: isPassing,
  });
}
