import { DEFAULT_ADDRESSES, type FlowithOptions } from "flowith-webapi";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { proxy } from "hono/proxy";
import { GatewayError } from "../errors.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import { bodyOf } from "../http/body-of.ts";
import { workOf } from "../http/work.ts";
import type { Callers } from "../limits/callers.ts";
import { counted } from "./counted.ts";
import { givenHeaders, sentHeaders } from "./passed-headers.ts";
import { passedRoutes } from "./passed-routes.ts";

/** Where what is passed on goes. */
export type PassThroughTarget = Pick<FlowithOptions, "edgeUrl" | "supabaseUrl" | "fetch">;

/** How long a browser may keep what a preflight was told. */
export const SECONDS_OF_A_PREFLIGHT = 600;

/** `/edge` and `/supabase`: the service, for pages of the origins that are named. */
export function passThroughRoutes(
  target: PassThroughTarget,
  origins: readonly string[],
  callers: Callers,
): Hono<GatewayEnv> {
  const routes = new Hono<GatewayEnv>();
  const urls = {
    edge: (target.edgeUrl ?? DEFAULT_ADDRESSES.edgeUrl).trim().replace(/\/+$/, ""),
    supabase: (target.supabaseUrl ?? DEFAULT_ADDRESSES.supabaseUrl).trim().replace(/\/+$/, ""),
  };
  const allowed = new Set(origins);
  const pages = cors({
    origin: (origin) => (allowed.has(origin) ? origin : null),
    allowMethods: ["GET", "POST", "PATCH"],
    exposeHeaders: ["content-range", "date", "retry-after", "sb-request-id", "x-request-id"],
    maxAge: SECONDS_OF_A_PREFLIGHT,
  });
  const count = counted(callers);
  for (const route of passedRoutes) {
    const path = `/${route.service}${route.path}`;
    const guard = route.isNavigation ? ofPageOrBrowser(allowed) : ofPage(allowed);
    // The address is made of the route's own path: nothing that a caller sends can lead elsewhere.
    const handler = passOn(`${urls[route.service]}${route.path}`, target.fetch);
    routes.on("OPTIONS", path, guard, pages).on(route.method, path, guard, pages, count, handler);
  }
  return routes;
}

/** Only pages of these origins; a browser does not let a page lie about its own. */
function ofPage(allowed: ReadonlySet<string>): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    if (!allowed.has(context.req.header("origin") ?? "")) throw refused();
    await next();
  };
}

function ofPageOrBrowser(allowed: ReadonlySet<string>): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const origin = context.req.header("origin");
    if (origin !== undefined && !allowed.has(origin)) throw refused();
    await next();
  };
}

function refused(): GatewayError {
  const message = "Only pages of the origins that this gateway is set to let through may ask this.";
  return new GatewayError({ status: 403, code: "origin_refused", message });
}

function passOn(
  address: string,
  fetchOption: FlowithOptions["fetch"],
): (context: Context<GatewayEnv>) => Promise<Response> {
  return async (context) => {
    const { raw } = context.req;
    const { method } = raw;
    const { signal } = workOf(context);
    const body = bodyOf(context).stream();
    const ask = fetchOption ?? fetch;
    // The page's own browser is to follow a redirect: it may be a sign-in at somebody else's.
    const init = { method, body, signal, redirect: "manual" as const, ...(body === null ? {} : { duplex: "half" }) };
    try {
      const answer = await proxy(`${address}${new URL(raw.url).search}`, {
        raw: new Request(raw.url, { headers: sentHeaders(raw.headers) }),
        customFetch: ({ url, headers }) => ask(url, { ...init, headers }),
      });
      context.set("isPassedOn", true);
      const isStream = /^text\/event-stream\b/i.test(answer.headers.get("content-type") ?? "");
      // One that was asked for by GET is the connection of a page for as long as it is open, and no answer that ends.
      if (isStream) context.get("life")?.goOn({ isEndless: method === "GET" });
      return new Response(answer.body, { status: answer.status, headers: givenHeaders(answer.headers) });
    } catch (cause) {
      signal.throwIfAborted();
      if (context.get("bodyRefusal") !== undefined) throw cause;
      const message = "The service could not be reached, or broke off before it had answered. Try again later.";
      throw new GatewayError({ status: 502, code: "connection", message });
    }
  };
}
