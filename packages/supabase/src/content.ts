import type { ContentPort } from "@flowith-webapi/core";
import { withSignal } from "./query.ts";
import type { RowsClient } from "./rows-client.ts";

/** What the service publishes, and the user's projects (wire 6). */
export function createContent(rows: () => RowsClient): ContentPort {
  return {
    async notices(call) {
      return (await withSignal(rows().from("public_notice").select("*"), call.signal).throwOnError()).data;
    },
    async projects(call) {
      const query = rows().from("flow_project").select("*").order("updated_at", { ascending: false });
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async migration(call) {
      return (await withSignal(rows().from("migration").select("version"), call.signal).throwOnError()).data;
    },
  };
}
