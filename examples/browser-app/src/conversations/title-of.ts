import type { ConversationRecord } from "flowith-webapi";

/** What a conversation is called here, where it may have no title yet. */
export function titleOf(record: ConversationRecord | undefined): string {
  return record?.title?.trim() || record?.preview?.trim() || "Untitled";
}
