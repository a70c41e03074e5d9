import { randomUUID } from "node:crypto";

export interface StoredFile {
  key: string;
  name: string;
  contentType: string;
  ownerId?: string | undefined;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Where files lie; a Map will do. */
export interface FileShelf {
  get(key: string): StoredFile | undefined;
  set(key: string, file: StoredFile): unknown;
  delete(key: string): unknown;
  keys(): Iterable<string>;
}

export interface FileStore {
  /** Keeps a file and says where it is served. */
  put(file: Omit<StoredFile, "key">): string;
  /** Takes back what was put. */
  remove(url: string): void;
  get(key: string): StoredFile | undefined;
  findByUrl(url: string): StoredFile | undefined;
  clear(): void;
  snapshot(): ReadonlyMap<string, StoredFile>;
  restore(files: ReadonlyMap<string, StoredFile>): void;
}

/** Files are served under `/files/<key>/<name>` of the origin given. */
export function createFileStore(origin: () => string, shelf: FileShelf = new Map()): FileStore {
  const keyOf = (url: string): string => url.match(/\/files\/([^/]+)\//)?.[1] ?? "";

  function restore(kept: ReadonlyMap<string, StoredFile>): void {
    const present = new Set(shelf.keys());
    for (const key of present) if (!kept.has(key)) shelf.delete(key);
    for (const [key, file] of kept) if (!present.has(key)) shelf.set(key, file);
  }

  return {
    put(file) {
      const key = randomUUID();
      shelf.set(key, { ...file, key });
      // as part of an address these two would lead out of it
      const name = /^\.{1,2}$/.test(file.name) ? "file" : file.name;
      return `${origin()}/files/${key}/${encodeURIComponent(name)}`;
    },
    remove: (url) => void shelf.delete(keyOf(url)),
    get: (key) => shelf.get(key),
    findByUrl: (url) => shelf.get(keyOf(url)),
    clear: () => restore(new Map()),
    snapshot() {
      const files = new Map<string, StoredFile>();
      for (const key of shelf.keys()) {
        const file = shelf.get(key);
        if (file !== undefined) files.set(key, file);
      }
      return files;
    },
    restore,
  };
}
