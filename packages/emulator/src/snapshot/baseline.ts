import * as v from "valibot";
import type { Database } from "../database/database.ts";
import { readImageFile } from "../database/database-image.ts";
import { type TableSnapshot, tableSnapshotSchema, takeSnapshot } from "./table-snapshot.ts";

const fileSchema = v.pipe(v.string(), v.parseJson(), tableSnapshotSchema);

/**
 * The rows of a database that was just unpacked from an image. They stand beside it: asking Postgres for them takes a
 * fifth of a start.
 * @param content of the image
 */
export async function imageRows(database: Database, content: string): Promise<TableSnapshot> {
  const bytes = await readImageFile(content, "json");
  const parsed = v.safeParse(fileSchema, bytes && new TextDecoder().decode(bytes));
  return parsed.success ? parsed.output : takeSnapshot(database);
}
