import * as v from "valibot";
import type { CallRules, PortCalls } from "../http/port-calls.ts";
import { defined } from "../options/defined.ts";
import { filledText, flag, text } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall, checkText } from "../options/options-check.ts";
import type { PresencePort } from "../rows/ports.ts";
import { quantity } from "../wire/fields.ts";
import { parseAnswer } from "../wire/parse.ts";
import { checkObject } from "./check-arguments.ts";

/** A page or app that is open somewhere. */
export interface OnlineSession {
  /** Chosen by the caller, and kept for as long as it is open. */
  sessionId: string;
  currentPath?: string | undefined;
  deviceType?: string | undefined;
  platform?: string | undefined;
  browser?: string | undefined;
  locale?: string | undefined;
  subscriptionTier?: string | undefined;
  isIdle?: boolean | undefined;
}

const optionalText = v.optional(text);

const sessionEntries = {
  sessionId: filledText,
  currentPath: optionalText,
  deviceType: optionalText,
  platform: optionalText,
  browser: optionalText,
  locale: optionalText,
  subscriptionTier: optionalText,
  isIdle: v.optional(flag),
};

/** Each of these procedures leaves the same behind, however often it is called. */
const IDEMPOTENT: CallRules = { repeat: "safe" };

/** Who is online. Wrong arguments are an `InvalidArgumentError` before any request. */
export class Presence {
  readonly #port: PresencePort;
  readonly #calls: PortCalls;

  constructor(port: PresencePort, calls: PortCalls) {
    this.#port = port;
    this.#calls = calls;
  }

  /**
   * How many sessions are online; 0 where the service says nothing.
   * @example
   * const online = await flowith.presence.count();
   */
  async count(options: CallOptions = {}): Promise<number> {
    checkCall("presence.count", options);
    const answer = await this.#calls.run(options, (call) => this.#port.count(call), IDEMPOTENT);
    return parseAnswer(quantity, answer, "POST /rest/v1/rpc/get_online_count") ?? 0;
  }

  /**
   * Says that a session is online, or that it still is.
   * @returns what the service answers, usually nothing
   * @example
   * await flowith.presence.upsert({ sessionId, currentPath: "/", platform: "web" });
   */
  async upsert(session: OnlineSession, options: CallOptions = {}): Promise<unknown> {
    checkObject("presence.upsert", sessionEntries, session);
    checkCall("presence.upsert", options);
    const { sessionId, ...rest } = session;
    const optional = defined({
      p_current_path: rest.currentPath,
      p_device_type: rest.deviceType,
      p_platform: rest.platform,
      p_browser: rest.browser,
      p_locale: rest.locale,
      p_subscription_tier: rest.subscriptionTier,
      p_is_idle: rest.isIdle,
    });
    const online = { p_session_id: sessionId, ...optional };
    return this.#calls.run(options, (call) => this.#port.upsert(online, call), IDEMPOTENT);
  }

  /**
   * Says that a session is over. One that is unknown is no error.
   * @returns what the service answers, usually nothing
   * @example
   * await flowith.presence.remove(sessionId);
   */
  async remove(sessionId: string, options: CallOptions = {}): Promise<unknown> {
    checkText("presence.remove", "sessionId", sessionId);
    checkCall("presence.remove", options);
    return this.#calls.run(options, (call) => this.#port.remove(sessionId, call), IDEMPOTENT);
  }
}
