import * as v from "valibot";
import type { Queryable } from "../../database/database.ts";
import type { Table } from "./types.ts";

const tableRow = v.object({
  schema: v.string(),
  name: v.string(),
  kind: v.string(),
  updatable: v.number(),
  description: v.nullable(v.string()),
  primary_key: v.nullable(v.array(v.string())),
  columns: v.nullable(
    v.array(
      v.object({
        name: v.string(),
        type: v.string(),
        dataType: v.string(),
        baseType: v.string(),
        maxLength: v.nullable(v.number()),
        enumValues: v.nullable(v.array(v.string())),
        default: v.nullable(v.string()),
        isNullable: v.boolean(),
        description: v.nullable(v.string()),
      }),
    ),
  ),
});

// A default of a column is kept in pg_attrdef, one of a domain in pg_type, one of an identity in its sequence.
const query = `
  with recursive base_types as (
    select oid, oid as base, typbasetype from pg_type
    union all
    select b.oid, t.oid, t.typbasetype from base_types b join pg_type t on t.oid = b.typbasetype
  )
  select n.nspname as schema, c.relname as name, c.relkind::text as kind,
    pg_relation_is_updatable(c.oid, true) as updatable,
    obj_description(c.oid, 'pg_class') as description,
    (select json_agg(a.attname order by a.attname)
      from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
      where k.conrelid = c.oid and k.contype = 'p') as primary_key,
    (select json_agg(json_build_object(
        'name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod),
        'dataType', case when n_type.nspname = 'pg_catalog' then format_type(a.atttypid, null)
          else format_type(a.atttypid, a.atttypmod) end,
        'baseType', format_type(b.base, null),
        'maxLength', information_schema._pg_char_max_length(
          information_schema._pg_truetypid(a.*, t.*), information_schema._pg_truetypmod(a.*, t.*)),
        'enumValues', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
        'default', case
          when a.attidentity = 'd' then format('nextval(%L)', (
            select s.objid::regclass from pg_depend s
            where s.refobjid = a.attrelid and s.refobjsubid = a.attnum and s.deptype = 'i' limit 1))
          when a.attgenerated <> '' then null
          when d.adbin is null and t.typtype = 'd' then t.typdefault
          else pg_get_expr(d.adbin, d.adrelid) end,
        'isNullable', not (a.attnotnull or t.typtype = 'd' and t.typnotnull),
        'description', col_description(c.oid, a.attnum)) order by a.attnum)
      from pg_attribute a
      join pg_type t on t.oid = a.atttypid
      join base_types b on b.oid = t.oid and b.typbasetype = 0
      join pg_namespace n_type on n_type.oid = t.typnamespace
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm', 'f', 'p') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema')
  order by 1, 2`;

// The bits of pg_relation_is_updatable are 1 << CmdType.
const canUpdate = 4;
const canInsert = 8;
const canDelete = 16;

export async function readTables(database: Queryable): Promise<Table[]> {
  const { rows } = await database.query(query);
  return v.parse(v.array(tableRow), rows).map((row) => {
    const isTable = row.kind === "r" || row.kind === "p";
    const can = (bit: number): boolean => isTable || (row.kind !== "m" && (row.updatable & bit) === bit);
    return {
      schema: row.schema,
      name: row.name,
      isView: row.kind === "v" || row.kind === "m",
      isInsertable: can(canInsert),
      isUpdatable: can(canUpdate),
      isDeletable: can(canDelete),
      primaryKey: row.primary_key ?? [],
      columns: new Map(
        (row.columns ?? []).map((column) => [column.name, { ...column, enumValues: column.enumValues ?? [] }]),
      ),
      description: row.description,
    };
  });
}
