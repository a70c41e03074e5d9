import { ApiError } from "../api-error.ts";
import type { Exchange } from "../context.ts";
import { validateEmail } from "../email-address.ts";
import { createEmailUser } from "../new-email-user.ts";
import { validatePkce } from "../pkce.ts";
import { type RequestBody, readBody } from "../request-body.ts";
import { jsonResponse } from "../responses.ts";
import { findUserByEmail } from "../user-store.ts";
import { sendRecoveryMail } from "./recovery-mail.ts";

async function mailMagicLink(exchange: Exchange, body: RequestBody): Promise<Response> {
  const { database, clock } = exchange.context;
  const email = validateEmail(body.text("email"));
  const data = body.record("data") ?? {};
  // Addresses are confirmed without asking, so a stranger is a user before the mail goes out.
  const user = await database.transaction(
    async (db) =>
      (await findUserByEmail(db, email)) ??
      (await createEmailUser(db, { email, encryptedPassword: null, data }, clock.now())),
  );
  await sendRecoveryMail(exchange, user, "magiclink", body);
  return jsonResponse(200, {}, exchange.headers);
}

const invalid = (message: string) => new ApiError(400, "validation_failed", message);

export async function otp(exchange: Exchange): Promise<Response> {
  const { context, request } = exchange;
  context.rateLimiter.check(request, "email");
  const body = await readBody(request, "OtpParams");
  const [email, phone] = [body.text("email"), body.text("phone")];
  if (email !== "" && phone !== "") throw invalid("Only an email address or phone number should be provided");
  if (email !== "" && body.text("channel") !== "") throw invalid("Channel should only be specified with Phone OTP");
  validatePkce(body.text("code_challenge_method"), body.text("code_challenge"));
  if (!body.flag("create_user", true) && email !== "") {
    // An address that is none is as unknown as any other to the service.
    const isKnown = await findUserByEmail(context.database, email);
    if (!isKnown) throw new ApiError(422, "otp_disabled", "Signups not allowed for otp");
  }
  if (email !== "") return mailMagicLink(exchange, body);
  if (phone !== "") throw new ApiError(400, "phone_provider_disabled", "Unsupported phone provider");
  throw invalid("One of email or phone must be set");
}

/** The older path of the same thing. */
export async function magicLink(exchange: Exchange): Promise<Response> {
  exchange.context.rateLimiter.check(exchange.request, "email");
  const body = await readBody(exchange.request, "MagicLinkParams");
  if (body.text("email") === "") {
    throw new ApiError(422, "validation_failed", "Password recovery requires an email");
  }
  validatePkce(body.text("code_challenge_method"), body.text("code_challenge"));
  return mailMagicLink(exchange, body);
}
