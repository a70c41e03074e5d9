import type { Hono } from "hono";
import { creditType, userCredits } from "./account.ts";
import {
  bananaCampaign,
  campaignStatus,
  discordInvite,
  enterpriseDashboard,
  featurebaseStatus,
  newVersionAccess,
} from "./campaigns.ts";
import { cooperators } from "./cooperators.ts";
import { claimReward, rewardStatus } from "./daily-rewards.ts";
import type { EdgeContext, EdgeEnv } from "./edge-context.ts";
import { requireUser } from "./require-user.ts";
import { listTemplates } from "./templates.ts";

/** Account, templates, campaigns: the calls that answer at once with what is known. */
export function addAccountRoutes(app: Hono<EdgeEnv>, context: EdgeContext): void {
  const user = requireUser(context);
  app.get("/templates", user, (c) => listTemplates(c.req.raw));
  app.get("/user/credits", user, (c) => userCredits(context, c.var.userId));
  app.get("/user/credit_type", user, (c) => creditType(context, c.var.userId));
  app.get("/user/campaigns/effective-status", user, (c) => campaignStatus(c.req.raw));
  app.get("/cooperate/list", user, (c) => cooperators(context, c.var.userId, c.req.raw));
  app.get("/mkt/daily-rewards/status", user, (c) => rewardStatus(context, c.var.userId));
  app.post("/mkt/daily-rewards/claim", user, (c) => claimReward(context, c.var.userId));
  app.get("/mkt/banana-2025/check", user, () => bananaCampaign());
  app.get("/invitation/access-new-version", user, () => newVersionAccess());
  app.get("/enterprise/dashboard/me", user, (c) => enterpriseDashboard(c.var.userId));
  app.get("/featurebase/status", user, () => featurebaseStatus());
  app.get("/discord/invite-link", user, () => discordInvite());
}
