import type { PresencePort } from "@flowith-webapi/core";
import { withSignal } from "./query.ts";
import type { RowsClient } from "./rows-client.ts";

/** Who is online, by remote procedures (wire 6). */
export function createPresence(rows: () => RowsClient): PresencePort {
  return {
    async upsert(session, call) {
      return (await withSignal(rows().rpc("upsert_online_session", session), call.signal).throwOnError()).data;
    },
    async remove(sessionId, call) {
      const query = rows().rpc("remove_online_session", { p_session_id: sessionId });
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async count(call) {
      return (await withSignal(rows().rpc("get_online_count"), call.signal).throwOnError()).data;
    },
  };
}
