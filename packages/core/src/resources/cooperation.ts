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
const role = v.pipe(
  v.nullish(quantity, USUAL_ROLE),
  v.transform((value) => value ?? USUAL_ROLE),
);

export const readCooperator: RecordReader<CooperatorRecord> = recordReader({
  userId: ["user_id", key],
  role: ["role", role],
  userName: ["user_name", nullishText],
  userAvatar: ["user_avatar", nullishText],
});

/** The key stands in the answer twice, as the column and as the embedded conversation, which is the later one. */
type CooperationRow = Omit<CooperationRecord, "convId" | "conversation"> & { embedded: unknown };

const readRow: RecordReader<CooperationRow> = recordReader({
  userId: ["user_id", nullishText],
  role: ["role", role],
  isTop: ["top", nullishFlag],
  embedded: ["conv_id", v.unknown()],
});

export const readCooperation: RecordReader<CooperationRecord> = (item, what) => {
  const { embedded, ...row } = readRow(item, what);
  const conversation = isRecord(embedded) ? readConversation(embedded, what) : null;
  const convId = conversation?.convId ?? (typeof embedded === "string" ? embedded : undefined);
  return { ...row, convId, conversation };
};
