import { randomUUID } from "node:crypto";

export interface StoredFile {
  key: string;
  name: string;
  contentType: string;
  ownerId?: string | undefined;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface FileStore {
  /** Keeps a file and says where it is served. */
  put(file: Omit<StoredFile, "key">): string;
  get(key: string): StoredFile | undefined;
  findByUrl(url: string): StoredFile | undefined;
  clear(): void;
  snapshot(): ReadonlyMap<string, StoredFile>;
  restore(files: ReadonlyMap<string, StoredFile>): void;
}

/** Files live in memory and are served under `/files/<key>/<name>` of the origin given. */
export function createFileStore(origin: () => string): FileStore {
  let files = new Map<string, StoredFile>();
  const keyOf = (url: string): string => url.match(/\/files\/([^/]+)\//)?.[1] ?? "";
  return {
    put(file) {
      const key = randomUUID();
      files.set(key, { ...file, key });
      return `${origin()}/files/${key}/${encodeURIComponent(file.name)}`;
    },
    get: (key) => files.get(key),
    findByUrl: (url) => files.get(keyOf(url)),
    clear: () => files.clear(),
    snapshot: () => new Map(files),
    restore: (kept) => {
      files = new Map(kept);
    },
  };
}
