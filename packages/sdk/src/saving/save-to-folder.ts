import {
  excerpt,
  FileSaveError,
  InvalidArgumentError,
  type MediaDownload,
  type SavedMedia,
  type SaveOptions,
} from "@flowith-webapi/core/http";
import { numberedNames } from "./numbered-names.ts";
import { saveOpened } from "./save-opened.ts";

/** What is used of a directory handle (File System Standard). */
export interface Folder {
  getFileHandle(name: string, options?: { create?: boolean }): Promise<unknown>;
  removeEntry?(name: string): Promise<void>;
}

/** A name in the folder that is ours, with an empty file where there was none. */
interface Claim {
  name: string;
  handle: unknown;
  isNew: boolean;
}

export function isFolder(target: unknown): target is Folder {
  return (
    typeof target === "object" &&
    target !== null &&
    "getFileHandle" in target &&
    typeof target.getFileHandle === "function"
  );
}

/**
 * Writes a download into a folder. A writable file replaces what is there only when it is closed, so that there is never
 * half a file.
 */
export function saveToFolder(
  folder: Folder,
  download: () => Promise<MediaDownload>,
  options: SaveOptions,
): Promise<SavedMedia> {
  return saveOpened(download, options, async ({ body, filename }) => {
    const claimed = options.overwrite === true ? claimName : claimFreeName;
    const claim = await inTurn(() => claimed(folder, filename));
    try {
      await body.stream.pipeTo(await openForWriting(claim.handle));
    } catch (error) {
      if (claim.isNew) await folder.removeEntry?.(claim.name).catch(() => undefined);
      throw error;
    }
    return claim.name;
  });
}

/** Two tabs that look for a free name at the same moment must not find the same one. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  // Not in every browser, nor in insecure pages, which have no folders either.
  const locks: LockManager | undefined = navigator.locks;
  return locks === undefined ? work() : locks.request("flowith-save", work);
}

async function claimFreeName(folder: Folder, requested: string): Promise<Claim> {
  for (const name of numberedNames(requested)) {
    if (await isFree(folder, name))
      return { name, handle: await folder.getFileHandle(name, { create: true }), isNew: true };
  }
  throw new FileSaveError(`save: there are too many files of the name ${excerpt(requested)} in the folder.`);
}

async function claimName(folder: Folder, name: string): Promise<Claim> {
  const isNew = await isFree(folder, name);
  return { name, handle: await folder.getFileHandle(name, { create: true }), isNew };
}

async function isFree(folder: Folder, name: string): Promise<boolean> {
  try {
    await folder.getFileHandle(name);
    return false;
  } catch (error) {
    // By its name: a folder may be another frame's, and so its errors.
    const name: unknown = typeof error === "object" && error !== null && "name" in error ? error.name : undefined;
    // A folder of that name.
    if (name === "TypeMismatchError") return false;
    if (name === "NotFoundError") return true;
    throw error;
  }
}

function openForWriting(handle: unknown): Promise<WritableStream<Uint8Array>> {
  if (isWritable(handle)) return handle.createWritable();
  throw new InvalidArgumentError(
    "save: this browser cannot write into folders. Call save() without a target for a download.",
  );
}

function isWritable(handle: unknown): handle is { createWritable(): Promise<WritableStream<Uint8Array>> } {
  return (
    typeof handle === "object" &&
    handle !== null &&
    "createWritable" in handle &&
    typeof handle.createWritable === "function"
  );
}
