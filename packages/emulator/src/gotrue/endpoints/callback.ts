import { ApiError, OAuthError } from "../api-error.ts";
import { consentPath } from "../consent-path.ts";
import type { Exchange } from "../context.ts";
import { errorBody } from "../error-response.ts";
import { findOrCreateExternalUser } from "../external-account.ts";
import { claimFlowState, deleteFlowState, type FlowStateRow, findFlowState, isFlowExpired } from "../flow-state.ts";
import { errorParameters } from "../oauth-error-words.ts";
import { accountFromCode } from "../provider-account.ts";
import { findProvider } from "../providers.ts";
import { encodeJson, redirectResponse } from "../responses.ts";
import { startSession } from "../session.ts";
import { sessionFragment } from "../session-fragment.ts";
import { withErrorFragment, withQuery } from "../url-encoding.ts";
import { isUuid } from "../uuid.ts";

async function loadFlow({ context }: Exchange, state: string): Promise<FlowStateRow> {
  const badState = (message: string) => new ApiError(400, "bad_oauth_state", message);
  if (state === "") throw new ApiError(400, "bad_oauth_callback", "OAuth state parameter missing");
  if (!isUuid(state)) throw badState("OAuth state parameter is invalid");
  const flow = await findFlowState(context.database, state);
  if (flow === undefined) throw badState("OAuth state not found or expired");
  if (isFlowExpired(flow, context.clock.now())) throw badState("OAuth state has expired");
  if (flow.code_challenge !== null && flow.user_id !== null) {
    throw new ApiError(400, "flow_state_already_used", "State has already been used");
  }
  return flow;
}

/** Where the browser goes now that the provider has answered. */
async function finish({ context, headers }: Exchange, flow: FlowStateRow, answer: URLSearchParams): Promise<string> {
  const refusal = answer.get("error");
  if (refusal) throw new OAuthError(refusal, answer.get("error_description") ?? "");
  const code = answer.get("code");
  if (!code) {
    throw new ApiError(400, "bad_oauth_callback", "OAuth callback with missing authorization code missing");
  }
  const providerType = flow.provider_type.toLowerCase();
  const provider = findProvider(context.providers, providerType);
  const issuer = new URL(provider.authorizeUrl ?? `${context.issuer()}${consentPath}`).origin;
  const account = accountFromCode(providerType, issuer, code);
  const target = flow.referrer ?? context.siteUrl;
  const now = context.clock.now();

  return context.database.transaction(async (db) => {
    const user = await findOrCreateExternalUser(db, flow.provider_type, account, now);
    if (flow.auth_code !== null) {
      const { accessToken, refreshToken } = account;
      await claimFlowState(db, flow.id, { userId: user.id, accessToken, refreshToken }, now);
      return withQuery(target, [["code", flow.auth_code]]);
    }
    const session = await startSession(context, db, user.id, "oauth", headers);
    await deleteFlowState(db, flow.id);
    return `${target}#${sessionFragment(session, [
      ["provider_token", account.accessToken],
      ["provider_refresh_token", account.refreshToken],
    ])}`;
  });
}

/** The provider sends the browser here, with a code or a refusal. Errors are told to the site by redirect. */
export async function callback(exchange: Exchange): Promise<Response> {
  const { context, request, url, headers } = exchange;
  const isPost = request.method === "POST";
  const answer = isPost ? new URLSearchParams(await request.text()) : url.searchParams;
  let flow: FlowStateRow;
  try {
    flow = await loadFlow(exchange, answer.get("state") ?? "");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const location = withQuery(context.siteUrl, errorParameters(error));
    return redirectResponse(request.method, 303, location, headers, encodeJson(errorBody(error, request)));
  }
  try {
    return redirectResponse(request.method, 302, await finish(exchange, flow, answer), headers);
  } catch (error) {
    const parameters = errorParameters(error);
    const target = withQuery(flow.referrer ?? context.siteUrl, parameters);
    return redirectResponse(
      request.method,
      302,
      withErrorFragment(target, [...parameters.filter(([, value]) => value !== ""), ["sb", ""]]),
      headers,
    );
  }
}
