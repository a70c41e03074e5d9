import { ApiError } from "../api-error.ts";
import type { Exchange } from "../context.ts";
import { validateEmail } from "../email-address.ts";
import { validatePkce } from "../pkce.ts";
import { readBody } from "../request-body.ts";
import { jsonResponse } from "../responses.ts";
import { findUserByEmail } from "../user-store.ts";
import { sendRecoveryMail } from "./recovery-mail.ts";

/** The answer does not tell whether the user exists. */
export async function recover(exchange: Exchange): Promise<Response> {
  const { context, request, headers } = exchange;
  context.rateLimiter.check(request, "email");
  const body = await readBody(request, "RecoverParams");
  const address = body.text("email");
  if (address === "") throw new ApiError(400, "validation_failed", "Password recovery requires an email");
  const email = validateEmail(address);
  validatePkce(body.text("code_challenge_method"), body.text("code_challenge"));
  const user = await findUserByEmail(context.database, email);
  if (user !== undefined) await sendRecoveryMail(exchange, user, "recovery", body);
  return jsonResponse(200, {}, headers);
}
