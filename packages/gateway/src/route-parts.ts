import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./gateway-env.ts";
import type { ModelNames } from "./model-names.ts";

/** What the routes of every surface are made with. */
export interface RouteParts {
  /** Goes before each handler that needs an account. */
  signedIn: MiddlewareHandler<GatewayEnv>;
  keepAliveMs: number;
  /** Of every request, since a name may stand for another model. */
  modelNames: ModelNames;
  /** How many responses are kept. */
  maxResponses: number;
}
