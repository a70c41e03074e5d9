import * as v from "valibot";
import type { Database } from "../database/database.ts";
import type { FileStore, StoredFile } from "../files/file-store.ts";
import { restoreSnapshot, type TableSnapshot, takeSnapshot } from "../snapshot/table-snapshot.ts";
import { type ExportLine, headerSchema, lineSchema } from "./export-format.ts";

/** What was sent is no export, or does not fit the tables that are here. */
export class ImportError extends Error {
  override name = "ImportError";
}

interface Content {
  tables: TableSnapshot["tables"];
  sequences: TableSnapshot["sequences"];
  files: Map<string, StoredFile>;
}

function addLine(content: Content, line: ExportLine): void {
  if ("table" in line) content.tables.push(line.table);
  else if ("sequence" in line) content.sequences.push(line.sequence);
  else content.files.set(line.file.key, { ...line.file, bytes: new Uint8Array(Buffer.from(line.base64, "base64")) });
}

async function* splitLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let pieces: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    const parts = decoder.decode(value, { stream: !done }).split("\n");
    for (const part of parts.slice(0, -1)) {
      yield pieces.join("") + part;
      pieces = [];
    }
    pieces.push(parts.at(-1) ?? "");
    if (done) break;
  }
  const last = pieces.join("");
  if (last !== "") yield last;
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, line: string, number: number): T {
  try {
    return v.parse(schema, JSON.parse(line));
  } catch {
    throw new ImportError(
      number === 1 ? "This is not an export of the emulator." : `Line ${number} is not one of an export.`,
    );
  }
}

async function read(body: ReadableStream<Uint8Array>): Promise<Content> {
  const content: Content = { tables: [], sequences: [], files: new Map() };
  let number = 0;
  for await (const line of splitLines(body)) {
    number += 1;
    if (number === 1) parsed(headerSchema, line, number);
    else addLine(content, parsed(lineSchema, line, number));
  }
  if (number === 0) throw new ImportError("This is not an export of the emulator.");
  return content;
}

/** The exported rows under the names of this database: nothing of a file's text becomes SQL. */
function fitted({ tables, sequences }: Content, here: TableSnapshot): TableSnapshot {
  const strange = tables.find(({ name }) => !here.tables.some((table) => table.name === name));
  if (strange !== undefined) throw new ImportError(`There is no table ${strange.name} here.`);
  return {
    tables: here.tables.map(({ name, columns }) => {
      const sent = tables.find((table) => table.name === name);
      if (sent === undefined) return { name, columns, rows: "[]" };
      // columns that are new here get their defaults
      const known = new Set(sent.columns.split(", "));
      const shared = columns.split(", ").filter((column) => known.has(column));
      return { name, columns: shared.join(", "), rows: sent.rows };
    }),
    sequences: here.sequences.map(
      (sequence) => sequences.find(({ name }) => name === sequence.name) ?? { ...sequence, value: null },
    ),
  };
}

/**
 * Puts an export in the place of all rows and files; on an error everything is as before.
 * @throws ImportError
 */
export async function importData(
  database: Database,
  files: FileStore,
  body: ReadableStream<Uint8Array>,
): Promise<void> {
  const content = await read(body);
  const snapshot = fitted(content, await takeSnapshot(database));
  try {
    await restoreSnapshot(database, snapshot);
  } catch (error) {
    throw new ImportError(`The rows do not fit: ${String(error)}`, { cause: error });
  }
  files.restore(content.files);
}
