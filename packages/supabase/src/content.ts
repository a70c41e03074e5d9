import type { ContentPort, PortCall } from "@flowith-webapi/core";
import { withSignal } from "./query.ts";
import type { Rows } from "./rows.ts";

/** What the service publishes, and the user's projects (wire 6). */
export function createContent(rows: (call: PortCall) => Rows): ContentPort {
  return {
    async notices(call) {
      return (await withSignal(rows(call).from("public_notice").select("*"), call.signal).throwOnError()).data;
    },
    async projects(call) {
      const query = rows(call).from("flow_project").select("*").order("updated_at", { ascending: false });
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async migration(call) {
      return (await withSignal(rows(call).from("migration").select("version"), call.signal).throwOnError()).data;
    },
  };
}
