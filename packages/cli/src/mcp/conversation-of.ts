import type { Flowith } from "flowith-webapi";
import { ConversationFinder } from "../conversations/find-conversation.ts";
import type { ToolCall } from "./add-tool.ts";
import { McpToolError } from "./results/mcp-error.ts";

/**
 * The conversation that an argument means.
 * @throws CliError for what is no id; NotFoundError or McpToolError before anything is paid for, where there is no such conversation
 */
export async function conversationOf({ desk, signal }: ToolCall, said: string): Promise<string>;
export async function conversationOf(call: ToolCall, said: string | undefined): Promise<string | undefined>;
export async function conversationOf(
  { desk, signal }: ToolCall,
  said: string | undefined,
): Promise<string | undefined> {
  if (said === undefined) return undefined;
  const id = await new ConversationFinder(desk.client, signal).find(said);
  await requireConversation(desk.client, id, signal);
  return id;
}

/** @throws McpToolError for one that was deleted, which the service still tells; NotFoundError */
export async function requireConversation(client: Flowith, id: string, signal: AbortSignal): Promise<void> {
  const { isDeleted } = await client.conversations.get(id, { signal });
  if (isDeleted !== true) return;
  throw new McpToolError(
    "not_found",
    `The conversation ${id} was deleted.`,
    "list_conversations tells those that there are.",
  );
}
