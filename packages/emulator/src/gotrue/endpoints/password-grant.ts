import { ApiError } from "../api-error.ts";
import type { Exchange } from "../context.ts";
import { verifyPassword } from "../password-hash.ts";
import { readBody } from "../request-body.ts";
import { jsonResponse } from "../responses.ts";
import { startSession } from "../session.ts";
import { findUserByEmail } from "../user-store.ts";

export async function passwordGrant({ context, request, headers }: Exchange): Promise<Response> {
  const body = await readBody(request, "PasswordGrantParams");
  const email = body.text("email");
  const phone = body.text("phone");
  const password = body.text("password");
  if (email !== "" && phone !== "") {
    throw new ApiError(400, "validation_failed", "Only an email address or phone number should be provided on login.");
  }
  if (phone !== "") throw new ApiError(422, "phone_provider_disabled", "Phone logins are disabled");
  if (email === "") throw new ApiError(400, "validation_failed", "missing email or phone");

  const user = await findUserByEmail(context.database, email);
  if (user === undefined || !(await verifyPassword(password, user.encrypted_password))) {
    throw new ApiError(400, "invalid_credentials", "Invalid login credentials");
  }
  if (user.email_confirmed_at === null) throw new ApiError(400, "email_not_confirmed", "Email not confirmed");
  const session = await startSession(context, context.database, user.id, "password", headers);
  return jsonResponse(200, { ...session, weak_password: null }, headers);
}
