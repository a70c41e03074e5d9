import type { GoTrueSession } from "./session.ts";
import { encodeQuery } from "./url-encoding.ts";

/** A session as the fragment of a redirect, for the implicit flow. `sb` marks it as the service's own. */
export function sessionFragment(session: GoTrueSession, more: readonly (readonly [string, string])[]): string {
  return encodeQuery([
    ["access_token", session.access_token],
    ["token_type", session.token_type],
    ["expires_in", String(session.expires_in)],
    ["expires_at", String(session.expires_at)],
    ["refresh_token", session.refresh_token],
    ["sb", ""],
    ...more,
  ]);
}
