import { type ColumnPairs, isSameName, type KeyRelationship, type QualifiedName, type Table } from "./types.ts";
import type { ViewOrigin } from "./views.ts";

/** Every way to name the columns of a key by columns of the view; none unless the view has all of them. */
function namings(columns: readonly string[], { columns: viewColumns }: ViewOrigin): string[][] {
  return columns.reduce<string[][]>(
    (known, column) => known.flatMap((naming) => (viewColumns.get(column) ?? []).map((name) => [...naming, name])),
    [[]],
  );
}

function pairs(own: readonly string[], foreign: readonly string[]): ColumnPairs {
  return own.map((column, index) => [column, foreign[index] ?? ""] as const);
}

interface End {
  readonly relation: QualifiedName;
  readonly columns: readonly string[];
  readonly isView: boolean;
}

function ends(table: QualifiedName, columns: readonly string[], origins: readonly ViewOrigin[]): End[] {
  const views = origins
    .filter((origin) => isSameName(origin.table, table))
    .flatMap((origin) =>
      namings(columns, origin).map((naming) => ({ relation: origin.view, columns: naming, isView: true })),
    );
  return [{ relation: table, columns, isView: false }, ...views];
}

/** A view that shows the columns of a foreign key has the key too, on either side. */
export function withViewKeys(keys: readonly KeyRelationship[], origins: readonly ViewOrigin[]): KeyRelationship[] {
  return keys.flatMap((key) => {
    const { cardinality } = key;
    if (cardinality.kind === "many-to-many") return [key];
    const from = ends(
      key.table,
      cardinality.columns.map(([own]) => own),
      origins,
    );
    const to = ends(
      key.foreignTable,
      cardinality.columns.map(([, foreign]) => foreign),
      origins,
    );
    return from.flatMap((source) =>
      to.map(
        (target): KeyRelationship => ({
          ...key,
          table: source.relation,
          foreignTable: target.relation,
          isSelf: isSameName(source.relation, target.relation),
          isTableView: source.isView,
          isForeignTableView: target.isView,
          cardinality: { ...cardinality, columns: pairs(source.columns, target.columns) },
        }),
      ),
    );
  });
}

/** A view that shows a whole primary key has it; of several columns for the same one the first counts. */
export function withViewPrimaryKeys(tables: readonly Table[], origins: readonly ViewOrigin[]): Table[] {
  return tables.map((table) => {
    if (!table.isView) return table;
    const primaryKey = origins
      .filter((origin) => isSameName(origin.view, table))
      .flatMap((origin) => {
        const key = tables.find((candidate) => isSameName(candidate, origin.table))?.primaryKey ?? [];
        return key.length === 0 ? [] : (namings(key, origin)[0] ?? []);
      });
    return { ...table, primaryKey };
  });
}
