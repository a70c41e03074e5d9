import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./gateway-env.ts";

/** What the routes of every surface are made with. */
export interface RouteParts {
  /** Goes before each handler that needs an account. */
  signedIn: MiddlewareHandler<GatewayEnv>;
  keepAliveMs: number;
}
