import type { MiddlewareHandler } from "hono";
import { refusal } from "../http/answers.ts";
import { tokenOf } from "../users/access-token.ts";
import type { EdgeContext, EdgeEnv } from "./edge-context.ts";

/** Lets a request through when its token, bare or with a scheme, is valid now. */
export function requireUser(context: EdgeContext): MiddlewareHandler<EdgeEnv> {
  return async (c, next) => {
    const check = await context.checkToken(tokenOf(c.req.header("authorization") ?? null));
    if (!check.ok) return refusal(401, check.reason, "unauthorized");
    c.set("userId", check.userId);
    return next();
  };
}
