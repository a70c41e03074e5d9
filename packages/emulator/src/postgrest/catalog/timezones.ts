import * as v from "valibot";
import type { Database } from "../../database/database.ts";

const rowsSchema = v.array(v.object({ name: v.string() }));

/** The names that Postgres knows. It opens a file for each of them, so only a request that names one asks for them. */
export async function readTimezones(database: Database): Promise<ReadonlySet<string>> {
  const { rows } = await database.query("select name from pg_timezone_names");
  return new Set(v.parse(rowsSchema, rows).map(({ name }) => name));
}
