import {
  InvalidArgumentError,
  type JobStore,
  type OpenedFile,
  type SaveTarget,
  type SessionStore,
} from "@flowith-webapi/core";

/**
 * Refused here, where there is no disk: see `webStorageSessionStore`, `durableObjectSessionStore` and
 * `keyValueSessionStore`.
 * @throws InvalidArgumentError
 * @example
 * const flowith = new Flowith({ store: webStorageSessionStore(localStorage) });
 */
export function fileSessionStore(_path: string): SessionStore {
  throw new InvalidArgumentError(
    "fileSessionStore: there is no disk here. Use webStorageSessionStore in a page, durableObjectSessionStore in a Worker, or keyValueSessionStore.",
  );
}

/**
 * Refused here, where there is no disk: a job store of your own is three functions, `put`, `delete` and `list`.
 * @throws InvalidArgumentError
 * @example
 * const flowith = new Flowith({ jobStore });
 */
export function fileJobStore(_folder: string): JobStore {
  throw new InvalidArgumentError(
    "fileJobStore: there is no disk here. Pass a jobStore of your own, with put, delete and list.",
  );
}

/** Refuses a path to upload from. */
export async function openNothing(path: string): Promise<OpenedFile> {
  throw new InvalidArgumentError(
    `uploadFile: there is no disk here to read ${path} from. Pass a File, Blob, bytes, a stream or a URL.`,
  );
}

/** @param instead what can be saved to here */
export function refusedTarget(target: SaveTarget | undefined, instead: string): InvalidArgumentError {
  const isPath = target === undefined || typeof target === "string" || target instanceof URL;
  const reason = isPath ? "there is no disk here" : "the target is of another platform";
  return new InvalidArgumentError(`save: ${reason}. ${instead}`);
}

/** Refuses `fromEnv`. */
export function noEnvironment(): InvalidArgumentError {
  return new InvalidArgumentError(
    "fromEnv: there are no environment variables here. Pass the options to new Flowith().",
  );
}
