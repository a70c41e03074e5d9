import { ApiError } from "../api-error.ts";
import { consentPath } from "../consent-path.ts";
import type { Exchange } from "../context.ts";
import { createFlowState } from "../flow-state.ts";
import { normalizeChallengeMethod, validatePkce } from "../pkce.ts";
import { findProvider } from "../providers.ts";
import { redirectTarget } from "../redirects.ts";
import { redirectResponse } from "../responses.ts";
import { encodeQuery } from "../url-encoding.ts";

/** Set by the service alone; a caller's own are dropped, in any spelling. */
const reserved = new Set([
  "client_id",
  "client_secret",
  "redirect_uri",
  "response_type",
  "state",
  "code_challenge",
  "code_challenge_method",
  "code_verifier",
]);

/** Everything else of the query goes on to the provider, `redirect_to` too. */
function passedOn(query: URLSearchParams): [string, string][] {
  const names = [...new Set(query.keys())].filter(
    (name) => name !== "scopes" && name !== "provider" && !reserved.has(name.toLowerCase()),
  );
  return names.map((name) => [name, query.get(name) ?? ""]);
}

export async function authorize(exchange: Exchange): Promise<Response> {
  const { context, request, url, headers } = exchange;
  const query = url.searchParams;
  const providerType = query.get("provider") ?? "";
  const provider = findProvider(context.providers, providerType);
  const codeChallenge = query.get("code_challenge") ?? "";
  const codeChallengeMethod = query.get("code_challenge_method") ?? "";
  if (query.get("invite_token")) throw new ApiError(404, "user_not_found", "User identified by token not found");
  validatePkce(codeChallengeMethod, codeChallenge);
  if (codeChallenge !== "" && normalizeChallengeMethod(codeChallengeMethod) === undefined) {
    throw new ApiError(400, "validation_failed", "Invalid code_challenge_method");
  }

  const flow = { providerType, authenticationMethod: "oauth", codeChallenge, codeChallengeMethod } as const;
  const state = await createFlowState(
    context.database,
    { ...flow, referrer: redirectTarget(exchange) },
    context.clock.now(),
  );
  const wishes = query.get("scopes");
  const scope = [...provider.scopes, ...(wishes ? wishes.split(",") : [])].join(" ");
  const parameters = new Map([
    ["client_id", provider.clientId],
    ["redirect_uri", `${context.issuer()}/callback`],
    ["response_type", "code"],
    ...(scope === "" ? [] : [["scope", scope] as const]),
    ["state", state],
    ...passedOn(query),
  ]);
  const base = provider.authorizeUrl ?? `${context.issuer()}${consentPath}/${providerType.toLowerCase()}`;
  const location = `${base}${base.includes("?") ? "&" : "?"}${encodeQuery(parameters)}`;
  return redirectResponse(request.method, 302, location, headers);
}
