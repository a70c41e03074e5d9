import type { Database, Queryable } from "../../database/database.ts";
import { mostSimilar } from "../catalog/fuzzy-set.ts";
import type { Catalog, Table } from "../catalog/types.ts";
import { notSingular, PostgrestError, tooManyAffected } from "../errors.ts";
import type { ResultSet } from "../execute.ts";
import type { ApiRequest } from "../http/api-request.ts";
import type { ResponseContext } from "../http/respond.ts";
import type { Identity } from "../jwt.ts";
import { requireTable } from "../plan/mutate.ts";
import type { Representation } from "../plan/negotiate.ts";
import { planRead } from "../plan/read.ts";
import type { ReadPlan } from "../plan/read-plan.ts";
import { render } from "../sql/fragment.ts";
import { sessionSql } from "../sql/session.ts";

export interface HandlerContext extends ResponseContext {
  readonly database: Database;
  readonly catalog: Catalog;
  readonly identity: Identity;
  readonly maxRows: number | undefined;
}

/** One transaction with the role and the settings of the request. What throws inside rolls it back. */
export async function inSession<T>(
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

export function checkPreferences({ preferences }: ApiRequest): void {
  const { handling, unknown } = preferences;
  if (handling !== "strict" || unknown.length === 0) return;
  throw new PostgrestError(400, "PGRST122", "Invalid preferences given with handling=strict", {
    details: `Invalid preferences: ${unknown.join(", ")}`,
  });
}

export function checkSingular(mediaType: Representation["mediaType"], { rows }: ResultSet): void {
  if (mediaType.kind === "vendor" && mediaType.shape === "object" && rows !== 1) throw notSingular(rows);
}

export function checkAffected({ preferences }: ApiRequest, { rows }: ResultSet): void {
  const { handling, maxAffected } = preferences;
  if (handling === "strict" && maxAffected !== undefined && rows > maxAffected) throw tooManyAffected(rows);
}

export function tableOf({ catalog, request }: HandlerContext, name: string): Table {
  return requireTable(catalog, { schema: request.schema, name }, (names) => mostSimilar(names, name));
}

export function planReading(
  context: HandlerContext,
  name: string,
  options: { isAfterWrite: boolean; readsSource: boolean },
): ReadPlan {
  const { catalog, request, maxRows } = context;
  const { query, ranges, schema } = request;
  return planRead({ catalog, table: { schema, name }, query, ranges, maxRows, ...options });
}

// An estimate needs to know only whether there are more rows than a page can have.
