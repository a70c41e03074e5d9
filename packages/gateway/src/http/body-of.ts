import type { Context } from "hono";
import type { GatewayEnv } from "../gateway-env.ts";
import type { RequestBody } from "../limits/request-body.ts";

/** The body of a request, within its limits. @throws where nothing has let the request in */
export function bodyOf(context: Context<GatewayEnv>): RequestBody {
  const body = context.get("body");
  if (body === undefined) throw new Error(`${context.req.path} is served without limits of its body.`);
  return body;
}
