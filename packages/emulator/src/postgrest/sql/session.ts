import type { ApiRequest } from "../http/api-request.ts";
import type { Identity } from "../jwt.ts";
import { bind, type Fragment, join, quoteIdentifier, sql } from "./fragment.ts";

/** What functions and policies can ask for with current_setting, and the role: all for one transaction only. */
export function sessionSql(request: ApiRequest, identity: Identity, isReadOnly: boolean): Fragment {
  const headers = [...request.headers].filter(([header]) => header !== "cookie");
  const searchPath = [...new Set([request.schema, "public"])].map(quoteIdentifier).join(", ");
  const { timezone } = request.preferences;
  const settings: readonly (readonly [string, string])[] = [
    ...(isReadOnly ? [["transaction_read_only", "on"] as const] : []),
    ["search_path", searchPath],
    ["role", identity.role],
    ["request.jwt.claims", JSON.stringify(identity.claims)],
    ["request.method", request.method],
    ["request.path", request.path],
    ["request.headers", JSON.stringify(Object.fromEntries(headers))],
    ["request.cookies", JSON.stringify(parseCookies(request.headers.get("cookie")))],
    ...(timezone === undefined ? [] : [["timezone", timezone] as const]),
  ];
  const calls = settings.map(([name, value]) => sql`set_config(${bind(name)}, ${bind(value)}, true)`);
  return sql`select ${join(calls, ", ")}`;
}

function parseCookies(header: string | null): Record<string, string> {
  const pairs = (header ?? "").split(";").flatMap((part) => {
    const equals = part.indexOf("=");
    return equals === -1 ? [] : [[part.slice(0, equals).trim(), part.slice(equals + 1).trim()] as const];
  });
  return Object.fromEntries(pairs);
}
