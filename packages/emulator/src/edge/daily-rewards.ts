import { json } from "../http/answers.ts";
import type { EdgeContext } from "./edge-context.ts";

const reward = 100;

function today(context: EdgeContext): string {
  return new Date(context.clock.now()).toISOString().slice(0, 10);
}

function nextMidnight(context: EdgeContext): string {
  return new Date(Date.parse(today(context)) + 86_400_000).toISOString();
}

/** `GET /mkt/daily-rewards/status`. The day is UTC's, by the emulator's clock. */
export async function rewardStatus(context: EdgeContext, userId: string): Promise<Response> {
  const { rows } = await context.database.query(
    "select 1 from edge.reward_claim where user_id = $1::uuid and day = $2::date",
    [userId, today(context)],
  );
  const claimed = rows.length > 0;
  const next = claimed ? nextMidnight(context) : new Date(context.clock.now()).toISOString();
  return json({ can_claim: !claimed, claimed_today: claimed, reward, next_claim_at: next });
}

/** `POST /mkt/daily-rewards/claim`: a grant of a day's credits, once a day. */
export async function claimReward(context: EdgeContext, userId: string): Promise<Response> {
  const { affectedRows } = await context.database.query(
    `insert into edge.reward_claim (user_id, day, claimed_at) values ($1::uuid, $2::date, $3::timestamptz)
     on conflict do nothing`,
    [userId, today(context), new Date(context.clock.now()).toISOString()],
  );
  if (affectedRows === 0) {
    const message = "The reward of today has been claimed already";
    return json({ message, code: "already_claimed", next_claim_at: nextMidnight(context) }, 409);
  }
  await context.credits.grant(userId, "daily_reward", reward, 30);
  return json({ success: true, reward, next_claim_at: nextMidnight(context) });
}
