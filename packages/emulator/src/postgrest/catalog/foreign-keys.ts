import * as v from "valibot";
import type { Queryable } from "../../database/database.ts";
import type { KeyRelationship } from "./types.ts";

const keyRow = v.object({
  table_schema: v.string(),
  table_name: v.string(),
  foreign_schema: v.string(),
  foreign_name: v.string(),
  constraint: v.string(),
  columns: v.array(v.tuple([v.string(), v.string()])),
  is_unique: v.boolean(),
});

// A foreign key whose columns are exactly those of a primary key or a unique constraint can point to one row only.
const query = `
  select ns.nspname as table_schema, t.relname as table_name, fns.nspname as foreign_schema, f.relname as foreign_name,
    k.conname as constraint,
    (select json_agg(json_build_array(a.attname, fa.attname) order by pair.position)
      from unnest(k.conkey, k.confkey) with ordinality as pair (col, fcol, position)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.col
      join pg_attribute fa on fa.attrelid = k.confrelid and fa.attnum = pair.fcol) as columns,
    exists (
      select 1 from pg_constraint u
      where u.conrelid = k.conrelid and u.contype in ('p', 'u') and u.conkey @> k.conkey and u.conkey <@ k.conkey
    ) as is_unique
  from pg_constraint k
  join pg_class t on t.oid = k.conrelid
  join pg_namespace ns on ns.oid = t.relnamespace
  join pg_class f on f.oid = k.confrelid
  join pg_namespace fns on fns.oid = f.relnamespace
  where k.contype = 'f' and k.conparentid = 0
  order by k.conrelid, k.conname`;

/** The relationships from the table that has the foreign key to the table it points to. */
export async function readForeignKeys(database: Queryable): Promise<KeyRelationship[]> {
  const { rows } = await database.query(query);
  return v.parse(v.array(keyRow), rows).map((row) => {
    const table = { schema: row.table_schema, name: row.table_name };
    const foreignTable = { schema: row.foreign_schema, name: row.foreign_name };
    return {
      kind: "key",
      table,
      foreignTable,
      isSelf: table.schema === foreignTable.schema && table.name === foreignTable.name,
      isTableView: false,
      isForeignTableView: false,
      isInverse: false,
      cardinality: {
        kind: row.is_unique ? "one-to-one" : "many-to-one",
        constraint: row.constraint,
        columns: row.columns,
      },
    };
  });
}
