import * as v from "valibot";
import { nullishText, quantity, texts } from "../wire/fields.ts";
import { type RawRecord, type RecordReader, recordReader } from "../wire/records.ts";

/** One grant of credits. */
export interface UserCredits {
  remainQuota: number | null | undefined;
  initQuota: number | null | undefined;
  /** The plan that it comes from. */
  subType: string | null | undefined;
  fromDate: string | null | undefined;
  toDate: string | null | undefined;
  remainDays: number | null | undefined;
  /** Which tiers of models it pays for; undefined where the service does not say. */
  allowedModelTiers: string[] | undefined;
  raw: RawRecord;
}

/** What a user has left to spend. */
export interface CreditBalance {
  /** The sum of all grants. */
  remainQuota: number;
  /** The plan of the largest grant; undefined without any. */
  mainPlan: string | undefined;
  /** When that grant ends, as the service wrote it. */
  expiresAt: string | undefined;
  /** Tiers of models that any of the grants pays for. */
  allowedModelTiers: string[];
  credits: UserCredits[];
}

const allowedModelTiers = v.pipe(
  v.fallback(v.optional(v.looseObject({ allowed_model_tiers: texts })), undefined),
  v.transform((policy) => policy?.allowed_model_tiers),
);

export const readCredits: RecordReader<UserCredits> = recordReader({
  remainQuota: ["remain_quota", quantity],
  initQuota: ["init_quota", quantity],
  subType: ["sub_type", nullishText],
  fromDate: ["from_date", nullishText],
  toDate: ["to_date", nullishText],
  remainDays: ["remain_days", v.fallback(quantity, undefined)],
  allowedModelTiers: ["credit_policy_snapshot", allowedModelTiers],
});

export function creditBalance(credits: UserCredits[]): CreditBalance {
  let remainQuota = 0;
  let main: UserCredits | undefined;
  for (const grant of credits) {
    remainQuota += grant.remainQuota ?? 0;
    if (main === undefined || (grant.initQuota ?? 0) > (main.initQuota ?? 0)) main = grant;
  }
  return {
    remainQuota,
    mainPlan: main?.subType ?? undefined,
    expiresAt: main?.toDate ?? undefined,
    allowedModelTiers: [...new Set(credits.flatMap((grant) => grant.allowedModelTiers ?? []))],
    credits,
  };
}
