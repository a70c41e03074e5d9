import * as v from "valibot";
import type { Database, Queryable } from "../database/database.ts";

/** All but Postgres's own: a schema that is served in place of Flowith's can have any. */
const isOurs = (schema: string): string => `${schema} !~ '^pg_' and ${schema} <> 'information_schema'`;

interface TableCopy {
  /** Quoted, with its schema. */
  name: string;
  /** Columns that can be written. */
  columns: string;
  rows: string;
}

/** All rows and counters at one moment. Plain JSON. */
export interface TableSnapshot {
  tables: TableCopy[];
  sequences: { name: string; value: string | null; start: string }[];
}

/** For one that was written to a file. */
export const tableSnapshotSchema: v.GenericSchema<unknown, TableSnapshot> = v.object({
  tables: v.array(v.object({ name: v.string(), columns: v.string(), rows: v.string() })),
  sequences: v.array(v.object({ name: v.string(), value: v.nullable(v.string()), start: v.string() })),
});

const tablesSql = `
  select format('%I.%I', c.table_schema, c.table_name) as name, string_agg(quote_ident(c.column_name), ', ') as columns
  from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
  where t.table_type = 'BASE TABLE' and ${isOurs("c.table_schema")} and c.is_generated = 'NEVER'
  group by c.table_schema, c.table_name`;

const sequencesSql = `
  select format('%I.%I', schemaname, sequencename) as name, last_value::text as value, start_value::text as start
  from pg_sequences where ${isOurs("schemaname")}`;

export async function takeSnapshot(database: Database): Promise<TableSnapshot> {
  return database.transaction(async (transaction) => {
    const { rows: found } = await transaction.query<{ name: string; columns: string }>(tablesSql);
    const tables: TableCopy[] = [];
    for (const { name, columns } of found) {
      const sql = `select coalesce(json_agg(t), '[]')::text as rows from (select ${columns} from ${name}) t`;
      const { rows } = await transaction.query<{ rows: string }>(sql);
      tables.push({ name, columns, rows: rows[0]?.rows ?? "[]" });
    }
    const { rows: sequences } = await transaction.query<TableSnapshot["sequences"][number]>(sequencesSql);
    return { tables, sequences };
  });
}

async function fill(transaction: Queryable, { name, columns, rows }: TableCopy): Promise<void> {
  if (rows === "[]") return;
  await transaction.query(
    `insert into ${name} (${columns}) overriding system value
     select ${columns} from json_populate_recordset(null::${name}, $1::json)`,
    [rows],
  );
}

/** Makes the tables what they were; rows that came since are gone. */
export async function restoreSnapshot(database: Database, { tables, sequences }: TableSnapshot): Promise<void> {
  await database.transaction(async (transaction) => {
    // without triggers and foreign keys, so that the order of tables does not matter and updated_at stays
    await transaction.exec("set local session_replication_role = replica");
    await transaction.exec(`truncate ${tables.map(({ name }) => name).join(", ")} cascade`);
    for (const table of tables) await fill(transaction, table);
    for (const { name, value, start } of sequences) {
      await transaction.query("select setval($1::regclass, $2::bigint, $3::boolean)", [
        name,
        value ?? start,
        value !== null,
      ]);
    }
  });
}
