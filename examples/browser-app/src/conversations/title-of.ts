import type { ConversationRecord } from "flowith-webapi";

/**
 * What a conversation is called here, where it may have no title yet.
 * @param firstPrompt where it is known
 */
export function titleOf(record: ConversationRecord | undefined, firstPrompt?: string): string {
  return record?.title?.trim() || firstPrompt?.trim() || record?.preview?.trim() || "Untitled";
}
