import { ApiError } from "../api-error.ts";
import { authenticate } from "../authentication.ts";
import type { Exchange } from "../context.ts";
import { validateEmail } from "../email-address.ts";
import { confirmEmailChange, sendEmailChange } from "../email-change.ts";
import { mergeMetadata } from "../metadata.ts";
import { hashPassword, verifyPassword } from "../password-hash.ts";
import { checkPasswordStrength } from "../password-strength.ts";
import { validatePhone } from "../phone-number.ts";
import { type RequestBody, readBody } from "../request-body.ts";
import { jsonResponse } from "../responses.ts";
import { endSessionsOf } from "../session.ts";
import { type UserRow, userJson } from "../user.ts";
import { findIdentities, findUserByEmail, type UserChanges, updateUser } from "../user-store.ts";

interface Update {
  /** Empty when it stays as it is. */
  email: string;
  password: string | undefined;
}

async function validate({ context }: Exchange, user: UserRow, body: RequestBody): Promise<Update> {
  const [address, password] = [body.text("email"), body.optionalText("password")];
  const email = address === "" ? "" : validateEmail(address);
  const phone = body.text("phone");
  if (phone !== "") validatePhone(phone);
  if (password !== undefined) checkPasswordStrength(password);
  if (body.record("app_metadata") !== undefined) {
    throw new ApiError(403, "not_admin", "Updating app_metadata requires admin privileges");
  }
  if (user.is_anonymous && password && email === "") {
    const message = "Updating password of an anonymous user without an email or phone is not allowed";
    throw new ApiError(422, "validation_failed", message);
  }
  const isNewEmail = email !== "" && email !== user.email;
  if (isNewEmail && (await findUserByEmail(context.database, email))) {
    throw new ApiError(422, "email_exists", "A user with this email address has already been registered");
  }
  // No provider of text messages is set up, and the service finds that out only when it needs one.
  if (phone !== "") throw new ApiError(500, "unexpected_failure", "Unable to get SMS provider");
  return { email: isNewEmail ? email : "", password };
}

/** A new password makes every token that was mailed out void. */
const forgottenTokens: UserChanges = {
  recovery_token: "",
  recovery_sent_at: null,
  email_change_token_current: "",
  email_change_token_new: "",
  email_change_sent_at: null,
  reauthentication_token: "",
  reauthentication_sent_at: null,
};

export async function putUser(exchange: Exchange): Promise<Response> {
  const { context, request, headers } = exchange;
  const { user, session } = await authenticate(exchange);
  context.rateLimiter.check(request, "email");
  const body = await readBody(request, "UserUpdateParams");
  const { email, password } = await validate(exchange, user, body);
  if (password && (await verifyPassword(password, user.encrypted_password))) {
    throw new ApiError(422, "same_password", "New password should be different from the old password.");
  }
  const encrypted = password ? await hashPassword(password) : undefined;
  const data = body.record("data");

  const updated = await context.database.transaction(async (db) => {
    const now = context.clock.now();
    let current = user;
    if (encrypted !== undefined) {
      current = await updateUser(db, user.id, { encrypted_password: encrypted, ...forgottenTokens }, now);
      await endSessionsOf(db, user.id, session?.id);
    }
    if (data !== undefined) {
      const merged = mergeMetadata(current.raw_user_meta_data, data);
      current = await updateUser(db, user.id, { raw_user_meta_data: merged }, now);
    }
    if (email === "") return current;
    if (!user.is_anonymous) return sendEmailChange(exchange, db, current, email, body);
    const confirmed = await confirmEmailChange(db, await updateUser(db, user.id, { email_change: email }, now), now);
    // Not read back from the database, which computes this.
    return { ...confirmed, confirmed_at: user.confirmed_at };
  });
  return jsonResponse(200, userJson(updated, await findIdentities(context.database, user.id)), headers);
}
