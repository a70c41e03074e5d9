import { findSimilar, mostSimilar } from "../catalog/fuzzy-set.ts";
import type { Cardinality, Catalog, ColumnPairs, KeyRelationship, Relationship } from "../catalog/types.ts";
import { PostgrestError } from "../errors.ts";

export interface EmbedTarget {
  readonly schema: string;
  /** The table, or alias of one, that the embed starts from. */
  readonly origin: string;
  /** A table, a constraint or a column with a foreign key. */
  readonly target: string;
  readonly hint: string | undefined;
}

function hasConstraint(cardinality: Cardinality, constraint: string): boolean {
  return cardinality.kind !== "many-to-many" && cardinality.constraint === constraint;
}

function singlePair(cardinality: Cardinality): readonly [string, string] | undefined {
  return cardinality.kind !== "many-to-many" && cardinality.columns.length === 1 ? cardinality.columns[0] : undefined;
}

/** A foreign key to the table itself is two relationships: the table name means its children, a column the parent. */
function matchesSelf(relationship: KeyRelationship, { target, hint }: EmbedTarget): boolean {
  const { cardinality, foreignTable } = relationship;
  const pair = singlePair(cardinality);
  const isChildren = target === foreignTable.name && cardinality.kind === "one-to-many";
  if (hint !== undefined) return isChildren && pair?.[1] === hint;
  return isChildren || (cardinality.kind === "many-to-one" && pair?.[0] === target);
}

function matches(relationship: Relationship, wanted: EmbedTarget): boolean {
  const { target, hint } = wanted;
  if (relationship.kind === "computed") return relationship.function.name === target;
  if (relationship.isSelf) return matchesSelf(relationship, wanted);
  const { cardinality, foreignTable, isForeignTableView } = relationship;
  const pair = singlePair(cardinality);
  if (hint === undefined) {
    const isNamedByKey = hasConstraint(cardinality, target) || pair?.[0] === target;
    return foreignTable.name === target || (isNamedByKey && !isForeignTableView);
  }
  const isJunction = cardinality.kind === "many-to-many" && cardinality.junction.name === hint;
  return (
    foreignTable.name === target &&
    (hasConstraint(cardinality, hint) || pair?.[0] === hint || pair?.[1] === hint || isJunction)
  );
}

function suggestion(catalog: Catalog, { schema, origin, target }: EmbedTarget): string | null {
  const parents = catalog.relatedTables.filter((table) => table.schema === schema).map(({ name }) => name);
  if (!parents.includes(origin)) {
    const parent = mostSimilar(parents, origin);
    return parent === undefined ? null : `Perhaps you meant '${parent}' instead of '${origin}'.`;
  }
  const ofOrigin = catalog.relationships.filter(({ table }) => table.schema === schema && table.name === origin);
  const children = ofOrigin.map(({ foreignTable }) => foreignTable.name);
  // An exact match means that the table is right and the hint is not.
  const child = findSimilar(children, target).find(({ similarity }) => similarity < 1);
  return child === undefined ? null : `Perhaps you meant '${child.value}' instead of '${target}'.`;
}

function notFound(catalog: Catalog, wanted: EmbedTarget): PostgrestError {
  const { schema, origin, target, hint } = wanted;
  const using = hint === undefined ? "" : `' using the hint '${hint}`;
  return new PostgrestError(
    400,
    "PGRST200",
    `Could not find a relationship between '${origin}' and '${target}' in the schema cache`,
    {
      details: `Searched for a foreign key relationship between '${origin}' and '${target}${using}' in the schema '${schema}', but no matches were found.`,
      hint: suggestion(catalog, wanted),
    },
  );
}

function columnNames(columns: ColumnPairs, side: 0 | 1): string {
  return `(${columns.map((pair) => pair[side]).join(", ")})`;
}

function describe(relationship: KeyRelationship): Record<string, string> {
  const { table, foreignTable, cardinality } = relationship;
  const embedding = `${table.name} with ${foreignTable.name}`;
  if (cardinality.kind === "many-to-many") {
    const source = cardinality.sourceConstraint + columnNames(cardinality.sourceColumns, 1);
    const target = cardinality.targetConstraint + columnNames(cardinality.targetColumns, 1);
    const text = `${cardinality.junction.name} using ${source} and ${target}`;
    return { cardinality: cardinality.kind, embedding, relationship: text };
  }
  const own = table.name + columnNames(cardinality.columns, 0);
  const foreign = foreignTable.name + columnNames(cardinality.columns, 1);
  return {
    cardinality: cardinality.kind,
    embedding,
    relationship: `${cardinality.constraint} using ${own} and ${foreign}`,
  };
}

function ambiguous({ origin, target }: EmbedTarget, candidates: readonly KeyRelationship[]): PostgrestError {
  const hints = candidates.map(({ foreignTable, cardinality }) => {
    const by = cardinality.kind === "many-to-many" ? cardinality.junction.name : cardinality.constraint;
    return `'${foreignTable.name}!${by}'`;
  });
  return new PostgrestError(
    300,
    "PGRST201",
    `Could not embed because more than one relationship was found for '${origin}' and '${target}'`,
    {
      details: candidates.map(describe),
      hint: `Try changing '${target}' to one of the following: ${hints.join(", ")}. Find the desired relationship in the 'details' key.`,
    },
  );
}

export function findRelationship(catalog: Catalog, wanted: EmbedTarget): Relationship {
  const found = catalog.relationships.filter(
    (relationship) =>
      relationship.table.schema === wanted.schema &&
      relationship.table.name === wanted.origin &&
      relationship.foreignTable.schema === wanted.schema &&
      matches(relationship, wanted),
  );
  const [first] = found;
  if (first === undefined) throw notFound(catalog, wanted);
  if (found.length === 1) return first;
  throw ambiguous(
    wanted,
    found.flatMap((relationship) => (relationship.kind === "key" ? [relationship] : [])),
  );
}
