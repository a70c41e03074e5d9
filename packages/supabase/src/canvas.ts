import type { CanvasPort, NewNode, PortCall } from "@flowith-webapi/core";
import type { Database } from "./database.types.ts";
import { page, withSignal } from "./query.ts";
import type { Rows } from "./rows.ts";

type FlowNodeInsert = Database["public"]["Tables"]["flow_node"]["Insert"];

const PAGE_ROWS = 1_000;

/** Conversation and node rows (wire 2.1, 3.1, 6). */
export function createCanvas(rows: (call: PortCall) => Rows): CanvasPort {
  return {
    async createConversation({ userId }, call) {
      const query = rows(call)
        .from("conversation")
        .insert({ project_id: null, is_absolute_mode: true, user_id: userId })
        .select("id");
      const { data } = await withSignal(query, call.signal).throwOnError();
      return data[0];
    },
    async insertNodes(nodes, call) {
      await withSignal(rows(call).from("flow_node").insert(nodes.map(insertable)), call.signal).throwOnError();
    },
    async nodesByIds(ids, parentIds, call) {
      const select = rows(call).from("flow_node").select("id,p_id,data,type,created_at");
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
        const query = rows(call)
          .from("flow_node")
          .select("*")
          .eq("conv_id", convId)
          .neq("is_delete", true)
          .order("created_at")
          .order("type")
          .order("id")
          .range(nodes.length, nodes.length + PAGE_ROWS - 1);
        const { data } = await withSignal(query, call.signal).throwOnError();
        const found = listed(data);
        nodes.push(...found);
        page = found.length;
      }
      return nodes;
    },
    async conversations({ userId, projectId, ...paging }, call) {
      const own = rows(call).from("conversation").select("*").eq("user_id", userId).neq("is_delete", true);
      const query = projectId === undefined ? own.is("project_id", null) : own.eq("project_id", projectId);
      return (await withSignal(page(query, "updated_at", paging), call.signal).throwOnError()).data;
    },
    async conversation(convId, call) {
      const query = rows(call).from("conversation").select("*").eq("id", convId);
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async updateConversation(convId, { title, isDeleted }, call) {
      const changes = {
        ...(title === undefined ? {} : { title }),
        ...(isDeleted === undefined ? {} : { is_delete: isDeleted }),
      };
      const query = rows(call).from("conversation").update(changes).eq("id", convId).select("*");
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async titleConversation(convId, title, call) {
      // In one request with the change: whoever gives it a title at the same moment keeps theirs.
      const query = rows(call)
        .from("conversation")
        .update({ title })
        .eq("id", convId)
        .neq("is_delete", true)
        .or('title.is.null,title.eq.""');
      await withSignal(query, call.signal).throwOnError();
    },
    async cooperations({ userId, convId, excludeTop }, call) {
      const query = rows(call).from("cooperate").select("*,conv_id(*)").eq("user_id", userId);
      // A filter on what is embedded only empties it; `not.is.null` beside it leaves out the row as well.
      if (convId === undefined) query.not("conv_id", "is", null).not("conv_id.is_delete", "eq", true);
      else query.eq("conv_id", convId);
      if (excludeTop) query.not("top", "eq", true).not("conv_id.metadata->>member_count", "eq", 1);
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async novelEditor(convId, call) {
      const query = rows(call).from("conv_novel_editor").select("*").eq("conv_id", convId);
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async discussions(convId, call) {
      const query = rows(call).from("discuss").select("*").eq("conv_id", convId);
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async oracleStream(convId, call) {
      const query = rows(call)
        .from("oracle_stream")
        .select("id,requirement,workflow,no_need_replan,is_stop,is_public,user_confirm,is_delete")
        .eq("conv_id", convId);
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
  };
}

/** A list also where the server sends one row, or nothing. */
function listed(data: unknown): unknown[] {
  if (Array.isArray(data)) return data;
  return data === null || data === undefined ? [] : [data];
}

function insertable({ id, convId, parentId, type, position, data }: NewNode): FlowNodeInsert {
  return { id, position: { ...position }, type, conv_id: convId, p_id: parentId, c_ids: [], data: { ...data } };
}
