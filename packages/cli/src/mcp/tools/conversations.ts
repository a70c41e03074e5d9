import type { McpServer } from "@modelcontextprotocol/server";
import type { ConversationRecord } from "flowith-webapi";
import * as v from "valibot";
import { latestPath } from "../../conversations/branches.ts";
import { nodeJson } from "../../conversations/conversation-json.ts";
import { loadConversation } from "../../conversations/load-conversation.ts";
import { ownHosts } from "../../conversations/node-media.ts";
import { hasWords } from "../../input/has-words.ts";
import { addTool } from "../add-tool.ts";
import { conversationOf } from "../conversation-of.ts";
import type { Desk } from "../desk.ts";
import { toolResult } from "../results/tool-result.ts";
import { conversationId } from "./inputs.ts";

const MOST = 100;
/** Of one turn; a model's context is worth more than the whole of a pasted book. */
const MAX_TURN_CHARACTERS = 8_000;

const readOnly = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

const count = (most: number, otherwise: number, about: string) =>
  v.pipe(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most)), otherwise), v.description(about));

export const conversationSchema = v.object({
  conversation_id: v.string(),
  title: v.nullable(v.string()),
  created_at: v.nullable(v.string()),
  updated_at: v.nullable(v.string()),
});

export function conversationReport(record: ConversationRecord): v.InferOutput<typeof conversationSchema> {
  const { convId, title, createdAt, updatedAt } = record;
  return {
    conversation_id: convId,
    title: title ?? null,
    created_at: createdAt ?? null,
    updated_at: updatedAt ?? null,
  };
}

export function addConversationTools(server: McpServer, desk: Desk): void {
  addListTool(server, desk);
  addReadTool(server, desk);
}

function addListTool(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "list_conversations",
    {
      title: "List conversations",
      description:
        "Lists the user's conversations, the latest first; query finds those whose titles have all of its words, however old they are.",
      input: v.object({
        query: v.pipe(v.optional(v.string()), v.description("Words of the title, such as: kyoto autumn")),
        limit: count(MOST, 20, "How many at most. Default 20."),
      }),
      output: v.object({ conversations: v.array(conversationSchema) }),
      annotations: readOnly,
    },
    async ({ query = "", limit }, { signal }) => {
      const words = query.split(/\s+/);
      const found: ConversationRecord[] = [];
      for await (const record of desk.client.conversations.all({ signal })) {
        if (hasWords([record.title], words)) found.push(record);
        if (found.length >= limit) break;
      }
      return toolResult({ conversations: found.map(conversationReport) });
    },
  );
}

function addReadTool(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "read_conversation",
    {
      title: "Read a conversation",
      description:
        "Reads the turns of a conversation that lead to what was said last, with links to its pictures and clips. The whole of it with all branches is the resource flowith://conversations/{id}.",
      input: v.object({
        conversation_id: conversationId,
        last_turns: count(MOST, 20, "How many prompts and answers, from the end. Default 20."),
      }),
      output: v.object({
        ...conversationSchema.entries,
        omitted_turns: v.pipe(v.number(), v.description("How many came before those that are here.")),
        turns: v.array(
          v.object({
            node_id: v.string(),
            role: v.picklist(["user", "assistant", "note"]),
            state: v.nullable(v.string()),
            model: v.nullable(v.string()),
            text: v.string(),
            media: v.array(v.object({ url: v.string() })),
          }),
        ),
      }),
      annotations: readOnly,
    },
    async (args, call) => {
      const id = await conversationOf(call, args.conversation_id);
      const { record, tree } = await loadConversation(desk.client, id, call.signal);
      const path = latestPath(tree);
      const isOwn = ownHosts(path);
      const turns = path.slice(-args.last_turns).map((node) => {
        const { id: node_id, role, state, model, text, media } = nodeJson(node, isOwn);
        return { node_id, role, state, model, text: cutText(text), media: media.map(({ url }) => ({ url })) };
      });
      return toolResult({ ...conversationReport(record), omitted_turns: path.length - turns.length, turns });
    },
  );
}

function cutText(text: string): string {
  if (text.length <= MAX_TURN_CHARACTERS) return text;
  return `${text.slice(0, MAX_TURN_CHARACTERS)}\n[cut: ${text.length - MAX_TURN_CHARACTERS} more characters]`;
}
