import type { Queryable } from "../database/database.ts";
import type { Exchange } from "./context.ts";
import { createFlowState } from "./flow-state.ts";
import { mailLink } from "./mail-link.ts";
import { checkMailInterval, createMailToken } from "./mail-token.ts";
import { validatePkce } from "./pkce.ts";
import type { RequestBody } from "./request-body.ts";
import type { UserRow } from "./user.ts";
import { findIdentity, insertIdentity, type UserChanges, updateIdentityData, updateUser } from "./user-store.ts";

/** Mail the new address and the present one; nothing changes before one of the links was opened. */
export async function sendEmailChange(
  exchange: Exchange,
  db: Queryable,
  user: UserRow,
  email: string,
  body: RequestBody,
): Promise<UserRow> {
  const { context } = exchange;
  const now = context.clock.now();
  const [codeChallenge, codeChallengeMethod] = [body.text("code_challenge"), body.text("code_challenge_method")];
  validatePkce(codeChallengeMethod, codeChallenge);
  const isPkce = codeChallenge !== "";
  const type = "email_change" as const;
  if (isPkce) {
    const flow = { providerType: type, authenticationMethod: type, codeChallenge, codeChallengeMethod };
    await createFlowState(db, { ...flow, userId: user.id }, now);
  }
  checkMailInterval(user.email_change_sent_at, now);
  const forNew = createMailToken(email, isPkce);
  const changes: UserChanges = { email_change: email, email_change_token_new: forNew.hash, email_change_sent_at: now };
  context.sendEmail({ to: email, type, otp: forNew.otp, link: mailLink(exchange, type, forNew.hash) });
  if (user.email) {
    const forCurrent = createMailToken(user.email, isPkce);
    changes.email_change_token_current = forCurrent.hash;
    context.sendEmail({ to: user.email, type, otp: forCurrent.otp, link: mailLink(exchange, type, forCurrent.hash) });
  }
  return updateUser(db, user.id, changes, now);
}

/** Make the address that the user asked for the user's own. A guest becomes a real user by it. */
export async function confirmEmailChange(db: Queryable, user: UserRow, now: number): Promise<UserRow> {
  const email = user.email_change;
  const identity = await findIdentity(db, "email", user.id);
  const verified = { email, email_verified: true };
  if (identity) await updateIdentityData(db, identity, { ...identity.identity_data, ...verified }, now);
  else await insertIdentity(db, user.id, "email", { sub: user.id, phone_verified: false, ...verified }, now);
  const changes: UserChanges = {
    email,
    email_change: "",
    email_change_token_current: "",
    email_change_token_new: "",
    is_anonymous: false,
  };
  if (user.email_confirmed_at === null) {
    changes.email_confirmed_at = now;
    changes.raw_user_meta_data = { ...user.raw_user_meta_data, email_verified: true };
  }
  return updateUser(db, user.id, changes, now);
}
