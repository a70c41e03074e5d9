import { isAllRows, limitOf, type RowRange } from "../http/range.ts";
import type { Embed, PlannedOrder, Qualifier, ReadPlan, SelectedColumn } from "../plan/read-plan.ts";
import { columnName, columnValue } from "./column.ts";
import { conditionSql, joinConditionSql, whereSql } from "./condition.ts";
import { bind, castType, empty, type Fragment, join, name, sql } from "./fragment.ts";
import { placementSql } from "./placement.ts";
import { type SpreadOrder, spreadJoin, spreadKeys, spreadOrders } from "./spread.ts";

/** Embeds multiply: tables that lead to each other can be embedded in each other for ever. */
const inTime: Fragment = sql`pg_temp.in_time()`;

function isEmbed(plan: ReadPlan | Embed): plan is Embed {
  return "relationship" in plan;
}

export function qualifierOf(plan: ReadPlan | Embed): Qualifier {
  if (plan.alias !== undefined) return { schema: "", name: plan.alias };
  return plan.from;
}

export function fromSql(plan: ReadPlan | Embed): Fragment {
  const alias = plan.alias === undefined ? empty : sql` as ${name(plan.alias)}`;
  if (isEmbed(plan) && plan.relationship.kind === "computed") {
    const { function: fn, table } = plan.relationship;
    // The cast chooses among functions of the same name.
    const row = sql`${name(plan.parent.name)}::${name(table.schema, table.name)}`;
    return sql` from ${name(fn.schema, fn.name)}(${row})${alias}`;
  }
  const table = name(plan.from.schema, plan.from.name);
  if (isEmbed(plan) && plan.relationship.kind === "key" && plan.relationship.cardinality.kind === "many-to-many") {
    const { junction } = plan.relationship.cardinality;
    return sql` from ${table}${alias}, ${name(junction.schema, junction.name)}`;
  }
  return sql` from ${table}${alias}`;
}

function selectedColumn(qualifier: Qualifier, { column, cast, alias }: SelectedColumn): Fragment {
  const value = columnValue(qualifier, column);
  const typed = cast === undefined ? value : sql`cast(${value} as ${castType(cast)})`;
  return alias === undefined ? typed : sql`${typed} as ${name(alias)}`;
}

function orderSql(qualifier: Qualifier, terms: readonly PlannedOrder[]): Fragment {
  if (terms.length === 0) return empty;
  const rendered = terms.map((term) => {
    const from = term.embed === undefined ? qualifier : { schema: "", name: term.embed };
    return sql`${columnValue(from, term.column)}${placementSql(term)}`;
  });
  return sql` order by ${join(rendered, ", ")}`;
}

function limitSql(range: RowRange): Fragment {
  if (isAllRows(range)) return empty;
  const limit = limitOf(range);
  return sql` limit ${limit === undefined ? sql`all` : bind(String(limit))} offset ${bind(String(range.lower))}`;
}

/** Nothing but empty embeds below: such an embed only joins. */
function selectsNothing(plan: ReadPlan): boolean {
  return plan.select.length === 0 && plan.embeds.every(selectsNothing);
}

function embedColumns(embed: Embed): Fragment[] {
  const alias = name(embed.joinAlias);
  if (embed.isSpread) return spreadKeys(embed).map((key) => columnName({ schema: "", name: embed.joinAlias }, key));
  if (selectsNothing(embed)) return [];
  if (embed.isToOne) return [sql`row_to_json(${alias}.*)::jsonb as ${name(embed.key)}`];
  return [sql`coalesce(${alias}.${alias}, '[]') as ${name(embed.key)}`];
}

function embedJoin(embed: Embed): Fragment {
  const kind = embed.join === "inner" ? sql`inner` : sql`left`;
  const alias = name(embed.joinAlias);
  if (embed.isToOne) return sql` ${kind} join lateral (${readSql(embed)}) as ${alias} on true`;
  const orders = embed.isSpread ? spreadOrders(embed) : [];
  const columns = embed.isSpread ? spreadJoin(embed, orders) : empty;
  const rows = embed.isSpread ? readSql({ ...embed, order: [] }, orders) : readSql(embed);
  const condition = embed.join === "inner" ? sql`${alias} is not null` : sql`true`;
  const aggregated = sql`select json_agg(${alias})::jsonb as ${alias}${columns} from (${rows}) as ${alias}`;
  return sql` ${kind} join lateral (${aggregated}) as ${alias} on ${condition}`;
}

/** @param extra what the rows must carry only so that they can be ordered when they are aggregated */
export function readSql(plan: ReadPlan | Embed, extra: readonly SpreadOrder[] = []): Fragment {
  const qualifier = qualifierOf(plan);
  const selectsAll = plan.select.length === 0 && plan.embeds.length === 0;
  const columns = selectsAll
    ? [columnName(qualifier, "*")]
    : plan.select.map((column) => selectedColumn(qualifier, column));
  const orderColumns = extra.map(({ alias, term }) => {
    const from = term.embed === undefined ? qualifier : { schema: "", name: term.embed };
    return sql`${columnValue(from, term.column)} as ${name(alias)}`;
  });
  const conditions = [
    ...plan.where.map((condition) => conditionSql(qualifier, condition)),
    ...(isEmbed(plan) ? [...plan.joinConditions.map(joinConditionSql), inTime] : []),
  ];
  const selected = [...columns, ...orderColumns, ...plan.embeds.flatMap(embedColumns)];
  const joins = join(plan.embeds.map(embedJoin), "");
  return sql`select ${join(selected, ", ")}${fromSql(plan)}${joins}${whereSql(conditions)}${orderSql(qualifier, plan.order)}${limitSql(plan.range)}`;
}
