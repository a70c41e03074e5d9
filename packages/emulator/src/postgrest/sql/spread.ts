import type { Embed, PlannedOrder } from "../plan/read-plan.ts";
import { type Fragment, join, name, sql } from "./fragment.ts";
import { placementSql } from "./placement.ts";

/** A column of the inner rows that is there only to order them. */
export interface SpreadOrder {
  readonly alias: string;
  readonly term: PlannedOrder;
}

/** The keys that a spread embed puts into the object of its parent. */
export function spreadKeys(embed: Embed): string[] {
  return [
    ...embed.select.map(({ alias, column }) => alias ?? column.name),
    ...embed.embeds.flatMap((child) => (child.isSpread ? spreadKeys(child) : [child.key])),
  ];
}

export function spreadOrders(embed: Embed): SpreadOrder[] {
  return embed.order.map((term, index) => ({
    alias: `${embed.joinAlias}_${term.column.name}_${index + 1}`,
    term,
  }));
}

/** Over many rows: one array for each key, all in the same order. */
export function spreadJoin(embed: Embed, orders: readonly SpreadOrder[]): Fragment {
  const rows = name(embed.joinAlias);
  const terms = orders.map(({ alias, term }) => sql`${rows}.${name(alias)}${placementSql(term)}`);
  const ordering = terms.length === 0 ? sql`` : sql` order by ${join(terms, ", ")}`;
  const columns = spreadKeys(embed).map(
    (key) => sql`, coalesce(json_agg(${rows}.${name(key)}${ordering}), '[]')::jsonb as ${name(key)}`,
  );
  return join(columns, "");
}
