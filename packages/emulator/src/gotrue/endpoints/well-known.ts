import type { Exchange } from "../context.ts";
import { providerSwitches } from "../providers.ts";
import { jsonResponse } from "../responses.ts";

export async function health({ headers }: Exchange): Promise<Response> {
  const description = "GoTrue is a user registration and authentication API";
  return jsonResponse(200, { version: "", name: "GoTrue", description }, headers);
}

export async function settings({ context, headers }: Exchange): Promise<Response> {
  const answer = {
    external: providerSwitches(context.providers),
    disable_signup: false,
    mailer_autoconfirm: true,
    phone_autoconfirm: false,
    sms_provider: "",
    saml_enabled: false,
    saml_private_key_next_configured: true,
    passkeys_enabled: false,
  };
  return jsonResponse(200, answer, headers);
}

export async function jwks({ context, headers }: Exchange): Promise<Response> {
  headers.set("cache-control", "public, max-age=600");
  return jsonResponse(200, context.key.jwks(), headers);
}

const scopes = ["openid", "profile", "email", "phone", "offline_access"];

const claims = [
  ...["sub", "aud", "iss", "exp", "iat", "auth_time", "nonce", "email", "email_verified", "phone_number"],
  ...["phone_number_verified", "name", "picture", "preferred_username", "updated_at"],
];

export async function openidConfiguration({ context, headers }: Exchange): Promise<Response> {
  headers.set("cache-control", "public, max-age=600");
  const issuer = context.issuer();
  const answer = {
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    userinfo_endpoint: `${issuer}/oauth/userinfo`,
    scopes_supported: scopes,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256", "HS256", "ES256"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
    claims_supported: claims,
    code_challenge_methods_supported: ["S256", "plain"],
  };
  return jsonResponse(200, answer, headers);
}
