import * as v from "valibot";
import { flag, key, text } from "../wire/fields.ts";
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
  title: text,
  user_id: text,
  project_id: text,
  is_absolute_mode: flag,
  is_delete: flag,
  preview: text,
  created_at: text,
  updated_at: text,
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
