import * as v from "valibot";
import type { Queryable } from "../../database/database.ts";
import type { ComputedRelationship } from "./types.ts";

const row = v.object({
  schema: v.string(),
  name: v.string(),
  table_schema: v.string(),
  table_name: v.string(),
  foreign_schema: v.string(),
  foreign_name: v.string(),
  is_to_one: v.boolean(),
});

// "rows 1" on a set-returning function declares that it is to-one.
const query = `
  select pn.nspname as schema, p.proname as name, an.nspname as table_schema, a.relname as table_name,
    rn.nspname as foreign_schema, r.relname as foreign_name, (not p.proretset or p.prorows = 1) as is_to_one
  from pg_proc p
  join pg_namespace pn on pn.oid = p.pronamespace
  join pg_class a on a.reltype = p.proargtypes[0] and a.relkind in ('r', 'v', 'm', 'f', 'p')
  join pg_namespace an on an.oid = a.relnamespace
  join pg_class r on r.reltype = p.prorettype and r.relkind in ('r', 'v', 'm', 'f', 'p')
  join pg_namespace rn on rn.oid = r.relnamespace
  where p.pronargs = 1`;

export async function readComputedRelationships(database: Queryable): Promise<ComputedRelationship[]> {
  const { rows } = await database.query(query);
  return v.parse(v.array(row), rows).map((entry) => ({
    kind: "computed",
    function: { schema: entry.schema, name: entry.name },
    table: { schema: entry.table_schema, name: entry.table_name },
    foreignTable: { schema: entry.foreign_schema, name: entry.foreign_name },
    isToOne: entry.is_to_one,
  }));
}
