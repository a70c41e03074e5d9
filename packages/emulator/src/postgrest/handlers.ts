import type { Database, Queryable } from "../database/database.ts";
import { mostSimilar } from "./catalog/fuzzy-set.ts";
import type { Catalog, Routine, Table } from "./catalog/types.ts";
import { notSingular, PostgrestError, tooManyAffected } from "./errors.ts";
import { estimateRows, execute, type ResultSet } from "./execute.ts";
import type { ApiRequest } from "./http/api-request.ts";
import { wantsTotal } from "./http/preferences.ts";
import {
  type Answer,
  allowAnswer,
  callAnswer,
  type ResponseContext,
  readAnswer,
  withOverrides,
  writeAnswer,
} from "./http/respond.ts";
import type { Identity } from "./jwt.ts";
import { type CallPlan, groupArguments, returnsVoid } from "./plan/call.ts";
import { findRoutine } from "./plan/find-routine.ts";
import { type MutationKind, planMutation, requireTable } from "./plan/mutate.ts";
import { negotiate, type Representation } from "./plan/negotiate.ts";
import { planRead } from "./plan/read.ts";
import type { ReadPlan } from "./plan/read-plan.ts";
import { returningColumnsOfCall } from "./plan/returning.ts";
import { callRoutineSql } from "./sql/call.ts";
import { countSql } from "./sql/count.ts";
import { bind, type Fragment, render, sql } from "./sql/fragment.ts";
import { mutationSql } from "./sql/mutation.ts";
import { readSql } from "./sql/read.ts";
import { resultSql } from "./sql/result.ts";
import { sessionSql } from "./sql/session.ts";

export interface HandlerContext extends ResponseContext {
  readonly database: Database;
  readonly catalog: Catalog;
  readonly identity: Identity;
  readonly maxRows: number | undefined;
}

/** One transaction with the role and the settings of the request. What throws inside rolls it back. */
async function inSession<T>(
  { database, request, identity }: HandlerContext,
  isReadOnly: boolean,
  work: (transaction: Queryable) => Promise<T>,
): Promise<T> {
  return database.transaction(async (transaction) => {
    const { text, parameters } = render(sessionSql(request, identity, isReadOnly));
    await transaction.query(text, parameters);
    return work(transaction);
  });
}

function checkPreferences({ preferences }: ApiRequest): void {
  const { handling, unknown } = preferences;
  if (handling !== "strict" || unknown.length === 0) return;
  throw new PostgrestError(400, "PGRST122", "Invalid preferences given with handling=strict", {
    details: `Invalid preferences: ${unknown.join(", ")}`,
  });
}

function checkSingular(mediaType: Representation["mediaType"], { rows }: ResultSet): void {
  if (mediaType.kind === "vendor" && mediaType.shape === "object" && rows !== 1) throw notSingular(rows);
}

function checkAffected({ preferences }: ApiRequest, { rows }: ResultSet): void {
  const { handling, maxAffected } = preferences;
  if (handling === "strict" && maxAffected !== undefined && rows > maxAffected) throw tooManyAffected(rows);
}

function tableOf({ catalog, request }: HandlerContext, name: string): Table {
  return requireTable(catalog, { schema: request.schema, name }, (names) => mostSimilar(names, name));
}

function planReading(
  context: HandlerContext,
  name: string,
  options: { isAfterWrite: boolean; readsSource: boolean },
): ReadPlan {
  const { catalog, request, maxRows } = context;
  const { query, ranges, schema } = request;
  return planRead({ catalog, table: { schema, name }, query, ranges, maxRows, ...options });
}

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
  const isBeyondPage = count === "estimated" && maxRows !== undefined && (exact ?? 0) > maxRows;
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

export async function writeRelation(context: HandlerContext, name: string, kind: MutationKind): Promise<Answer> {
  const { catalog, request } = context;
  const { query, preferences, payload } = request;
  const table = tableOf(context, name);
  const read = planReading(context, name, { isAfterWrite: true, readsSource: true });
  const mutation = planMutation({
    kind,
    catalog,
    table,
    query,
    preferences,
    read,
    body: payload?.text ?? "",
    columns: payload?.keys ?? [],
  });
  checkPreferences(request);
  const hasBody = preferences.representation === "representation";
  const { format, mediaType } = negotiate(request.accept, hasBody);
  const isHeadersOnly = preferences.representation === "headers-only" && kind === "insert";
  const statement = resultSql({
    source: mutationSql(mutation),
    // Without a body the selected columns need not be there.
    ...(hasBody ? { rows: readSql(read) } : {}),
    format,
    location: isHeadersOnly ? table.primaryKey : undefined,
  });
  const result = await inSession(context, false, async (transaction) => {
    const written = await execute(transaction, statement);
    if (kind === "upsertOne") {
      if (written.rows !== 1) {
        throw new PostgrestError(400, "PGRST115", "Payload values do not match URL in primary key column(s)");
      }
    } else {
      checkSingular(mediaType, written);
      if (kind !== "insert") checkAffected(request, written);
    }
    return written;
  });
  const canResolve = table.primaryKey.length > 0 || query.onConflict !== undefined;
  return withOverrides(writeAnswer(context, result, { kind, mediaType, table: table.name, canResolve }), result);
}

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

export function describeRelation(context: HandlerContext, name: string): Answer {
  const table = tableOf(context, name);
  const { isInsertable, isUpdatable, isDeletable, primaryKey } = table;
  return allowAnswer([
    "OPTIONS",
    "GET",
    "HEAD",
    ...(isInsertable ? ["POST"] : []),
    ...(isInsertable && isUpdatable && primaryKey.length > 0 ? ["PUT"] : []),
    ...(isUpdatable ? ["PATCH"] : []),
    ...(isDeletable ? ["DELETE"] : []),
  ]);
}

export function describeRoutine(context: HandlerContext, name: string): Answer {
  const { routine } = planCall(context, name);
  return allowAnswer(routine.volatility === "volatile" ? ["OPTIONS", "POST"] : ["OPTIONS", "GET", "HEAD", "POST"]);
}
