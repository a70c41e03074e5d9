import {
  type Cardinality,
  type ColumnPairs,
  isSameName,
  type KeyRelationship,
  type Relationship,
  type Table,
} from "./types.ts";

function swap(columns: ColumnPairs): ColumnPairs {
  return columns.map(([column, foreign]) => [foreign, column] as const);
}

function inverse(relationship: KeyRelationship): KeyRelationship[] {
  const { cardinality } = relationship;
  if (cardinality.kind === "many-to-many") return [];
  return [
    {
      ...relationship,
      table: relationship.foreignTable,
      foreignTable: relationship.table,
      isForeignTableView: relationship.isTableView,
      isTableView: relationship.isForeignTableView,
      isInverse: true,
      cardinality: {
        kind: cardinality.kind === "one-to-one" ? "one-to-one" : "one-to-many",
        constraint: cardinality.constraint,
        columns: swap(cardinality.columns),
      },
    },
  ];
}

/** Two foreign keys of one table whose columns are part of its primary key make it a junction. */
function throughJunctions(keys: readonly KeyRelationship[], tables: readonly Table[]): KeyRelationship[] {
  const manyToOne = keys.flatMap((key) =>
    key.cardinality.kind === "many-to-one" ? [{ ...key, cardinality: key.cardinality }] : [],
  );
  return manyToOne.flatMap((source) =>
    manyToOne.flatMap((target): KeyRelationship[] => {
      const { constraint, columns } = source.cardinality;
      if (!isSameName(source.table, target.table) || constraint === target.cardinality.constraint) return [];
      const primaryKey = tables.find((table) => isSameName(table, source.table))?.primaryKey ?? [];
      const used = [...columns, ...target.cardinality.columns].map(([column]) => column);
      if (!used.every((column) => primaryKey.includes(column))) return [];
      return [
        {
          kind: "key",
          table: source.foreignTable,
          foreignTable: target.foreignTable,
          isSelf: isSameName(source.foreignTable, target.foreignTable),
          isTableView: source.isForeignTableView,
          isForeignTableView: target.isForeignTableView,
          isInverse: false,
          cardinality: {
            kind: "many-to-many",
            junction: source.table,
            sourceConstraint: constraint,
            targetConstraint: target.cardinality.constraint,
            sourceColumns: swap(columns),
            targetColumns: swap(target.cardinality.columns),
          },
        },
      ];
    }),
  );
}

const rank: Record<Cardinality["kind"], number> = {
  "one-to-many": 0,
  "many-to-one": 1,
  "one-to-one": 2,
  "many-to-many": 3,
};

// The order in which an ambiguous embed lists its candidates.
function sortKey({ foreignTable, isSelf, cardinality }: KeyRelationship): string {
  const constraint =
    cardinality.kind === "many-to-many"
      ? `${cardinality.junction.schema}.${cardinality.junction.name}.${cardinality.sourceConstraint}`
      : cardinality.constraint;
  return [foreignTable.schema, foreignTable.name, Number(isSelf), rank[cardinality.kind], constraint].join("\0");
}

/** Every way from a table to another one that its foreign keys, and those of the tables between, offer. */
export function deriveRelationships(keys: readonly KeyRelationship[], tables: readonly Table[]): Relationship[] {
  const all = [...keys, ...throughJunctions(keys, tables), ...keys.flatMap(inverse)];
  return all
    .map((relationship) => ({ relationship, key: sortKey(relationship) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ relationship }) => relationship);
}
