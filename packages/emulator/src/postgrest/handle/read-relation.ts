import type { Queryable } from "../../database/database.ts";
import { estimateRows, execute } from "../execute.ts";
import { wantsTotal } from "../http/preferences.ts";
import { type Answer, readAnswer, withOverrides } from "../http/respond.ts";
import { negotiate } from "../plan/negotiate.ts";
import type { ReadPlan } from "../plan/read-plan.ts";
import { countSql } from "../sql/count.ts";
import { bind, type Fragment, sql } from "../sql/fragment.ts";
import { readSql } from "../sql/read.ts";
import { resultSql } from "../sql/result.ts";
import { checkPreferences, checkSingular, type HandlerContext, inSession, planReading, tableOf } from "./context.ts";

// An estimate needs to know only whether there are more rows than a page can have.
function countStatement(plan: ReadPlan, { request, maxRows }: HandlerContext): Fragment | undefined {
  if (!wantsTotal(request.preferences)) return undefined;
  const counted = countSql(plan);
  const isEstimate = request.preferences.count === "estimated" && maxRows !== undefined;
  return isEstimate ? sql`${counted} limit ${bind(String(maxRows + 1))}` : counted;
}

async function estimatedTotal(
  transaction: Queryable,
  context: HandlerContext,
  plan: ReadPlan,
  exact: number | undefined,
): Promise<number | undefined> {
  const { request, maxRows } = context;
  const { count } = request.preferences;
  if (count === "planned") return estimateRows(transaction, countSql(plan));
  const isBeyondPage = count === "estimated" && (maxRows === undefined || (exact ?? 0) > maxRows);
  return isBeyondPage ? Math.max(exact ?? 0, await estimateRows(transaction, countSql(plan))) : exact;
}

export async function readRelation(context: HandlerContext, name: string): Promise<Answer> {
  const { request } = context;
  const table = tableOf(context, name);
  const plan = planReading(context, name, { isAfterWrite: false, readsSource: false });
  const { format, mediaType } = negotiate(request.accept, request.method !== "HEAD");
  checkPreferences(request);
  const statement = resultSql({ source: readSql(plan), count: countStatement(plan, context), format });
  const result = await inSession(context, true, async (transaction) => {
    const found = await execute(transaction, statement);
    checkSingular(mediaType, found);
    return { ...found, total: await estimatedTotal(transaction, context, plan, found.total) };
  });
  return withOverrides(readAnswer(context, result, mediaType, table.name), result);
}
