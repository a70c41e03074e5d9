import { Hono } from "hono";
import { cors } from "hono/cors";
import { requestId } from "hono/request-id";
import { ownAccounts } from "./accounts/account.ts";
import { signedIn } from "./accounts/signed-in.ts";
import { anthropicRoutes } from "./anthropic/routes.ts";
import type { BackendPool } from "./backend/backend-pool.ts";
import { errorResponseTo } from "./error-response.ts";
import { clientLeft, problemOf } from "./errors.ts";
import type { GatewayEnv } from "./gateway-env.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import { Callers } from "./limits/callers.ts";
import { ModelNames } from "./model-names.ts";
import { openaiRoutes } from "./openai/routes.ts";
import { passThroughRoutes, SECONDS_OF_A_PREFLIGHT } from "./pass-through/routes.ts";
import type { RouteParts } from "./route-parts.ts";
import { admitted } from "./service/admitted.ts";
import { healthRoutes } from "./service/health.ts";
import { observed } from "./service/observed.ts";
import type { UnderWay } from "./service/under-way.ts";
import { unknownRoute } from "./unknown-route.ts";

const EXPOSED = [
  "request-id",
  "retry-after",
  "x-flowith-ignored",
  "x-flowith-missing",
  "x-flowith-size",
  "x-flowith-usage",
  "x-request-id",
  "x-should-retry",
];

/** All routes, and what goes round them. */
export function gatewayApp(options: GatewayOptions, backends: BackendPool, underWay: UnderWay): Hono<GatewayEnv> {
  const { authenticate = ownAccounts(), keepAliveMs = 15_000, metrics, onRequest } = options;
  const {
    maxBodyBytes = 32 * 1024 * 1024,
    bodyTimeoutMs = 60_000,
    corsOrigins = [],
    passThroughOrigins = [],
  } = options;
  const { maxConcurrentPerCaller = 100, requestsPerMinute = 0 } = options;
  const callers = new Callers({ maxConcurrentPerCaller, requestsPerMinute });
  const parts: RouteParts = {
    signedIn: signedIn(authenticate, backends, callers),
    keepAliveMs,
    modelNames: new ModelNames(options.models),
    maxResponses: options.maxResponses ?? 1_000,
  };
  const app = new Hono<GatewayEnv>();
  app.use(requestId());
  // What is asked every few seconds by machines is no line of a log.
  app.route("/", healthRoutes(underWay, metrics));
  app.use(observed([metrics?.ended.bind(metrics), onRequest].filter((tell) => tell !== undefined)));
  if (corsOrigins.length > 0) {
    const origin = corsOrigins.includes("*") ? "*" : [...corsOrigins];
    app.use("/v1/*", cors({ origin, exposeHeaders: EXPOSED, maxAge: SECONDS_OF_A_PREFLIGHT }));
  }
  app.use(admitted(underWay, { maxBodyBytes, bodyTimeoutMs }));
  app.route("/v1", anthropicRoutes(parts));
  app.route("/v1", openaiRoutes(parts));
  if (passThroughOrigins.length > 0)
    app.route("/", passThroughRoutes(options.flowith ?? {}, passThroughOrigins, callers));
  app.notFound(unknownRoute(app.routes));
  app.onError(async (error, context) => {
    const { aborted: hasLeft } = context.req.raw.signal;
    const problem = await problemOf(hasLeft ? clientLeft() : (context.get("bodyRefusal") ?? error));
    context.set("problem", problem);
    return errorResponseTo(context.req.raw, problem, context.get("requestId"));
  });
  return app;
}
