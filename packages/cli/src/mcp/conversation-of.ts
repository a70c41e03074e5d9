import { ConversationFinder } from "../conversations/find-conversation.ts";
import type { ToolCall } from "./add-tool.ts";

/**
 * The conversation that an argument means.
 * @throws CliError for what is no id; NotFoundError before anything is paid for, where there is no such conversation
 */
export async function conversationOf({ desk, signal }: ToolCall, said: string): Promise<string>;
export async function conversationOf(call: ToolCall, said: string | undefined): Promise<string | undefined>;
export async function conversationOf(
  { desk, signal }: ToolCall,
  said: string | undefined,
): Promise<string | undefined> {
  if (said === undefined) return undefined;
  const id = await new ConversationFinder(desk.client, signal).find(said);
  await desk.client.conversations.get(id, { signal });
  return id;
}
