import { randomUUID } from "node:crypto";
import type { Database } from "../database/database.ts";
import type { FileStore, StoredFile } from "../files/file-store.ts";
import { restoreSnapshot, type TableSnapshot, takeSnapshot } from "./table-snapshot.ts";

export interface Snapshots {
  take(): Promise<string>;
  restore(id: string): Promise<boolean>;
}

/** States of rows and files to come back to. Sessions are rows: tokens made since a snapshot do not outlive a restore. */
export function createSnapshots(database: Database, files: FileStore): Snapshots {
  const kept = new Map<string, { tables: TableSnapshot; files: ReadonlyMap<string, StoredFile> }>();
  return {
    async take() {
      const id = randomUUID();
      kept.set(id, { tables: await takeSnapshot(database), files: files.snapshot() });
      return id;
    },
    async restore(id) {
      const state = kept.get(id);
      if (state === undefined) return false;
      await restoreSnapshot(database, state.tables);
      files.restore(state.files);
      return true;
    },
  };
}
