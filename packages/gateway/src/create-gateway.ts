import { BackendPool } from "./backend/backend-pool.ts";
import { gatewayApp } from "./gateway-app.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import { checkOptions } from "./options-check.ts";
import { UnderWay } from "./service/under-way.ts";

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
  /**
   * For a shutdown: `/readyz` answers 503 from now on and so does every new request, while answers that are under way go on.
   * Fulfilled when all of them have ended.
   * @param limitMs how long they may take, in ms; what is left then is cut short with an error
   */
  drain(limitMs: number): Promise<void>;
  /** Ends what is under way for all callers at once. */
  close(): void;
}

/**
 * Flowith for the clients of OpenAI and Anthropic. The API key that a client sends is the caller's own: their token of the
 * web app, or their key of the developer API; or, with `authenticate`, one of your own.
 * @throws InvalidArgumentError for an option that is unknown, or of the wrong type
 * @example
 * const gateway = createGateway();
 * const openai = new OpenAI({ baseURL: "http://gateway/v1", apiKey: token, fetch: gateway.fetch });
 */
export function createGateway(options: GatewayOptions = {}): Gateway {
  checkOptions(options);
  const { maxConcurrent = 1_000, requestTimeoutMs = 900_000 } = options;
  const backends = new BackendPool(options);
  const underWay = new UnderWay({ maxConcurrent, requestTimeoutMs });
  const app = gatewayApp(options, backends, underWay);
  return {
    fetch: async (input: string | URL | Request, init?: unknown) => {
      if (typeof input !== "string" && !(input instanceof URL)) return app.fetch(input);
      const request = new Request(input, requestInit(init));
      const response = await app.fetch(request);
      // As any `fetch`: who has aborted gets no answer.
      request.signal.throwIfAborted();
      return response;
    },
    drain: (limitMs) => underWay.drain(limitMs),
    close: () => backends.close(),
  };
}

/** What a client gives beside an address. */
function requestInit(value: unknown): RequestInit | undefined {
  return typeof value === "object" && value !== null ? value : undefined;
}
