import type { JobStore, KeyValueStore, OpenedFile, SessionStore } from "@flowith-webapi/core";
import { excerpt, InvalidArgumentError, isUrl, type SaveTarget } from "@flowith-webapi/core/http";

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
export function fileSessionStore(_path: string): SessionStore {
  throw new InvalidArgumentError(
    "fileSessionStore: there is no disk here. Use webStorageSessionStore in a page, durableObjectSessionStore in a Worker, or keyValueSessionStore.",
  );
}

/**
 * Handles of jobs in flight in a folder, a file each, so that several processes can share it. The folder is made at the
 * first job; what is in it and is no handle is left alone. For Node, Deno and Bun; elsewhere a job store of your own is
 * three functions, `put`, `delete` and `list`.
 * @throws InvalidArgumentError for what names no folder, and where there is no disk: in pages, in Workers, and by the
 *   `fetch` entry
 * @example
 * const flowith = Flowith.fromEnv({ jobStore: fileJobStore("./.flowith/jobs") });
 * for (const job of await flowith.jobs.pending()) console.log(await job.wait());
 */
export function fileJobStore(_folder: string): JobStore {
  throw new InvalidArgumentError(
    "fileJobStore: there is no disk here. Pass a jobStore of your own, with put, delete and list.",
  );
}

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
export function fileKeyValueStore(_folder: string): KeyValueStore {
  throw new InvalidArgumentError(
    "fileKeyValueStore: there is no disk here. Use webStorageKeyValueStore in a page, durableObjectKeyValueStore in a Worker, or a store of your own with get, set and delete.",
  );
}

/** Refuses a path to upload from. */
export async function openNothing(path: string, label: string): Promise<OpenedFile> {
  throw new InvalidArgumentError(
    `${label}: there is no disk here to read ${excerpt(path, "end")} from. Pass a File, Blob, bytes, a stream or a URL.`,
  );
}

/** @param instead what can be saved to here */
export function refusedTarget(target: SaveTarget | undefined, instead: string): InvalidArgumentError {
  const isPath = target === undefined || typeof target === "string" || isUrl(target);
  const reason = isPath ? "there is no disk here" : "the target is of another platform";
  return new InvalidArgumentError(`save: ${reason}. ${instead}`);
}

/** Refuses `fromEnv` of this client. */
export function noEnvironment(client: string = "Flowith"): InvalidArgumentError {
  return new InvalidArgumentError(
    `fromEnv: there are no environment variables here. Pass the options to new ${client}().`,
  );
}
