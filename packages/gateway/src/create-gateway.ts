import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import { ownAccount } from "./accounts/account.ts";
import { signedIn } from "./accounts/signed-in.ts";
import { BackendPool } from "./backend/backend-pool.ts";
import { GatewayError, problemHeaders, problemOf } from "./errors.ts";
import type { GatewayEnv } from "./gateway-env.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import { openaiRoutes } from "./openai/routes.ts";
import { openai } from "./openai/surface.ts";
import type { RouteParts } from "./route-parts.ts";
import type { Surface } from "./surface.ts";

/** The first that owns a request gives its errors their shape. */
const surfaces: readonly Surface[] = [openai];

/** A gateway that answers requests. */
export interface Gateway {
  /** The Hono app, for routes of your own and for `serve`. */
  readonly app: Hono<GatewayEnv>;
  /** Answers a request; takes what `fetch` does, so that a client can be given it in place of a network. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  /** Ends what is under way for all callers at once. */
  close(): void;
}

/**
 * Flowith for the clients of OpenAI. The API key that a client sends is the caller's own: their token of the web app, or
 * their key of the developer API.
 * @example
 * const gateway = createGateway();
 * const openai = new OpenAI({ baseURL: "http://gateway/v1", apiKey: token, fetch: gateway.fetch });
 */
export function createGateway(options: GatewayOptions = {}): Gateway {
  const { authenticate = ownAccount, keepAliveMs = 15_000, maxBodyBytes = 32 * 1024 * 1024 } = options;
  const backends = new BackendPool(options);
  const parts: RouteParts = { signedIn: signedIn(authenticate, backends), keepAliveMs };
  const app = new Hono<GatewayEnv>();
  app.use(requestId());
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: () => refuseBody(maxBodyBytes) }));
  app.route("/v1", openaiRoutes(parts));
  app.notFound((context) => {
    const { method, path } = context.req;
    const message = `There is no route ${method} ${path.slice(0, 200)} here.`;
    throw new GatewayError({ status: 404, code: "unknown_route", message });
  });
  app.onError(async (error, context) => {
    const problem = await problemOf(error);
    const surface = surfaces.find((each) => each.owns(context.req.raw)) ?? openai;
    const body = JSON.stringify(surface.errorBody(problem, context.get("requestId")));
    const headers = { "content-type": "application/json", ...problemHeaders(problem) };
    return new Response(body, { status: problem.status, headers });
  });
  return {
    app,
    fetch: async (input, init) => app.request(input instanceof URL ? input.href : input, init),
    close: () => backends.close(),
  };
}

function refuseBody(maxBytes: number): never {
  const message = `The body is larger than ${maxBytes} bytes, which is the most that is taken here.`;
  throw new GatewayError({ status: 413, code: "body_too_large", message });
}
