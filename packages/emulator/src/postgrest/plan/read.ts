import { type Catalog, findTable, isToOne, type Relationship } from "../catalog/types.ts";
import { notEmbedded, PostgrestError } from "../errors.ts";
import { restrictToMaxRows } from "../http/range.ts";
import { type Draft, type DraftOptions, draftRead } from "./draft.ts";
import { findRelationship } from "./find-relationship.ts";
import type {
  Condition,
  Embed,
  JoinCondition,
  PlannedOrder,
  Qualifier,
  ReadPlan,
  SelectedColumn,
} from "./read-plan.ts";

/** The result of a write or of a function, which the reading after it reads from. */
const sourceName = "pgrst_source";

export interface ReadOptions extends DraftOptions {
  readonly maxRows: number | undefined;
  /** Reads from the source instead of the table, under the table's name. */
  readonly readsSource: boolean;
}

interface Context {
  readonly catalog: Catalog;
  readonly schema: string;
}

function keyOf(draft: Draft): string {
  return draft.alias ?? draft.table.name;
}

function joinConditions(
  relationship: Relationship,
  parentAlias: string | undefined,
  alias: string | undefined,
): JoinCondition[] {
  if (relationship.kind === "computed") return [];
  const { table, foreignTable, cardinality } = relationship;
  const own: Qualifier = parentAlias === undefined ? table : { schema: "", name: parentAlias };
  if (cardinality.kind !== "many-to-many") {
    const foreign: Qualifier = alias === undefined ? foreignTable : { schema: "", name: alias };
    return cardinality.columns.map(([leftColumn, rightColumn]) => ({
      left: own,
      leftColumn,
      right: foreign,
      rightColumn,
    }));
  }
  const right = cardinality.junction;
  return [
    ...cardinality.targetColumns.map(([leftColumn, rightColumn]) => ({
      left: foreignTable,
      leftColumn,
      right,
      rightColumn,
    })),
    ...cardinality.sourceColumns.map(([leftColumn, rightColumn]) => ({ left: own, leftColumn, right, rightColumn })),
  ];
}

function withEmptyEmbeds(condition: Condition, embeds: readonly Embed[]): Condition {
  if (condition.kind === "group") {
    return { ...condition, children: condition.children.map((child) => withEmptyEmbeds(child, embeds)) };
  }
  if (condition.kind !== "filter" || condition.column.path.length > 0) return condition;
  const embed = embeds.find(({ key }) => key === condition.column.name);
  const { operation, isNegated } = condition;
  if (embed === undefined || operation.kind !== "is" || operation.value !== "null") return condition;
  return { kind: "emptyEmbed", isNegated, embed: embed.joinAlias };
}

function resolveOrder(order: PlannedOrder, table: string, embeds: readonly Embed[]): PlannedOrder {
  if (order.embed === undefined) return order;
  const embed = embeds.find(({ key }) => key === order.embed);
  if (embed === undefined) throw notEmbedded(order.embed);
  if (!embed.isToOne) {
    throw new PostgrestError(400, "PGRST118", `A related order on '${embed.key}' is not possible`, {
      details: `'${table}' and '${embed.key}' do not form a many-to-one or one-to-one relationship`,
    });
  }
  return { ...order, column: { ...order.column, isJson: true }, embed: embed.joinAlias };
}

// Spread over many rows every column becomes an array, so a star has to name its columns.
function expandStar(
  context: Context,
  table: Relationship["foreignTable"],
  select: readonly SelectedColumn[],
): SelectedColumn[] {
  const columns = findTable(context.catalog, table)?.columns ?? new Map();
  return select.flatMap((selected) => {
    if (selected.column.name !== "*" || selected.hasAggregate) return [selected];
    return [...columns.keys()].map((name) => ({ ...selected, column: { ...selected.column, name } }));
  });
}

function planEmbed(context: Context, draft: Draft, parent: ParentLevel, depth: number): Embed {
  const relationship = findRelationship(context.catalog, {
    schema: context.schema,
    origin: depth === 1 ? (parent.alias ?? parent.table) : parent.table,
    target: draft.table.name,
    hint: draft.hint,
  });
  const { table, foreignTable } = relationship;
  const isJunction = relationship.kind === "key" && relationship.cardinality.kind === "many-to-many";
  const alias = isJunction ? undefined : `${foreignTable.name}_${depth}`;
  const toOne = isToOne(relationship);
  const namesStars = parent.namesStars || (draft.isSpread && !toOne);
  const level = { table: foreignTable.name, alias, namesStars };
  const embeds = draft.children.map((child) => planEmbed(context, child, level, depth + 1));
  return {
    from: foreignTable,
    alias,
    select: namesStars ? expandStar(context, foreignTable, draft.select) : draft.select,
    where: draft.where,
    order: draft.order,
    range: draft.range,
    embeds,
    relationship,
    parent: parent.alias === undefined ? table : { schema: "", name: parent.alias },
    joinConditions: joinConditions(relationship, parent.alias, alias),
    join: draft.join,
    key: keyOf(draft),
    joinAlias: `${table.name}_${keyOf(draft)}_${depth}`,
    isToOne: toOne,
    isSpread: draft.isSpread,
  };
}

interface ParentLevel {
  /** Below a spread over many rows. */
  readonly namesStars: boolean;
  readonly table: string;
  readonly alias: string | undefined;
}

/** Runs over every level, the upper one first. */
function eachLevel<T extends ReadPlan>(plan: T, change: (level: ReadPlan) => Partial<ReadPlan>): T {
  const changed = { ...plan, ...change(plan) };
  return { ...changed, embeds: changed.embeds.map((embed) => eachLevel(embed, change)) };
}

function rejectAggregates(plan: ReadPlan): void {
  if (plan.select.some(({ hasAggregate }) => hasAggregate)) {
    throw new PostgrestError(400, "PGRST123", "Use of aggregate functions is not allowed");
  }
  plan.embeds.forEach(rejectAggregates);
}

export function planRead(options: ReadOptions): ReadPlan {
  const { catalog, table, maxRows, readsSource } = options;
  const draft = draftRead(options);
  const alias = readsSource ? table.name : undefined;
  const from = readsSource ? { schema: "", name: sourceName } : table;
  const context = { catalog, schema: table.schema };
  const parent = { table: from.name, alias, namesStars: false };
  const root: ReadPlan = {
    from,
    alias,
    select: draft.select,
    where: draft.where,
    order: draft.order,
    range: draft.range,
    embeds: draft.children.map((child) => planEmbed(context, child, parent, 1)),
  };
  const ordered = eachLevel(root, (level) => ({
    order: level.order.map((order) => resolveOrder(order, level.from.name, level.embeds)),
  }));
  const filtered = eachLevel(ordered, (level) => ({
    where: level.where.map((condition) => withEmptyEmbeds(condition, level.embeds)),
  }));
  rejectAggregates(filtered);
  if (options.isAfterWrite) return filtered;
  return eachLevel(filtered, (level) => ({ range: restrictToMaxRows(level.range, maxRows) }));
}
