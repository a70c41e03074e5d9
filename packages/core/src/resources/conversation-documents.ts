import * as v from "valibot";
import { key, nullishFlag, nullishText } from "../wire/fields.ts";
import { type RawRecord, type RecordReader, recordReader } from "../wire/records.ts";

/** The document that is written beside a conversation. */
export interface ConvNovelEditor {
  convId: string;
  content: unknown;
  raw: RawRecord;
}

/** A comment on a conversation. */
export interface DiscussRecord {
  discussId: string;
  convId: string | null | undefined;
  userId: string | null | undefined;
  content: string | null | undefined;
  createdAt: string | null | undefined;
  raw: RawRecord;
}

/** A plan of the agent mode. */
export interface OracleStreamRecord {
  recordId: string;
  requirement: string | null | undefined;
  workflow: unknown;
  noNeedReplan: boolean | null | undefined;
  isStopped: boolean | null | undefined;
  isPublic: boolean | null | undefined;
  userConfirm: boolean | null | undefined;
  isDeleted: boolean | null | undefined;
  raw: RawRecord;
}

const novelSchema = v.looseObject({ conv_id: key, content: v.optional(v.unknown()) });

export const readNovelEditor: RecordReader<ConvNovelEditor> = recordReader(novelSchema, (row, raw) => ({
  convId: row.conv_id,
  content: row.content,
  raw,
}));

const discussSchema = v.looseObject({
  id: key,
  conv_id: nullishText,
  user_id: nullishText,
  content: nullishText,
  created_at: nullishText,
});

export const readDiscussion: RecordReader<DiscussRecord> = recordReader(discussSchema, (row, raw) => ({
  discussId: row.id,
  convId: row.conv_id,
  userId: row.user_id,
  content: row.content,
  createdAt: row.created_at,
  raw,
}));

const oracleSchema = v.looseObject({
  id: key,
  requirement: nullishText,
  workflow: v.optional(v.unknown()),
  no_need_replan: nullishFlag,
  is_stop: nullishFlag,
  is_public: nullishFlag,
  user_confirm: nullishFlag,
  is_delete: nullishFlag,
});

export const readOracleStream: RecordReader<OracleStreamRecord> = recordReader(oracleSchema, (row, raw) => ({
  recordId: row.id,
  requirement: row.requirement,
  workflow: row.workflow,
  noNeedReplan: row.no_need_replan,
  isStopped: row.is_stop,
  isPublic: row.is_public,
  userConfirm: row.user_confirm,
  isDeleted: row.is_delete,
  raw,
}));
