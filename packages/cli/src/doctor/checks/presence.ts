import { randomUUID } from "node:crypto";
import type { Check, CheckGroup } from "../check.ts";
import { holds } from "../finding.ts";
import { differsFrom } from "../judge.ts";

/** That a session of the web app can be announced and taken away again: it costs nothing. */
export function presenceChecks(): CheckGroup {
  const sessionId = randomUUID();
  const procedure = (name: string, body: object, needs: readonly string[]): Check => ({
    id: `presence.${name}`,
    wire: "6",
    title: `rpc ${name}`,
    needs,
    async run(asker) {
      const answer = await asker.ask({ to: "rows", method: "POST", path: `/rest/v1/rpc/${name}`, body });
      return answer.status === 200 || answer.status === 204 ? holds() : differsFrom("200 or 204", answer);
    },
  });
  const session = {
    p_session_id: sessionId,
    p_current_path: "/",
    p_device_type: "desktop",
    p_platform: "cli",
    p_browser: "none",
    p_locale: "en",
    p_subscription_tier: "free",
    p_is_idle: true,
  };
  return {
    title: "Presence (--write)",
    checks: [
      procedure("upsert_online_session", session, ["session.accepted"]),
      procedure("remove_online_session", { p_session_id: sessionId }, ["presence.upsert_online_session"]),
    ],
  };
}
