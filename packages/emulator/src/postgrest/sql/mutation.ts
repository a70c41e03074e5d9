import type { QualifiedName } from "../catalog/types.ts";
import type { InsertPlan, MutationPlan, UpdatePlan } from "../plan/mutation.ts";
import { columnName } from "./column.ts";
import { conditionSql, whereSql } from "./condition.ts";
import { empty, type Fragment, join, name, sql } from "./fragment.ts";
import { fromJsonBody } from "./json-body.ts";

const bodyRow: QualifiedName = { schema: "", name: "pgrst_body" };

// An upsert answers 201 when it inserted something. Each row counts up; a row that turns out to be an update counts
// down again. The comparisons are always true.
const insertedCount = sql`coalesce(nullif(current_setting('pgrst.inserted', true), '')::int, 0)`;
const countInserted = sql`set_config('pgrst.inserted', (${insertedCount} + 1)::text, true) <> '0'`;
const countUpdated = sql`set_config('pgrst.inserted', (${insertedCount} - 1)::text, true) <> '-1'`;

function returningSql(table: QualifiedName, columns: readonly string[]): Fragment {
  if (columns.length === 0) return sql` returning 1`;
  return sql` returning ${join(
    columns.map((column) => columnName(table, column)),
    ", ",
  )}`;
}

function conflictSql({ conflict, columns, keyConditions }: InsertPlan): Fragment {
  if (conflict === undefined || conflict.columns.length === 0) return empty;
  const target = sql` on conflict (${join(
    conflict.columns.map((column) => name(column)),
    ", ",
  )})`;
  if (conflict.resolution === "ignore-duplicates" || columns.length === 0) return sql`${target} do nothing`;
  const assignments = columns.map((column) => sql`${name(column.name)} = excluded.${name(column.name)}`);
  const isCounted = keyConditions.length > 0 || conflict.resolution === "merge-duplicates";
  return sql`${target} do update set ${join(assignments, ", ")}${isCounted ? sql` where ${countUpdated}` : empty}`;
}

function insertSql(plan: InsertPlan): Fragment {
  const { table, columns, body, keyConditions, appliesDefaults, conflict } = plan;
  const names = join(
    columns.map((column) => name(column.name)),
    ", ",
  );
  const values = join(
    columns.map((column) => columnName(bodyRow, column.name)),
    ", ",
  );
  const into = columns.length === 0 ? sql` ` : sql` (${names}) `;
  const isCounted = keyConditions.length > 0 || conflict?.resolution === "merge-duplicates";
  const where = whereSql([
    ...(isCounted ? [countInserted] : []),
    ...keyConditions.map((condition) => conditionSql(bodyRow, condition)),
  ]);
  const from = fromJsonBody(body, { columns, appliesDefaults, firstRowOnly: false });
  return sql`insert into ${name(table.schema, table.name)}${into}select ${values} ${from}${where}${conflictSql(plan)}${returningSql(table, plan.returning)}`;
}

function updateSql(plan: UpdatePlan): Fragment {
  const { table, columns, body, where, appliesDefaults } = plan;
  const target = name(table.schema, table.name);
  if (columns.length === 0) {
    // Nothing to set is no valid UPDATE. An empty result still has to have the columns that are read from it.
    const returned = plan.returning.map((column) => columnName({ schema: "", name: table.name }, column));
    return sql`select ${returned.length === 0 ? sql`null` : join(returned, ", ")} from ${target} where false`;
  }
  const assignments = columns.map((column) => sql`${name(column.name)} = ${columnName(bodyRow, column.name)}`);
  const conditions = whereSql(where.map((condition) => conditionSql(table, condition)));
  const from = fromJsonBody(body, { columns, appliesDefaults, firstRowOnly: false });
  return sql`update ${target} set ${join(assignments, ", ")} ${from}${conditions}${returningSql(table, plan.returning)}`;
}

export function mutationSql(plan: MutationPlan): Fragment {
  switch (plan.kind) {
    case "insert":
      return insertSql(plan);
    case "update":
      return updateSql(plan);
    case "delete": {
      const conditions = whereSql(plan.where.map((condition) => conditionSql(plan.table, condition)));
      return sql`delete from ${name(plan.table.schema, plan.table.name)}${conditions}${returningSql(plan.table, plan.returning)}`;
    }
  }
}
