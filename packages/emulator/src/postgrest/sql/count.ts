import type { Embed, ReadPlan } from "../plan/read-plan.ts";
import { conditionSql, joinConditionSql, whereSql } from "./condition.ts";
import { type Fragment, sql } from "./fragment.ts";
import { fromSql, qualifierOf } from "./read.ts";

/** One row for each row that a request would find without its limit. Inner embeds only ask whether there is one. */
export function countSql(plan: ReadPlan | Embed): Fragment {
  const emptyEmbed = (alias: string, isNegated: boolean): Fragment => {
    const embed = plan.embeds.find(({ joinAlias }) => joinAlias === alias);
    if (embed === undefined) return sql`true`;
    return isNegated ? sql`exists (${countSql(embed)})` : sql`not exists (${countSql(embed)})`;
  };
  const conditions = [
    ...plan.where.map((condition) => conditionSql(qualifierOf(plan), condition, emptyEmbed)),
    ...("joinConditions" in plan ? plan.joinConditions.map(joinConditionSql) : []),
    ...plan.embeds.filter((embed) => embed.join === "inner").map((embed) => sql`exists (${countSql(embed)})`),
  ];
  return sql`select 1${fromSql(plan)}${whereSql(conditions)}`;
}
