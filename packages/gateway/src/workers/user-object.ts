import type { DurableObjectStorageLike } from "flowith-webapi";
import { ownAccounts } from "../accounts/account.ts";
import { createGateway, type Gateway } from "../create-gateway.ts";
import type { GatewayOptions } from "../gateway-options.ts";
import { withKeptSession } from "./kept-session.ts";

/** What is used of a Durable Object's state. */
export interface UserObjectState {
  storage: DurableObjectStorageLike;
  waitUntil(work: Promise<unknown>): void;
}

/** A Durable Object that answers for one account. */
export interface UserObject {
  fetch(request: Request): Promise<Response>;
}

/** Their class, as the platform calls it. */
export type UserObjectClass<Env> = new (state: UserObjectState, env: Env) => UserObject;

/** Requests that follow each other within it share a connection too. */
const LINGER_MS = 1_000;

/** The class of objects that each have a gateway with these options. */
export function userObjectClass<Env>(optionsOf: (env: Env) => GatewayOptions): UserObjectClass<Env> {
  return class GatewayUser implements UserObject {
    readonly #gateway: Gateway;

    constructor(state: UserObjectState, env: Env) {
      this.#gateway = createGateway(inObject(optionsOf(env), state));
    }

    fetch(request: Request): Promise<Response> {
      return this.#gateway.fetch(request);
    }
  };
}

function inObject(options: GatewayOptions, state: UserObjectState): GatewayOptions {
  const { flowith, authenticate = ownAccounts() } = options;
  return {
    ...options,
    flowith: {
      waitUntil: (work) => state.waitUntil(work),
      ...flowith,
      events: { lingerMs: LINGER_MS, ...flowith?.events },
    },
    authenticate: async (credential) => withKeptSession(await authenticate(credential), state.storage),
  };
}
