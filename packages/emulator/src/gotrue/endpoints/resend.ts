import { ApiError } from "../api-error.ts";
import type { Exchange } from "../context.ts";
import { validateEmail } from "../email-address.ts";
import { sendEmailChange } from "../email-change.ts";
import { validatePkce } from "../pkce.ts";
import { readBody } from "../request-body.ts";
import { jsonResponse } from "../responses.ts";
import { findUserByEmail } from "../user-store.ts";

const invalid = (message: string) => new ApiError(400, "validation_failed", message);

/** Sign-ups are confirmed at once, so only the mails of an address change can be sent again. */
export async function resend(exchange: Exchange): Promise<Response> {
  const { context, request, headers } = exchange;
  context.rateLimiter.check(request, "email");
  const body = await readBody(request, "ResendConfirmationParams");
  const [type, email, phone] = [body.text("type"), body.text("email"), body.text("phone")];
  if (type === "signup" || type === "email_change") {
    validatePkce(body.text("code_challenge_method"), body.text("code_challenge"));
  } else if (type !== "sms" && type !== "phone_change") {
    throw invalid("Missing one of these types: signup, email_change, sms, phone_change");
  }
  if (email === "" && type === "signup") throw invalid("Type provided requires an email address");
  if (phone === "" && type === "sms") throw invalid("Type provided requires a phone number");
  if (email !== "" && phone !== "") throw invalid("Only an email address or phone number should be provided.");
  if (phone !== "") throw new ApiError(400, "phone_provider_disabled", "Phone logins are disabled");
  if (email === "") throw invalid("Missing email address or phone number");
  const user = await findUserByEmail(context.database, validateEmail(email));
  if (user && type === "email_change" && user.email_change !== "") {
    await context.database.transaction((db) => sendEmailChange(exchange, db, user, user.email_change, body));
  }
  return jsonResponse(200, {}, headers);
}
