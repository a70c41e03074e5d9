import * as v from "valibot";
import type { Queryable } from "../../database/database.ts";
import { originColumns } from "./node-tree.ts";
import type { QualifiedName } from "./types.ts";

/** The columns of a view that are columns of one table; a table's column may appear several times. */
export interface ViewOrigin {
  readonly view: QualifiedName;
  readonly table: QualifiedName;
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

const relationRow = v.object({
  oid: v.number(),
  schema: v.string(),
  name: v.string(),
  columns: v.record(v.string(), v.string()),
  tree: v.nullable(v.string()),
});
type Relation = v.InferOutput<typeof relationRow>;

const query = `
  select c.oid::int as oid, n.nspname as schema, c.relname as name,
    (select coalesce(json_object_agg(a.attnum, a.attname), '{}') from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select r.ev_action::text from pg_rewrite r
      where r.ev_class = c.oid and r.rulename = '_RETURN' and c.relkind in ('v', 'm')) as tree
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm', 'f', 'p') and n.nspname not in ('pg_catalog', 'information_schema')`;

interface Origin {
  readonly viewColumn: string;
  readonly relation: Relation;
  readonly column: string;
}

/** Through views over views, but only once through each: `create or replace view` can make two select from each other. */
function originsOf(
  view: Relation,
  relations: ReadonlyMap<number, Relation>,
  above: readonly Relation[] = [],
): Origin[] {
  return originColumns(view.tree ?? "").flatMap(({ position, relation: oid, column: number }) => {
    const viewColumn = view.columns[position];
    const relation = relations.get(oid);
    const column = relation?.columns[number];
    if (viewColumn === undefined || relation === undefined || column === undefined) return [];
    if (relation.tree === null) return [{ viewColumn, relation, column }];
    if (relation === view || above.includes(relation)) return [];
    return originsOf(relation, relations, [...above, view])
      .filter((origin) => origin.viewColumn === column)
      .map((origin) => ({ ...origin, viewColumn }));
  });
}

function groupByTable(view: Relation, origins: readonly Origin[]): ViewOrigin[] {
  const tables = new Map<Relation, Map<string, string[]>>();
  for (const { relation, column, viewColumn } of origins) {
    const columns = tables.get(relation) ?? new Map<string, string[]>();
    columns.set(column, [...(columns.get(column) ?? []), viewColumn]);
    tables.set(relation, columns);
  }
  return [...tables].map(([table, columns]) => ({
    view: { schema: view.schema, name: view.name },
    table: { schema: table.schema, name: table.name },
    columns,
  }));
}

export async function readViewOrigins(database: Queryable): Promise<ViewOrigin[]> {
  const { rows } = await database.query(query);
  const relations = new Map(v.parse(v.array(relationRow), rows).map((relation) => [relation.oid, relation]));
  return [...relations.values()]
    .filter(({ tree }) => tree !== null)
    .flatMap((view) => groupByTable(view, originsOf(view, relations)));
}
