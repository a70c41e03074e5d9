import { json } from "../http/answers.ts";
import type { EdgeContext } from "./edge-context.ts";

const dayMs = 86_400_000;

/** `GET /user/credits`: the grants that count now; the balance is their sum. */
export async function userCredits(context: EdgeContext, userId: string): Promise<Response> {
  const grants = await context.credits.grants(userId);
  return json(
    grants.map((grant) => ({
      ...grant,
      remain_days: Math.max(0, Math.ceil((Date.parse(grant.to_date) - context.clock.now()) / dayMs)),
      credit_policy_snapshot: { allowed_model_tiers: grant.sub_type === "trial" ? ["free"] : ["free", "pro"] },
    })),
  );
}

/** `GET /user/credit_type`: the kind of the largest grant. */
export async function creditType(context: EdgeContext, userId: string): Promise<Response> {
  const grants = await context.credits.grants(userId);
  const largest = grants.toSorted((a, b) => b.init_quota - a.init_quota)[0];
  return json({ credit_type: largest?.sub_type ?? "free" });
}
