import { ownAccounts } from "../accounts/account.ts";
import { credentialOf } from "../accounts/credential.ts";
import { createGateway, type Gateway } from "../create-gateway.ts";
import { errorResponseTo } from "../error-response.ts";
import { GatewayError, problemOf } from "../errors.ts";
import type { GatewayOptions } from "../gateway-options.ts";
import { type UserObjectClass, userObjectClass } from "./user-object.ts";

/** What is used of a binding of Durable Objects. */
export interface UserObjects {
  getByName(name: string): { fetch(request: Request): Promise<Response> };
}

/** How a Worker finds its parts in `env`. */
export interface GatewayWorkerOptions<Env> {
  /** The binding of the Durable Objects whose class is `User`. */
  users: (env: Env) => UserObjects;
  /**
   * The gateway's options. They are asked for once in the Worker and once in each object, and `authenticate` is called in both,
   * so it has to answer the same. Default: none.
   */
  gateway?: ((env: Env) => GatewayOptions) | undefined;
}

/** What a module of Workers exports. */
export interface GatewayWorker<Env> {
  /** The default export. */
  readonly handler: { fetch(request: Request, env: Env): Promise<Response> };
  /** The class of the Durable Objects, to be exported by the name that `class_name` has in the configuration. */
  readonly User: UserObjectClass<Env>;
}

/**
 * A gateway on Cloudflare's Workers. Each account has a Durable Object, in which all its requests run, so that they share one
 * client: its session, its connection to the event stream, its limits, and the answers that `previous_response_id` finds. Of
 * callers who send their own credential each credential is an account.
 *
 * An object that nobody asks is evicted, and all of that is gone but the session of an account with a `refreshToken`, which
 * lies in the object's storage. The next request makes the rest anew. No object is evicted while it answers.
 *
 * The Worker needs the compatibility flag `enable_request_signal`: without it what a client has left goes on to its end.
 * @example
 * const gateway = createGatewayWorker<Env>({ users: (env) => env.USERS });
 * export const GatewayUser = gateway.User;
 * export default gateway.handler;
 */
export function createGatewayWorker<Env>(options: GatewayWorkerOptions<Env>): GatewayWorker<Env> {
  const optionsOf = (env: Env): GatewayOptions => options.gateway?.(env) ?? {};
  let shared: { gateway: Gateway; authenticate: NonNullable<GatewayOptions["authenticate"]> } | undefined;
  const partsOf = (env: Env): NonNullable<typeof shared> => {
    if (shared !== undefined) return shared;
    const given = optionsOf(env);
    shared = { gateway: createGateway(given), authenticate: given.authenticate ?? ownAccounts() };
    return shared;
  };
  const answer = async (request: Request, env: Env): Promise<Response> => {
    const { gateway, authenticate } = partsOf(env);
    const credential = credentialOf(request.headers);
    // What belongs to no account is answered here, so that nobody makes an object of it.
    if (credential === undefined || !new URL(request.url).pathname.startsWith("/v1/")) return gateway.fetch(request);
    const account = await authenticate(credential);
    if (account === undefined) return gateway.fetch(request);
    return askObject(options.users(env), account.key, request);
  };
  const handler = {
    fetch: async (request: Request, env: Env): Promise<Response> => {
      try {
        return await answer(request, env);
      } catch (error) {
        return errorResponseTo(request, await problemOf(error), crypto.randomUUID());
      }
    },
  };
  return { handler, User: userObjectClass(optionsOf) };
}

async function askObject(users: UserObjects | undefined, key: string, request: Request): Promise<Response> {
  if (users === undefined) {
    const message = "This Worker has no binding of Durable Objects. Name it in its configuration, as the example does.";
    throw new GatewayError({ status: 500, code: "no_binding", message });
  }
  try {
    return await users.getByName(key).fetch(request);
  } catch {
    // It was reset, as by a deployment, or has too much to do; Cloudflare's words for it are the operator's to see.
    const message = "The object that answers for this account could not be reached. Ask again in a moment.";
    throw new GatewayError({ status: 503, code: "unavailable", message, retryAfterMs: 1_000 });
  }
}
