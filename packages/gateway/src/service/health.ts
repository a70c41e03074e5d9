import { Hono } from "hono";
import type { GatewayEnv } from "../gateway-env.ts";
import type { GatewayMetrics } from "./metrics.ts";
import type { UnderWay } from "./under-way.ts";

const NO_STORE = { "cache-control": "no-store" };

/**
 * `/healthz`: the process answers. `/readyz`: it takes requests, which it does not while it shuts down. Neither asks the
 * service: a gateway that is restarted because the service is away helps nobody.
 */
export function healthRoutes(underWay: UnderWay, metrics: GatewayMetrics | undefined): Hono<GatewayEnv> {
  const routes = new Hono<GatewayEnv>();
  routes.get("/healthz", (context) => context.text("ok", 200, NO_STORE));
  routes.get("/readyz", (context) =>
    underWay.isDraining ? context.text("shutting down", 503, NO_STORE) : context.text("ready", 200, NO_STORE),
  );
  if (metrics !== undefined) {
    const { contentType } = metrics;
    routes.get(
      "/metrics",
      async () =>
        new Response(await metrics.text(underWay.count), { headers: { ...NO_STORE, "content-type": contentType } }),
    );
  }
  return routes;
}
