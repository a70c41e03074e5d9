import type { MiddlewareHandler } from "hono";
import { digestOf } from "../accounts/digest.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import type { Callers } from "../limits/callers.ts";

/**
 * Counts a request as that of the token or API key in it, by the same name as below `/v1`, so that a page has the limits that a
 * program has. One without is nobody's, such as a sign-in. @throws GatewayError 429
 */
export function counted(callers: Callers): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const { headers } = context.req.raw;
    const credential = (headers.get("authorization") ?? "").replace(/^bearer\s+/i, "").trim();
    // Tables take the service's public key in the place of a token, which all pages have.
    if (credential !== "" && credential !== headers.get("apikey")?.trim()) {
      const caller = `own:${await digestOf(credential)}`;
      context.set("caller", caller);
      const leave = callers.enter(caller);
      context.get("life")?.onEnd(leave);
    }
    await next();
  };
}
