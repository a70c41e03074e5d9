import { ApiError, OAuthError } from "../api-error.ts";
import type { Endpoint, Exchange } from "../context.ts";
import { readBody } from "../request-body.ts";
import { passwordGrant } from "./password-grant.ts";
import { pkceGrant } from "./pkce-grant.ts";
import { refreshGrant } from "./refresh-grant.ts";

/** No provider here issues id tokens, so only its checks exist. */
async function idTokenGrant({ request }: Exchange): Promise<Response> {
  const body = await readBody(request, "IdTokenGrantParams");
  if (body.text("id_token") === "") throw new OAuthError("invalid request", "id_token required");
  throw new OAuthError("invalid request", "provider or client_id and issuer required");
}

async function web3Grant(): Promise<Response> {
  throw new ApiError(422, "web3_provider_disabled", "Web3 provider is disabled");
}

const grants = new Map<string, Endpoint>([
  ["password", passwordGrant],
  ["refresh_token", refreshGrant],
  ["pkce", pkceGrant],
  ["id_token", idTokenGrant],
  ["web3", web3Grant],
]);

export async function token(exchange: Exchange): Promise<Response> {
  const grant = grants.get(exchange.url.searchParams.get("grant_type") ?? "");
  if (grant === undefined) throw new ApiError(400, "invalid_credentials", "unsupported_grant_type");
  exchange.context.rateLimiter.check(exchange.request, "token");
  return grant(exchange);
}
