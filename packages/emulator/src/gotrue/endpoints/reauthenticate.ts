import { ApiError } from "../api-error.ts";
import { authenticate } from "../authentication.ts";
import type { Exchange } from "../context.ts";
import { checkMailInterval, createMailToken } from "../mail-token.ts";
import { jsonResponse } from "../responses.ts";
import { updateUser } from "../user-store.ts";

/** Mails a code. No change of this service asks for it, since reauthentication is not required. */
export async function reauthenticate(exchange: Exchange): Promise<Response> {
  const { context, headers } = exchange;
  const { user } = await authenticate(exchange);
  if (!user.email) {
    const message = "Reauthentication requires the user to have an email or a phone number";
    throw new ApiError(400, "validation_failed", message);
  }
  const now = context.clock.now();
  checkMailInterval(user.reauthentication_sent_at, now);
  const { otp, hash } = createMailToken(user.email, false);
  await updateUser(context.database, user.id, { reauthentication_token: hash, reauthentication_sent_at: now }, now);
  context.sendEmail({ to: user.email, type: "reauthentication", otp, link: "" });
  return jsonResponse(200, {}, headers);
}
