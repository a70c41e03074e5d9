import { readAccessible } from "../catalog/accessible.ts";
import { type Answer, schemaAnswer } from "../http/respond.ts";
import { openApiDocument } from "../openapi/document.ts";
import { notAvailable } from "../plan/negotiate.ts";
import { type HandlerContext, inSession } from "./context.ts";

const produced = new Set(["openapi", "json", "any"]);

/** `GET /`: what the one who asks may use, as OpenAPI. */
export async function describeSchema(context: HandlerContext, host: string): Promise<Answer> {
  const { catalog, request } = context;
  const { schema } = request;
  if (!request.accept.some(({ kind }) => produced.has(kind))) throw notAvailable(request.accept);
  const accessible = await inSession(context, true, (transaction) => readAccessible(transaction, schema));
  const document = openApiDocument({
    host,
    schemaComment: accessible.schemaComment,
    tables: catalog.tables.filter((table) => table.schema === schema && accessible.tables.has(table.name)),
    routines: catalog.routines.filter((routine) => routine.schema === schema && accessible.routines.has(routine.oid)),
    relationships: catalog.relationships,
  });
  return schemaAnswer(context, JSON.stringify(document));
}
