import type { JsonOperation } from "../parse/ast.ts";
import type { ColumnReference, Qualifier } from "../plan/read-plan.ts";
import { bind, type Fragment, join, name, sql } from "./fragment.ts";

export function columnName(qualifier: Qualifier, column: string): Fragment {
  const table = name(qualifier.schema, qualifier.name);
  return column === "*" ? sql`${table}.*` : sql`${table}.${name(column)}`;
}

function jsonStep({ arrow, operand }: JsonOperation): Fragment {
  const key = operand.kind === "key" ? bind(operand.key) : sql`${bind(operand.index)}::int`;
  return arrow === "->" ? sql`->${key}` : sql`->>${key}`;
}

/** A column, followed by the way into its JSON. */
export function columnValue(qualifier: Qualifier, { name: column, path, isJson }: ColumnReference): Fragment {
  const plain = columnName(qualifier, column);
  if (path.length === 0) return plain;
  const json = isJson ? plain : sql`to_jsonb(${plain})`;
  return join([json, ...path.map(jsonStep)], "");
}
