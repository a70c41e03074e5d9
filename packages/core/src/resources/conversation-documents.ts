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

export const readNovelEditor: RecordReader<ConvNovelEditor> = recordReader({
  convId: ["conv_id", key],
  content: ["content", v.optional(v.unknown())],
});

export const readDiscussion: RecordReader<DiscussRecord> = recordReader({
  discussId: ["id", key],
  convId: ["conv_id", nullishText],
  userId: ["user_id", nullishText],
  content: ["content", nullishText],
  createdAt: ["created_at", nullishText],
});

export const readOracleStream: RecordReader<OracleStreamRecord> = recordReader({
  recordId: ["id", key],
  requirement: ["requirement", nullishText],
  workflow: ["workflow", v.optional(v.unknown())],
  noNeedReplan: ["no_need_replan", nullishFlag],
  isStopped: ["is_stop", nullishFlag],
  isPublic: ["is_public", nullishFlag],
  userConfirm: ["user_confirm", nullishFlag],
  isDeleted: ["is_delete", nullishFlag],
});
