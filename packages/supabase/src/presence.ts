import type { PortCall, PresencePort } from "@flowith-webapi/core";
import { withSignal } from "./query.ts";
import type { Rows } from "./rows.ts";

/** Who is online, by remote procedures (wire 6). */
export function createPresence(rows: (call: PortCall) => Rows): PresencePort {
  return {
    async upsert(session, call) {
      return (await withSignal(rows(call).rpc("upsert_online_session", session), call.signal).throwOnError()).data;
    },
    async remove(sessionId, call) {
      const query = rows(call).rpc("remove_online_session", { p_session_id: sessionId });
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async count(call) {
      return (await withSignal(rows(call).rpc("get_online_count"), call.signal).throwOnError()).data;
    },
  };
}
