import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import { ownAccount } from "./accounts/account.ts";
import { signedIn } from "./accounts/signed-in.ts";
import { anthropicRoutes } from "./anthropic/routes.ts";
import { anthropic } from "./anthropic/surface.ts";
import { BackendPool } from "./backend/backend-pool.ts";
import { GatewayError, problemHeaders, problemOf } from "./errors.ts";
import type { GatewayEnv } from "./gateway-env.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import { ModelNames } from "./model-names.ts";
import { openaiRoutes } from "./openai/routes.ts";
import { openai } from "./openai/surface.ts";
import type { RouteParts } from "./route-parts.ts";
import type { Surface } from "./surface.ts";

/** The first that owns a request gives its errors their shape. */
const surfaces: readonly Surface[] = [anthropic, openai];

/** A handler of requests, and a `fetch` for clients. */
export interface GatewayFetch {
  /** @param platform what servers hand over beside a request, which is not read */
  (request: Request, ...platform: unknown[]): Promise<Response>;
  (address: string | URL | Request, init?: RequestInit): Promise<Response>;
}

/** A gateway that answers requests. */
export interface Gateway {
  /**
   * Answers a request: the handler of a server, a Worker or `mount` of a Hono app. It takes an address and its `init` too, so
   * that a client in the same process can be given it as its `fetch`.
   */
  readonly fetch: GatewayFetch;
  /** Ends what is under way for all callers at once. */
  close(): void;
}

/**
 * Flowith for the clients of OpenAI and Anthropic. The API key that a client sends is the caller's own: their token of the web app, or
 * their key of the developer API.
 * @example
 * const gateway = createGateway();
 * const openai = new OpenAI({ baseURL: "http://gateway/v1", apiKey: token, fetch: gateway.fetch });
 */
export function createGateway(options: GatewayOptions = {}): Gateway {
  const {
    authenticate = ownAccount,
    keepAliveMs = 15_000,
    maxBodyBytes = 32 * 1024 * 1024,
    maxResponses = 1_000,
  } = options;
  const backends = new BackendPool(options);
  const parts: RouteParts = {
    signedIn: signedIn(authenticate, backends),
    keepAliveMs,
    modelNames: new ModelNames(options.models),
    maxResponses,
  };
  const app = new Hono<GatewayEnv>();
  app.use(requestId());
  app.use(async (context, next) => {
    await next();
    // Responses that are not of the context's making have lost it, and Anthropic's clients read it by a name of their own.
    for (const name of ["x-request-id", "request-id"]) context.header(name, context.get("requestId"));
  });
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: () => refuseBody(maxBodyBytes) }));
  app.route("/v1", anthropicRoutes(parts));
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
    fetch: async (input: string | URL | Request, init?: unknown) => {
      if (typeof input !== "string" && !(input instanceof URL)) return app.fetch(input);
      const request = new Request(input, requestInit(init));
      const response = await app.fetch(request);
      // As any `fetch`: who has aborted gets no answer.
      request.signal.throwIfAborted();
      return response;
    },
    close: () => backends.close(),
  };
}

function refuseBody(maxBytes: number): never {
  const message = `The body is larger than ${maxBytes} bytes, which is the most that is taken here.`;
  throw new GatewayError({ status: 413, code: "body_too_large", message });
}

/** What a client gives beside an address. */
function requestInit(value: unknown): RequestInit | undefined {
  return typeof value === "object" && value !== null ? value : undefined;
}
