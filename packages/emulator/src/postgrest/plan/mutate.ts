import { type Catalog, type Column, findTable, type QualifiedName, type Table } from "../catalog/types.ts";
import { PostgrestError } from "../errors.ts";
import type { Preferences } from "../http/preferences.ts";
import type { QueryString } from "../parse/query-string.ts";
import { resolveLogic } from "./draft.ts";
import type { ConflictPlan, MutationPlan } from "./mutation.ts";
import type { Condition, ReadPlan } from "./read-plan.ts";
import { returningColumns } from "./returning.ts";

export type MutationKind = "insert" | "update" | "upsertOne" | "delete";

export interface MutateOptions {
  readonly kind: MutationKind;
  readonly catalog: Catalog;
  readonly table: Table;
  readonly query: QueryString;
  readonly preferences: Preferences;
  readonly read: ReadPlan;
  readonly body: string;
  /** The columns that the body or `columns=` names. */
  readonly columns: readonly string[];
}

function typedColumns(table: Table, names: readonly string[]): Column[] {
  return names.map((column) => {
    const found = table.columns.get(column);
    if (found !== undefined) return found;
    const message = `Could not find the '${column}' column of '${table.name}' in the schema cache`;
    throw new PostgrestError(400, "PGRST204", message);
  });
}

function rootConditions(catalog: Catalog, table: QualifiedName, query: QueryString): Condition[] {
  const atRoot = query.filters.filter(({ path }) => path.length === 0);
  // The groups of embeds are applied to the table itself too: PostgREST does not look at their path here.
  return [...atRoot, ...query.logic].map(({ value }) => resolveLogic(catalog, table, value));
}

function rejectInexactKey(table: Table, query: QueryString): void {
  const isEqual = query.filters
    .filter(({ path }) => path.length === 0)
    .every(({ value: { isNegated, operation } }) => {
      if (isNegated || operation.kind !== "quantified") return false;
      return operation.operator === "eq" && operation.quantifier === undefined;
    });
  const names = [...query.filterNames].sort().join();
  const isWholeKey = table.primaryKey.length > 0 && names === [...table.primaryKey].sort().join();
  if (query.logic.length > 0 || !isEqual || !isWholeKey) {
    const message = "Filters must include all and only primary key columns with 'eq' operators";
    throw new PostgrestError(405, "PGRST105", message);
  }
}

export function planMutation(options: MutateOptions): MutationPlan {
  const { kind, catalog, table: entry, query, preferences, read, body } = options;
  const table = { schema: entry.schema, name: entry.name };
  const reads = preferences.representation === "representation" || preferences.representation === "headers-only";
  const returning = reads ? returningColumns(read, entry.primaryKey) : [];
  const where = rootConditions(catalog, table, query);
  const appliesDefaults = preferences.missing === "default";
  if (kind === "delete") return { kind, table, where, returning };
  if (kind === "upsertOne") rejectInexactKey(entry, query);
  const columns = typedColumns(entry, options.columns);
  if (kind === "update") return { kind, table, columns, body, where, returning, appliesDefaults };
  if (kind === "upsertOne") {
    const conflict: ConflictPlan = { resolution: "merge-duplicates", columns: entry.primaryKey };
    return { kind: "insert", table, columns, body, conflict, keyConditions: where, returning, appliesDefaults: false };
  }
  const { resolution } = preferences;
  const conflict = resolution && { resolution, columns: query.onConflict ?? entry.primaryKey };
  return { kind, table, columns, body, conflict, keyConditions: [], returning, appliesDefaults };
}

/** The table of a request, or the error that suggests one with a similar name. */
export function requireTable(
  catalog: Catalog,
  wanted: QualifiedName,
  suggest: (names: string[]) => string | undefined,
): Table {
  const table = findTable(catalog, wanted);
  if (table !== undefined) return table;
  const inSchema = catalog.tables.filter(({ schema }) => schema === wanted.schema).map(({ name }) => name);
  const similar = suggest(inSchema);
  throw new PostgrestError(
    404,
    "PGRST205",
    `Could not find the table '${wanted.schema}.${wanted.name}' in the schema cache`,
    { hint: similar === undefined ? null : `Perhaps you meant the table '${wanted.schema}.${similar}'` },
  );
}
