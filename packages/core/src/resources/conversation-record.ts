import * as v from "valibot";
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

const schema = v.looseObject({
  id: key,
  title: nullishText,
  user_id: nullishText,
  project_id: nullishText,
  is_absolute_mode: nullishFlag,
  is_delete: nullishFlag,
  preview: nullishText,
  created_at: nullishText,
  updated_at: nullishText,
});

export const readConversation: RecordReader<ConversationRecord> = recordReader(schema, (row, raw) => ({
  convId: row.id,
  title: row.title,
  userId: row.user_id,
  projectId: row.project_id,
  isAbsoluteMode: row.is_absolute_mode,
  isDeleted: row.is_delete,
  preview: row.preview,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  raw,
}));
