import { ApiError } from "../api-error.ts";
import { authenticate } from "../authentication.ts";
import type { Exchange } from "../context.ts";
import { jsonResponse } from "../responses.ts";
import { userJson } from "../user.ts";
import { findIdentities } from "../user-store.ts";

export async function getUser(exchange: Exchange): Promise<Response> {
  const { claims, user } = await authenticate(exchange);
  const audience = claims.aud[0];
  const asked = exchange.request.headers.get("x-jwt-aud") ?? audience;
  if (audience === undefined || asked !== audience) {
    throw new ApiError(400, "validation_failed", "Token audience doesn't match request audience");
  }
  return jsonResponse(200, userJson(user, await findIdentities(exchange.context.database, user.id)), exchange.headers);
}
