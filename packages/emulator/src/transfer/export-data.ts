import type { Database } from "../database/database.ts";
import type { FileStore } from "../files/file-store.ts";
import { takeSnapshot } from "../snapshot/table-snapshot.ts";
import type { ExportHeader, ExportLine } from "./export-format.ts";

async function* linesOf(database: Database, files: FileStore): AsyncGenerator<ExportHeader | ExportLine> {
  yield { format: "flowith-emulator", version: 1, exportedAt: new Date().toISOString() };
  const { tables, sequences } = await takeSnapshot(database);
  for (const table of tables) yield { table };
  for (const sequence of sequences) yield { sequence };
  for (const { bytes, ...file } of files.snapshot().values()) {
    yield { file, base64: Buffer.from(bytes).toString("base64") };
  }
}

/** Rows, users, sessions and files as JSON Lines. The signing key is not among them. */
export function exportData(database: Database, files: FileStore): ReadableStream<Uint8Array> {
  const lines = linesOf(database, files);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await lines.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
