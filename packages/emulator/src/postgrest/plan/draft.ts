import { type Catalog, findTable, type QualifiedName } from "../catalog/types.ts";
import { notEmbedded } from "../errors.ts";
import { allRows, type RowRange } from "../http/range.ts";
import type { AtPath, Field, Filter, JoinType, LogicTree, Operation, OrderTerm, SelectItem } from "../parse/ast.ts";
import { parameterPath, type QueryString } from "../parse/query-string.ts";
import type { ColumnReference, Condition, PlannedOrder, SelectedColumn } from "./read-plan.ts";

/** A level of the request before its relationship to the level above is known. */
export interface Draft {
  readonly table: QualifiedName;
  readonly alias: string | undefined;
  readonly hint: string | undefined;
  readonly join: JoinType | undefined;
  readonly isSpread: boolean;
  select: SelectedColumn[];
  where: Condition[];
  order: PlannedOrder[];
  range: RowRange;
  children: Draft[];
}

function resolveColumn(catalog: Catalog, table: QualifiedName, field: Field): ColumnReference {
  const column = findTable(catalog, table)?.columns.get(field.name);
  return {
    name: field.name,
    path: field.path,
    isJson: column?.type === "json" || column?.type === "jsonb",
    isText: column !== undefined && column.baseType !== "tsvector",
  };
}

export function resolveLogic(catalog: Catalog, table: QualifiedName, tree: LogicTree): Condition {
  if (tree.kind === "group") {
    return { ...tree, children: tree.children.map((child) => resolveLogic(catalog, table, child)) };
  }
  return resolveFilter(catalog, table, tree);
}

function resolveFilter(catalog: Catalog, table: QualifiedName, filter: Filter): Condition {
  const { isNegated, operation }: { isNegated: boolean; operation: Operation } = filter;
  return { kind: "filter", column: resolveColumn(catalog, table, filter.field), isNegated, operation };
}

/** The name under which the JSON of a path appears: its last key, or the column when it has only indexes. */
function jsonAlias(field: Field): string | undefined {
  if (field.path.length === 0) return undefined;
  for (const { operand } of [...field.path].reverse()) {
    if (operand.kind === "key") return operand.key;
  }
  return field.name;
}

function draftOf(catalog: Catalog, table: QualifiedName, items: readonly SelectItem[], base: Partial<Draft>): Draft {
  const draft: Draft = {
    table,
    alias: undefined,
    hint: undefined,
    join: undefined,
    isSpread: false,
    select: [],
    where: [],
    order: [],
    range: allRows,
    children: [],
    ...base,
  };
  for (const item of items) {
    if (item.kind === "field") {
      draft.select.push({
        column: resolveColumn(catalog, table, item.field),
        cast: item.cast,
        alias: item.alias ?? (item.aggregate === undefined ? jsonAlias(item.field) : undefined),
        hasAggregate: item.aggregate !== undefined,
      });
    } else {
      const { alias, hint, join, isSpread } = item;
      const embedded = { schema: table.schema, name: item.name };
      draft.children.push(draftOf(catalog, embedded, item.children, { alias, hint, join, isSpread }));
    }
  }
  return draft;
}

/** Finds the level and moves it to the front of its siblings, which decides the order of the keys in the answer. */
function levelAt(root: Draft, path: readonly string[]): Draft {
  const [name, ...rest] = path;
  if (name === undefined) return root;
  const child = root.children.find((candidate) => candidate.table.name === name || candidate.alias === name);
  if (child === undefined) throw notEmbedded(name);
  const found = levelAt(child, rest);
  root.children = [child, ...root.children.filter((other) => other !== child)];
  return found;
}

// From the last parameter to the first: the first to fail is the last one, and conditions keep their order.
function place<T>(root: Draft, entries: readonly AtPath<T>[], put: (level: Draft, value: T) => void): void {
  for (const { path, value } of [...entries].reverse()) put(levelAt(root, path), value);
}

export interface DraftOptions {
  readonly catalog: Catalog;
  readonly table: QualifiedName;
  readonly query: QueryString;
  readonly ranges: ReadonlyMap<string, RowRange>;
  /** A write filters and limits what it changes, so the reading after it leaves those at the top to it. */
  readonly isAfterWrite: boolean;
}

export function draftRead({ catalog, table, query, ranges, isAfterWrite }: DraftOptions): Draft {
  const root = draftOf(catalog, table, query.select, {});
  const filters = isAfterWrite ? query.filters.filter(({ path }) => path.length > 0) : query.filters;
  place(root, filters, (level, filter) => {
    level.where.unshift(resolveFilter(catalog, level.table, filter));
  });
  place(root, query.order, (level, terms: readonly OrderTerm[]) => {
    level.order = terms.map(({ field, relation, direction, nulls }) => ({
      column: resolveColumn(catalog, table, field),
      embed: relation,
      direction,
      nulls,
    }));
  });
  if (!isAfterWrite) {
    const limits = [...ranges].map(([name, value]) => ({ path: parameterPath(name), value }));
    place(root, limits, (level, range) => {
      level.range = range;
    });
  }
  place(root, query.logic, (level, tree) => {
    level.where.unshift(resolveLogic(catalog, level.table, tree));
  });
  return root;
}
