import * as v from "valibot";
import { key, nullishFlag, nullishText, quantity } from "../wire/fields.ts";
import { isRecord } from "../wire/parse.ts";
import { type RawRecord, type RecordReader, recordReader } from "../wire/records.ts";
import { type ConversationRecord, readConversation } from "./conversation-record.ts";

/** Somebody who works on a conversation, as the service lists them. */
export interface CooperatorRecord {
  userId: string;
  /** 2 where the service does not say. */
  role: number;
  userName: string | null | undefined;
  userAvatar: string | null | undefined;
  raw: RawRecord;
}

/** That a user takes part in a conversation. */
export interface CooperationRecord {
  userId: string | null | undefined;
  convId: string | undefined;
  /** 2 where the service does not say. */
  role: number;
  /** Pinned. */
  isTop: boolean | null | undefined;
  /** Null where the filters leave it out, or this user cannot see it. */
  conversation: ConversationRecord | null;
  raw: RawRecord;
}

const USUAL_ROLE = 2;

const cooperatorSchema = v.looseObject({
  user_id: key,
  role: quantity,
  user_name: nullishText,
  user_avatar: nullishText,
});

export const readCooperator: RecordReader<CooperatorRecord> = recordReader(cooperatorSchema, (row, raw) => ({
  userId: row.user_id,
  role: row.role ?? USUAL_ROLE,
  userName: row.user_name,
  userAvatar: row.user_avatar,
  raw,
}));

const cooperationSchema = v.looseObject({
  user_id: nullishText,
  role: quantity,
  top: nullishFlag,
  // The key stands in the answer twice, as the column and as the embedded conversation, which is the later one.
  conv_id: v.unknown(),
});

export const readCooperation: RecordReader<CooperationRecord> = (item, what) =>
  recordReader(cooperationSchema, (row, raw): CooperationRecord => {
    const conversation = isRecord(row.conv_id) ? readConversation(row.conv_id, what) : null;
    return {
      userId: row.user_id,
      convId: conversation?.convId ?? (typeof row.conv_id === "string" ? row.conv_id : undefined),
      role: row.role ?? USUAL_ROLE,
      isTop: row.top,
      conversation,
      raw,
    };
  })(item, what);
