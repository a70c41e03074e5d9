import { invalid, json } from "../http/answers.ts";
import { catalogue } from "./models/catalogue.ts";

/** `GET /user/campaigns/effective-status?model_id=`: no campaign runs here. */
export function campaignStatus(request: Request): Response {
  const modelId = new URL(request.url).searchParams.get("model_id");
  if (modelId === null) return invalid([{ loc: ["query", "model_id"], msg: "Field required", type: "missing" }]);
  return json({ model_id: modelId, effective: false, known_model: modelId in catalogue, campaigns: [] });
}

/** `GET /mkt/banana-2025/check`. */
export function bananaCampaign(): Response {
  return json({ eligible: false, claimed: false, ended: true });
}

/** `GET /invitation/access-new-version`. */
export function newVersionAccess(): Response {
  return json({ access: true });
}

/** `GET /enterprise/dashboard/me`. */
export function enterpriseDashboard(userId: string): Response {
  return json({ user_id: userId, enterprise: null, role: null });
}

/** `GET /featurebase/status`. */
export function featurebaseStatus(): Response {
  return json({ enabled: false });
}

/** `GET /discord/invite-link`. */
export function discordInvite(): Response {
  return json({ link: "https://discord.example/flowith-emulator" });
}
