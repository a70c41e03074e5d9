import { ApiError } from "../api-error.ts";
import type { Exchange } from "../context.ts";
import { validateEmail } from "../email-address.ts";
import type { Metadata } from "../metadata.ts";
import { createEmailUser } from "../new-email-user.ts";
import { hashPassword } from "../password-hash.ts";
import { checkPasswordStrength } from "../password-strength.ts";
import { validatePkce } from "../pkce.ts";
import { readBody } from "../request-body.ts";
import { jsonResponse } from "../responses.ts";
import { type GoTrueSession, startSession } from "../session.ts";
import { findUserByEmail, insertAnonymousUser } from "../user-store.ts";

async function signUpAnonymously({ context, request, headers }: Exchange, data: Metadata): Promise<Response> {
  context.rateLimiter.check(request, "anonymous");
  const session = await context.database.transaction(async (db) => {
    const user = await insertAnonymousUser(db, data, context.clock.now());
    return startSession(context, db, user.id, "anonymous", headers);
  });
  return jsonResponse(200, session, headers);
}

/**
 * The first answer is not read back from the database: it lacks what that would compute, and the
 * identity shares its data with the user.
 */
function asFirstAnswer(session: GoTrueSession): GoTrueSession {
  const { confirmed_at: _, ...user } = session.user;
  const identities = user.identities.map((identity) => ({ ...identity, identity_data: user.user_metadata }));
  return { ...session, user: { ...user, identities } };
}

export async function signup(exchange: Exchange): Promise<Response> {
  const { context, request, headers } = exchange;
  const body = await readBody(request, "SignupParams");
  const [address, phone, password] = [body.text("email"), body.text("phone"), body.text("password")];
  const data = body.record("data") ?? {};
  if (address === "" && phone === "") return signUpAnonymously(exchange, data);
  context.rateLimiter.check(request, "email");

  if (password === "") throw new ApiError(400, "validation_failed", "Signup requires a valid password");
  checkPasswordStrength(password);
  if (address !== "" && phone !== "") {
    throw new ApiError(400, "validation_failed", "Only an email address or phone number should be provided on signup.");
  }
  if (phone !== "" && body.text("code_challenge") !== "") {
    throw new ApiError(400, "validation_failed", "PKCE not supported for phone signups");
  }
  validatePkce(body.text("code_challenge_method"), body.text("code_challenge"));
  if (phone !== "") throw new ApiError(400, "phone_provider_disabled", "Phone signups are disabled");
  const email = validateEmail(address);

  const encryptedPassword = await hashPassword(password);
  const session = await context.database.transaction(async (db) => {
    if (await findUserByEmail(db, email)) {
      throw new ApiError(422, "user_already_exists", "User already registered");
    }
    const user = await createEmailUser(db, { email, encryptedPassword, data }, context.clock.now());
    return startSession(context, db, user.id, "password", headers);
  });
  return jsonResponse(200, asFirstAnswer(session), headers);
}
