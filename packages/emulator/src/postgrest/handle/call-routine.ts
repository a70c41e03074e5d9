import type { Routine } from "../catalog/types.ts";
import { PostgrestError } from "../errors.ts";
import { execute } from "../execute.ts";
import { wantsTotal } from "../http/preferences.ts";
import { type Answer, allowAnswer, callAnswer, withOverrides } from "../http/respond.ts";
import { type CallPlan, groupArguments, returnsVoid } from "../plan/call.ts";
import { findRoutine } from "../plan/find-routine.ts";
import { negotiate } from "../plan/negotiate.ts";
import type { ReadPlan } from "../plan/read-plan.ts";
import { returningColumnsOfCall } from "../plan/returning.ts";
import { callRoutineSql } from "../sql/call.ts";
import { countSql } from "../sql/count.ts";
import { readSql } from "../sql/read.ts";
import { resultSql } from "../sql/result.ts";
import {
  checkAffected,
  checkPreferences,
  checkSingular,
  type HandlerContext,
  inSession,
  planReading,
} from "./context.ts";

interface PlannedCall {
  readonly routine: Routine;
  readonly read: ReadPlan;
  readonly call: CallPlan;
}

function planCall(context: HandlerContext, name: string): PlannedCall {
  const { catalog, request } = context;
  const { query, payload, contentType, schema } = request;
  const pairs = payload === undefined ? query.functionArguments : payload.pairs;
  const argumentNames = payload === undefined ? [...new Set(pairs.map((pair) => pair.name))] : payload.keys;
  const bodyType = payload === undefined ? undefined : contentType.kind;
  const routine = findRoutine(catalog, { routine: { schema, name }, argumentNames, bodyType });
  const relation = routine.returnsComposite ? routine.returns.name : routine.name;
  const read = planReading(context, relation, { isAfterWrite: false, readsSource: true });
  const isDirect = payload === undefined || contentType.kind === "urlencoded";
  const call: CallPlan = {
    routine,
    parameters: routine.parameters.filter((parameter) => argumentNames.includes(parameter.name)),
    args: isDirect ? { kind: "direct", values: groupArguments(pairs) } : { kind: "body", text: payload.text },
    returning: returningColumnsOfCall(read),
  };
  return { routine, read, call };
}

export async function callRoutine(context: HandlerContext, name: string): Promise<Answer> {
  const { request } = context;
  const { routine, read, call } = planCall(context, name);
  const { format, mediaType } = negotiate(request.accept, request.method !== "HEAD");
  checkPreferences(request);
  const { handling, maxAffected } = request.preferences;
  if (handling === "strict" && maxAffected !== undefined && !routine.returnsSet) {
    const message = "Function must return SETOF or TABLE when max-affected preference is used with handling=strict";
    throw new PostgrestError(400, "PGRST128", message);
  }
  const count = wantsTotal(request.preferences) ? countSql(read) : undefined;
  const statement = resultSql({ source: callRoutineSql(call), rows: readSql(read), count, format, routine });
  const isReadOnly = request.method !== "POST" || routine.volatility !== "volatile";
  const result = await inSession(context, isReadOnly, async (transaction) => {
    const returned = await execute(transaction, statement);
    checkSingular(mediaType, returned);
    checkAffected(request, returned);
    return returned;
  });
  return withOverrides(callAnswer(context, result, mediaType, returnsVoid(routine)), result);
}

export function describeRoutine(context: HandlerContext, name: string): Answer {
  const { routine } = planCall(context, name);
  return allowAnswer(routine.volatility === "volatile" ? ["OPTIONS", "POST"] : ["OPTIONS", "GET", "HEAD", "POST"]);
}
