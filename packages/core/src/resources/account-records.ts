import * as v from "valibot";
import { key, nullishText, optionalKey, quantity } from "../wire/fields.ts";
import { type RawRecord, type RecordReader, recordReader } from "../wire/records.ts";

/** A user's profile. Columns beyond these are in `raw`. */
export interface UserProfile {
  userId: string;
  language: string | null | undefined;
  raw: RawRecord;
}

/** A file that the user has stored. */
export interface UserUploadRecord {
  recordId: string;
  userId: string | null | undefined;
  convId: string | null | undefined;
  /** Its URL. */
  value: string | null | undefined;
  name: string | null | undefined;
  /** Such as `pdf`, as it was given at the upload. */
  fileType: string | null | undefined;
  createdAt: string | null | undefined;
  raw: RawRecord;
}

/** A subscription that the user has. */
export interface SubscriptionUserOwn {
  recordId: string;
  months: number | null | undefined;
  fromDate: string | null | undefined;
  toDate: string | null | undefined;
  remainQuota: number | null | undefined;
  subscriptionType: { id: string | null | undefined; quota: number | null | undefined } | null | undefined;
  raw: RawRecord;
}

export const readProfile: RecordReader<UserProfile> = recordReader({
  userId: ["id", key],
  language: ["language", nullishText],
});

export const readUpload: RecordReader<UserUploadRecord> = recordReader({
  recordId: ["id", key],
  userId: ["user_id", nullishText],
  convId: ["conv_id", nullishText],
  value: ["value", nullishText],
  name: ["name", nullishText],
  fileType: ["type", nullishText],
  createdAt: ["created_at", nullishText],
});

const subscriptionType = v.pipe(
  v.nullish(v.looseObject({ id: optionalKey, quota: quantity })),
  v.transform((type) => type && { id: type.id, quota: type.quota }),
);

export const readSubscription: RecordReader<SubscriptionUserOwn> = recordReader({
  recordId: ["id", key],
  months: ["months", quantity],
  fromDate: ["from_date", nullishText],
  toDate: ["to_date", nullishText],
  remainQuota: ["remain_quota", quantity],
  subscriptionType: ["subscription_type", subscriptionType],
});
