import { withinTotal } from "../http/within-total.ts";
import type { CallOptions } from "../options/options.ts";
import type { SessionManager } from "../session/session-manager.ts";

/**
 * The session's user, within the total limit of the call that wants to know: a refresh token alone names nobody before it
 * is spent, which the auth server may be slow at.
 * @param describe the call, for the error's message
 */
export function ownUserId(describe: string, session: SessionManager, options: CallOptions): Promise<string> {
  return withinTotal(describe, options, ({ signal }) => session.userId(signal));
}
