import { PostgrestError } from "../errors.ts";
import { execute } from "../execute.ts";
import { type Answer, withOverrides, writeAnswer } from "../http/respond.ts";
import { type MutationKind, planMutation } from "../plan/mutate.ts";
import { negotiate } from "../plan/negotiate.ts";
import { mutationSql } from "../sql/mutation.ts";
import { readSql } from "../sql/read.ts";
import { resultSql } from "../sql/result.ts";
import {
  checkAffected,
  checkPreferences,
  checkSingular,
  type HandlerContext,
  inSession,
  planReading,
  tableOf,
} from "./context.ts";

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
