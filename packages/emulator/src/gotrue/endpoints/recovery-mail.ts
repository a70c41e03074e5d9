import type { AuthEmail, Exchange } from "../context.ts";
import { createFlowState } from "../flow-state.ts";
import { mailLink } from "../mail-link.ts";
import { checkMailInterval, createMailToken } from "../mail-token.ts";
import type { RequestBody } from "../request-body.ts";
import type { UserRow } from "../user.ts";
import { updateUser } from "../user-store.ts";

/** A magic link is a recovery with other words: both use the same token and the same interval. */
export async function sendRecoveryMail(
  exchange: Exchange,
  user: UserRow,
  type: AuthEmail["type"] & ("magiclink" | "recovery"),
  body: RequestBody,
): Promise<void> {
  const { context } = exchange;
  const now = context.clock.now();
  const [codeChallenge, codeChallengeMethod] = [body.text("code_challenge"), body.text("code_challenge_method")];
  await context.database.transaction(async (db) => {
    if (codeChallenge !== "") {
      const flow = { providerType: type, authenticationMethod: type, codeChallenge, codeChallengeMethod };
      await createFlowState(db, { ...flow, userId: user.id }, now);
    }
    checkMailInterval(user.recovery_sent_at, now);
    const { otp, hash } = createMailToken(user.email ?? "", codeChallenge !== "");
    await updateUser(db, user.id, { recovery_token: hash, recovery_sent_at: now }, now);
    context.sendEmail({ to: user.email ?? "", type, otp, link: mailLink(exchange, type, hash) });
  });
}
