import { key, nullishFlag, nullishText } from "../wire/fields.ts";
import { type RawRecord, type RecordReader, recordReader } from "../wire/records.ts";

/** A conversation, as a list shows it. */
export interface ConversationRecord {
  convId: string;
  title: string | null | undefined;
  userId: string | null | undefined;
  projectId: string | null | undefined;
  isAbsoluteMode: boolean | null | undefined;
  isDeleted: boolean | null | undefined;
  /** The beginning of the last answer, where the web app has kept one. */
  preview: string | null | undefined;
  createdAt: string | null | undefined;
  updatedAt: string | null | undefined;
  raw: RawRecord;
}

export const readConversation: RecordReader<ConversationRecord> = recordReader({
  convId: ["id", key],
  title: ["title", nullishText],
  userId: ["user_id", nullishText],
  projectId: ["project_id", nullishText],
  isAbsoluteMode: ["is_absolute_mode", nullishFlag],
  isDeleted: ["is_delete", nullishFlag],
  preview: ["preview", nullishText],
  createdAt: ["created_at", nullishText],
  updatedAt: ["updated_at", nullishText],
});
