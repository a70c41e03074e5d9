import { ApiError } from "../api-error.ts";
import { authenticate } from "../authentication.ts";
import type { Exchange } from "../context.ts";
import { endSession, endSessionsOf } from "../session.ts";

const scopes = ["", "global", "local", "others"];

/** The scope is read from the query alone; a body is not looked at. */
export async function logout(exchange: Exchange): Promise<Response> {
  const { user, session } = await authenticate(exchange);
  const scope = exchange.url.searchParams.get("scope") ?? "";
  if (!scopes.includes(scope)) {
    throw new ApiError(400, "validation_failed", `Unsupported logout scope ${JSON.stringify(scope)}`);
  }
  const db = exchange.context.database;
  if (session !== undefined && scope === "local") await endSession(db, session.id);
  else if (session !== undefined && scope === "others") await endSessionsOf(db, user.id, session.id);
  else await endSessionsOf(db, user.id);
  return new Response(null, { status: 204, headers: exchange.headers });
}
