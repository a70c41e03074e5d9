import type { Condition, ReadPlan } from "./read-plan.ts";

function joinColumns({ embeds }: ReadPlan): string[] {
  return embeds.flatMap(({ relationship }) => {
    if (relationship.kind === "computed") return [];
    const { cardinality } = relationship;
    const columns = cardinality.kind === "many-to-many" ? cardinality.sourceColumns : cardinality.columns;
    return columns.map(([column]) => column);
  });
}

/**
 * The columns that a write or a function must return for the reading after it: those selected, those that embeds are
 * joined by, and the key, for a Location header.
 */
export function returningColumns(read: ReadPlan, primaryKey: readonly string[]): string[] {
  const selected = read.select.map(({ column }) => column.name);
  const hasComputedEmbed = read.embeds.some(({ relationship }) => relationship.kind === "computed");
  // A star has every column already; a computed embed may need any.
  if (selected.includes("*") || hasComputedEmbed) return ["*"];
  return [...new Set([...selected, ...joinColumns(read), ...primaryKey])].sort();
}

function conditionColumns(condition: Condition): string[] {
  if (condition.kind === "group") return condition.children.flatMap(conditionColumns);
  return [condition.kind === "filter" ? condition.column.name : condition.embed];
}

function filterColumns(plan: ReadPlan): string[] {
  return [...plan.where.flatMap(conditionColumns), ...plan.embeds.flatMap(filterColumns)];
}

/** The same for a function, whose rows are filtered after it. PostgREST counts the filters of embeds in. */
export function returningColumnsOfCall(read: ReadPlan): string[] {
  const columns = returningColumns(read, []);
  if (columns.length === 0 || columns.includes("*")) return columns;
  return [...new Set([...columns, ...filterColumns(read)])].sort();
}
