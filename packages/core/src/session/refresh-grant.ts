import type { PortCall, PortCalls } from "../http/port-calls.ts";
import type { CallOptions } from "../options/options.ts";
import type { AuthPort } from "./auth-port.ts";
import { parseSession } from "./auth-session.ts";
import type { Session } from "./session-store.ts";

/** Spends a refresh token at the auth server. @param grants makes calls without a token */
export function refreshGrant(
  port: AuthPort,
  grants: PortCalls,
): (refreshToken: string, options: CallOptions) => Promise<Session> {
  return async (refreshToken, options) => {
    const spend = (call: PortCall): Promise<unknown> => port.refresh(refreshToken, call);
    // Spent by the first attempt, whatever came of its answer. Requests that wait for their token must not keep it out.
    const answer = await grants.run(options, spend, { repeat: "billed", isUncounted: true });
    return parseSession(answer, "POST /auth/v1/token");
  };
}
