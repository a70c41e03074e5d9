import * as v from "valibot";
import type { Queryable } from "../../database/database.ts";

/** What the role of the transaction may use in a schema. */
export interface Accessible {
  readonly tables: ReadonlySet<string>;
  /** By the number that Postgres gave the function, as functions may share a name. */
  readonly routines: ReadonlySet<number>;
  readonly schemaComment: string | null;
}

const row = v.object({
  tables: v.nullable(v.array(v.string())),
  routines: v.nullable(v.array(v.number())),
  comment: v.nullable(v.string()),
});

const query = `
  select
    (select json_agg(c.relname) from pg_class c
      where c.relnamespace = n.oid and c.relkind in ('r', 'v', 'm', 'f', 'p') and (
        pg_has_role(c.relowner, 'usage')
        or has_table_privilege(c.oid, 'select, insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege(c.oid, 'select, insert, update, references'))) as tables,
    (select json_agg(p.oid::int) from pg_proc p
      where p.pronamespace = n.oid and has_function_privilege(p.oid, 'execute')) as routines,
    obj_description(n.oid, 'pg_namespace') as comment
  from pg_namespace n where n.nspname = $1`;

export async function readAccessible(database: Queryable, schema: string): Promise<Accessible> {
  const { rows } = await database.query(query, [schema]);
  const { tables, routines, comment } = v.parse(row, rows[0]);
  return { tables: new Set(tables ?? []), routines: new Set(routines ?? []), schemaComment: comment };
}
