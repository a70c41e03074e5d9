import type { CanvasPort, NewNode } from "@flowith-webapi/core";
import type { Database } from "./database.types.ts";
import type { RowsClient } from "./rows-client.ts";

type FlowNodeInsert = Database["public"]["Tables"]["flow_node"]["Insert"];

const PAGE_ROWS = 1_000;

/** Conversation and node rows (wire 2.1, 3.1, 6). */
export function createCanvas(rows: () => RowsClient): CanvasPort {
  return {
    async createConversation({ userId }, call) {
      const query = rows()
        .from("conversation")
        .insert({ project_id: null, is_absolute_mode: true, user_id: userId })
        .select("id");
      const { data } = await withSignal(query, call.signal).throwOnError();
      return data[0];
    },
    async insertNodes(nodes, call) {
      await withSignal(rows().from("flow_node").insert(nodes.map(insertable)), call.signal).throwOnError();
    },
    async nodesByIds(ids, parentIds, call) {
      const select = rows().from("flow_node").select("id,p_id,data,type");
      const query =
        parentIds.length === 0
          ? select.in("id", [...ids])
          : select.or(`id.in.(${ids.join(",")}),p_id.in.(${parentIds.join(",")})`);
      const { data } = await withSignal(query, call.signal).throwOnError();
      return data;
    },
    async nodesOfConversation(convId, call) {
      const nodes: unknown[] = [];
      // The server gives out 1,000 rows at most, the oldest first: without the rest, a long conversation lost its end.
      for (let page = PAGE_ROWS; page === PAGE_ROWS; ) {
        const query = rows()
          .from("flow_node")
          .select("*")
          .eq("conv_id", convId)
          .neq("is_delete", true)
          .order("created_at")
          .order("type")
          .order("id")
          .range(nodes.length, nodes.length + PAGE_ROWS - 1);
        const { data } = await withSignal(query, call.signal).throwOnError();
        nodes.push(...data);
        page = data.length;
      }
      return nodes;
    },
  };
}

function withSignal<Query extends { abortSignal(signal: AbortSignal): unknown }>(
  query: Query,
  signal: AbortSignal | undefined,
): Query {
  if (signal !== undefined) query.abortSignal(signal);
  return query;
}

function insertable({ id, convId, parentId, type, position, data }: NewNode): FlowNodeInsert {
  return { id, position: { ...position }, type, conv_id: convId, p_id: parentId, c_ids: [], data: { ...data } };
}
