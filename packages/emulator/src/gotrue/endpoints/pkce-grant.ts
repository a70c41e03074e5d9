import { ApiError } from "../api-error.ts";
import type { Exchange } from "../context.ts";
import { deleteFlowState, findFlowStateByCode, isFlowExpired } from "../flow-state.ts";
import { matchesChallenge } from "../pkce.ts";
import { readBody } from "../request-body.ts";
import { jsonResponse } from "../responses.ts";
import { startSession } from "../session.ts";
import { findUserById } from "../user-store.ts";

export async function pkceGrant({ context, request, headers }: Exchange): Promise<Response> {
  const body = await readBody(request, "PKCEGrantParams");
  const code = body.text("auth_code");
  const verifier = body.text("code_verifier");
  if (code === "" || verifier === "") {
    throw new ApiError(
      400,
      "validation_failed",
      "invalid request: both auth code and code verifier should be non-empty",
    );
  }
  const session = await context.database.transaction(async (db) => {
    const flow = await findFlowStateByCode(db, code);
    // Without a user nobody has consented yet.
    const user = flow?.user_id ? await findUserById(db, flow.user_id) : undefined;
    if (!flow || !user) {
      throw new ApiError(404, "flow_state_not_found", "invalid flow state, no valid flow state found");
    }
    if (isFlowExpired(flow, context.clock.now())) {
      throw new ApiError(422, "flow_state_expired", "invalid flow state, flow state has expired");
    }
    if (!matchesChallenge(flow.code_challenge ?? "", flow.code_challenge_method ?? "", verifier)) {
      throw new ApiError(400, "bad_code_verifier", "code challenge does not match previously saved code verifier");
    }
    const started = await startSession(context, db, user.id, flow.authentication_method, headers);
    await deleteFlowState(db, flow.id);
    return {
      ...started,
      ...(flow.provider_access_token ? { provider_token: flow.provider_access_token } : {}),
      ...(flow.provider_refresh_token ? { provider_refresh_token: flow.provider_refresh_token } : {}),
    };
  });
  return jsonResponse(200, session, headers);
}
