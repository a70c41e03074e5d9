import * as v from "valibot";
import type { Queryable } from "../database/database.ts";
import { type Fragment, render } from "./sql/fragment.ts";

const count = v.pipe(v.string(), v.transform(Number));

const resultRow = v.object({
  total: v.nullable(count),
  page_total: count,
  body: v.string(),
  location: v.nullable(v.string()),
  inserted: v.nullable(count),
  response_headers: v.nullable(v.string()),
  response_status: v.nullable(v.string()),
});

/** What the statement of a request found out. */
export interface ResultSet {
  readonly total: number | undefined;
  readonly rows: number;
  readonly body: string;
  /** Pairs of a key column and its condition. */
  readonly location: readonly (readonly [string, string])[];
  /** How many rows an upsert inserted. */
  readonly inserted: number | undefined;
  readonly headersOverride: string | null;
  readonly statusOverride: string | null;
}

const locationPairs = v.array(v.tuple([v.string(), v.string()]));

export async function execute(database: Queryable, statement: Fragment): Promise<ResultSet> {
  const { text, parameters } = render(statement);
  const { rows } = await database.query(text, parameters);
  const row = v.parse(resultRow, rows[0]);
  return {
    total: row.total ?? undefined,
    rows: row.page_total,
    body: row.body,
    location: row.location === null ? [] : v.parse(locationPairs, JSON.parse(row.location)),
    inserted: row.inserted ?? undefined,
    headersOverride: row.response_headers,
    statusOverride: row.response_status,
  };
}

const explained = v.looseObject({ Plan: v.looseObject({ "Plan Rows": v.number() }) });

/** How many rows the planner expects. */
export async function estimateRows(database: Queryable, statement: Fragment): Promise<number> {
  const { text, parameters } = render(statement);
  const { rows } = await database.query(`explain (format json) ${text}`, parameters);
  const plans = v.parse(v.array(v.object({ "QUERY PLAN": v.array(explained) })), rows);
  return plans[0]?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0;
}
