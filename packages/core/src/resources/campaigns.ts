import type { EdgeClient } from "../http/edge-client.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall, checkText } from "../options/options-check.ts";
import type { RawRecord } from "../wire/records.ts";
import { edgeRecord } from "./edge-record.ts";

/** Rewards and campaigns. Their fields are the service's own and change with it. */
export class Campaigns {
  readonly #edge: EdgeClient;

  constructor(edge: EdgeClient) {
    this.#edge = edge;
  }

  /**
   * Whether today's reward is there to be claimed.
   * @example
   * const status = await flowith.campaigns.dailyRewards();
   */
  async dailyRewards(options: CallOptions = {}): Promise<RawRecord> {
    checkCall("campaigns.dailyRewards", options);
    return edgeRecord(this.#edge, "GET", "/mkt/daily-rewards/status", options);
  }

  /**
   * Claims today's reward. Never sent a second time by itself once it may have arrived: look with `dailyRewards()`.
   * @throws ConflictError when it was claimed already
   * @example
   * await flowith.campaigns.claimDailyReward();
   */
  async claimDailyReward(options: CallOptions = {}): Promise<RawRecord> {
    checkCall("campaigns.claimDailyReward", options);
    return edgeRecord(this.#edge, "POST", "/mkt/daily-rewards/claim", { ...options, repeat: "billed", json: {} });
  }

  /**
   * Whether a campaign is in effect for a model.
   * @example
   * const status = await flowith.campaigns.check("gemini-3.1-flash-image");
   */
  async check(modelId: string, options: CallOptions = {}): Promise<RawRecord> {
    checkText("campaigns.check", "modelId", modelId);
    checkCall("campaigns.check", options);
    const query = { model_id: modelId };
    return edgeRecord(this.#edge, "GET", "/user/campaigns/effective-status", { ...options, query });
  }

  /**
   * The state of the banana campaign of 2025.
   * @example
   * const state = await flowith.campaigns.banana();
   */
  async banana(options: CallOptions = {}): Promise<RawRecord> {
    checkCall("campaigns.banana", options);
    return edgeRecord(this.#edge, "GET", "/mkt/banana-2025/check", options);
  }
}
