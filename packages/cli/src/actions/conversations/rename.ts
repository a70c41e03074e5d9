import { usageError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { conversationJson } from "../../conversations/conversation-json.ts";
import { ConversationFinder } from "../../conversations/find-conversation.ts";
import { oneLine } from "../../output/printable.ts";

/** `{ id, title, createdAt, updatedAt, projectId }`, as it is now */
export async function renameConversation(context: Context, said: string, words: string[]): Promise<void> {
  const { output, signal } = context;
  const title = words.join(" ").trim();
  if (title === "") throw usageError("The new title is empty.");
  const client = await context.client();
  const convId = await new ConversationFinder(client, signal).find(said);
  const record = await client.conversations.rename(convId, title, { signal });
  await output.result(conversationJson(record), () => `${convId} is now called “${oneLine(record.title ?? title)}”.`);
}
