import type { Queryable } from "../database/database.ts";
import { ApiError } from "./api-error.ts";
import { confirmEmailChange } from "./email-change.ts";
import { providersOf } from "./external-account.ts";
import { isMailTokenExpired, matchesMailToken } from "./mail-token.ts";
import type { UserRow } from "./user.ts";
import { findUserByEmail, updateUser } from "./user-store.ts";

/** What a mail can be for, in the words of `type`. Confirmations are not mailed here, but may be asked for. */
export type MailPurpose = "recovery" | "email_change" | "confirmation";

const purposes: Readonly<Record<string, MailPurpose>> = {
  signup: "confirmation",
  invite: "confirmation",
  email: "recovery",
  magiclink: "recovery",
  recovery: "recovery",
  email_change: "email_change",
};

export function purposeOf(type: string): MailPurpose | undefined {
  return Object.hasOwn(purposes, type) ? purposes[type] : undefined;
}

const expiredLink = () => new ApiError(403, "otp_expired", "Email link is invalid or has expired");
const expiredCode = () => new ApiError(403, "otp_expired", "Token has expired or is invalid");

async function first(db: Queryable, where: string, parameters: readonly string[]): Promise<UserRow | undefined> {
  return (await db.query<UserRow>(`select * from auth.users where ${where} limit 1`, parameters)).rows[0];
}

/** The user whose mail holds this link. */
export async function findUserByLink(db: Queryable, type: string, hash: string, now: number): Promise<UserRow> {
  const purpose = purposeOf(type);
  if (purpose === undefined) throw new ApiError(400, "validation_failed", "Invalid email verification type");
  if (purpose === "confirmation") throw expiredLink();
  const isRecovery = purpose === "recovery";
  const where = isRecovery ? "recovery_token = $1" : "$1 in (email_change_token_current, email_change_token_new)";
  const user = await first(db, where, [hash]);
  if (user === undefined) throw expiredLink();
  if (isMailTokenExpired(isRecovery ? user.recovery_sent_at : user.email_change_sent_at, now)) throw expiredLink();
  return user;
}

/** The user who was mailed this code at this address. */
export async function findUserByCode(
  db: Queryable,
  type: string,
  email: string,
  hash: string,
  now: number,
): Promise<UserRow> {
  const purpose = purposeOf(type);
  const user =
    purpose === "email_change"
      ? await first(db, "$1 in (email, email_change) and email_change <> ''", [email])
      : await findUserByEmail(db, email);
  if (user === undefined) throw expiredCode();
  const isValid =
    purpose === "email_change"
      ? matchesMailToken(hash, user.email_change_token_current, user.email_change_sent_at, now) ||
        matchesMailToken(hash, user.email_change_token_new, user.email_change_sent_at, now)
      : purpose === "recovery" && matchesMailToken(hash, user.recovery_token, user.recovery_sent_at, now);
  if (!isValid) throw expiredCode();
  return user;
}

/** Use the token up. */
export async function completeMail(db: Queryable, type: string, user: UserRow, now: number): Promise<UserRow> {
  const verified =
    purposeOf(type) === "email_change"
      ? await confirmEmailChange(db, user, now)
      : await updateUser(db, user.id, { recovery_token: "" }, now);
  return updateUser(db, user.id, { raw_app_meta_data: await providersOf(db, verified) }, now);
}
