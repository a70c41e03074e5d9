import type { MiddlewareHandler } from "hono";
import { isStorable } from "../../database/storable.ts";
import { refusal } from "../../http/answers.ts";
import { tokenOf } from "../../users/access-token.ts";
import { isApiKey } from "../../users/api-keys.ts";
import type { EdgeContext, EdgeEnv } from "../edge-context.ts";

/** Lets a request through when it has the API key of a user as its bearer. */
export function requireKey({ apiKeys }: EdgeContext): MiddlewareHandler<EdgeEnv> {
  return async (c, next) => {
    const header = c.req.header("authorization") ?? "";
    const key = tokenOf(header);
    const isBearer = /^bearer\s/i.test(header);
    const userId = isBearer && isApiKey(key) && isStorable(key) ? await apiKeys.ownerOf(key) : undefined;
    if (userId === undefined) return refusal(401, "Invalid API key", "unauthorized");
    c.set("userId", userId);
    return next();
  };
}
