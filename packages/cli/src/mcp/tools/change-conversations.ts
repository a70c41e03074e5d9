import type { McpServer } from "@modelcontextprotocol/server";
import * as v from "valibot";
import { addTool } from "../add-tool.ts";
import { conversationOf } from "../conversation-of.ts";
import type { Desk } from "../desk.ts";
import { toolResult } from "../results/tool-result.ts";
import { conversationReport, conversationSchema } from "./conversations.ts";
import { conversationId } from "./inputs.ts";

/** What is written over, or gone, is lost. */
const destructive = { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false };

export function addChangeTools(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "rename_conversation",
    {
      title: "Rename a conversation",
      description: "Gives a conversation another title. The old one is lost.",
      input: v.object({
        conversation_id: conversationId,
        title: v.pipe(v.string(), v.regex(/\S/), v.maxLength(500)),
      }),
      output: conversationSchema,
      annotations: destructive,
    },
    async ({ conversation_id, title }, call) => {
      const id = await conversationOf(call, conversation_id);
      const record = await desk.client.conversations.rename(id, title, { signal: call.signal });
      return toolResult(conversationReport(record));
    },
  );
  addTool(
    server,
    desk,
    "delete_conversation",
    {
      title: "Delete a conversation",
      description:
        "Deletes a conversation with all that is in it. This cannot be taken back: ask the user first, by the title of the conversation.",
      input: v.object({ conversation_id: conversationId }),
      output: v.object({ conversation_id: v.string(), deleted: v.boolean() }),
      annotations: destructive,
    },
    async ({ conversation_id }, call) => {
      const id = await conversationOf(call, conversation_id);
      await desk.client.conversations.delete(id, { signal: call.signal });
      return toolResult({ conversation_id: id, deleted: true });
    },
  );
}
