import { ApiError, OAuthError } from "../api-error.ts";
import type { Endpoint, Exchange } from "../context.ts";
import { readBody } from "../request-body.ts";
import { passwordGrant } from "./password-grant.ts";
import { pkceGrant } from "./pkce-grant.ts";
import { refreshGrant } from "./refresh-grant.ts";

/** Of the providers that are switched on here, the one that issues id tokens. */
const oidcProvider = "google";

/** No id token is good: nobody here has the provider's key. */
async function idTokenGrant({ request }: Exchange): Promise<Response> {
  const body = await readBody(request, "IdTokenGrantParams");
  if (body.text("id_token") === "") throw new OAuthError("invalid request", "id_token required");
  const [provider, clientId, issuer] = [body.text("provider"), body.text("client_id"), body.text("issuer")];
  if (provider === "" && (clientId === "" || issuer === "")) {
    throw new OAuthError("invalid request", "provider or client_id and issuer required");
  }
  if (provider === oidcProvider || issuer === "https://accounts.google.com") {
    throw new OAuthError("invalid request", "Bad ID token");
  }
  throw new ApiError(400, "validation_failed", `Custom OIDC provider ${JSON.stringify(provider)} not allowed`);
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

const formType = "application/x-www-form-urlencoded";

/** A form is read for the grant type, and is then used up: the grant finds an empty body. */
async function readForm(exchange: Exchange): Promise<{ grantType: string; exchange: Exchange }> {
  const { request, url } = exchange;
  const grantType = url.searchParams.get("grant_type") ?? "";
  if (!request.headers.get("content-type")?.toLowerCase().startsWith(formType)) return { grantType, exchange };
  const form = new URLSearchParams(await request.text());
  const emptied = new Request(request.url, { method: request.method, headers: request.headers, body: "" });
  return { grantType: form.get("grant_type") ?? grantType, exchange: { ...exchange, request: emptied } };
}

export async function token(received: Exchange): Promise<Response> {
  const { grantType, exchange } = await readForm(received);
  const grant = grants.get(grantType);
  if (grant === undefined) throw new ApiError(400, "invalid_credentials", "unsupported_grant_type");
  exchange.context.rateLimiter.check(exchange.request, "token");
  return grant(exchange);
}
