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

const profileSchema = v.looseObject({ id: key, language: nullishText });

export const readProfile: RecordReader<UserProfile> = recordReader(profileSchema, (row, raw) => ({
  userId: row.id,
  language: row.language,
  raw,
}));

const uploadSchema = v.looseObject({
  id: key,
  user_id: nullishText,
  conv_id: nullishText,
  value: nullishText,
  name: nullishText,
  type: nullishText,
  created_at: nullishText,
});

export const readUpload: RecordReader<UserUploadRecord> = recordReader(uploadSchema, (row, raw) => ({
  recordId: row.id,
  userId: row.user_id,
  convId: row.conv_id,
  value: row.value,
  name: row.name,
  fileType: row.type,
  createdAt: row.created_at,
  raw,
}));

const subscriptionSchema = v.looseObject({
  id: key,
  months: quantity,
  from_date: nullishText,
  to_date: nullishText,
  remain_quota: quantity,
  subscription_type: v.nullish(v.looseObject({ id: optionalKey, quota: quantity })),
});

export const readSubscription: RecordReader<SubscriptionUserOwn> = recordReader(subscriptionSchema, (row, raw) => {
  const type = row.subscription_type;
  return {
    recordId: row.id,
    months: row.months,
    fromDate: row.from_date,
    toDate: row.to_date,
    remainQuota: row.remain_quota,
    subscriptionType: type && { id: type.id, quota: type.quota },
    raw,
  };
});
