import type { MiddlewareHandler } from "hono";
import type { BackendPool } from "../backend/backend-pool.ts";
import { GatewayError, problemOf } from "../errors.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import type { Callers } from "../limits/callers.ts";
import type { Account } from "./account.ts";
import { credentialOf } from "./credential.ts";

/**
 * Finds the caller's account, counts the request as theirs and sets the account's backend.
 * @throws GatewayError 401 by what the handler is asked, 429 by the limits
 */
export function signedIn(
  authenticate: Authenticate,
  backends: BackendPool,
  callers: Callers,
): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const credential = credentialOf(context.req.raw.headers);
    if (credential === undefined) {
      const message = "The request has no API key. Send your Flowith token, or your key of the developer API, as one.";
      throw new GatewayError({ status: 401, code: "authentication", message });
    }
    const account = await accountOf(credential, authenticate);
    if (account === undefined) {
      const message = "The API key is not known here. Ask whoever runs this gateway for one.";
      throw new GatewayError({ status: 401, code: "authentication", message });
    }
    const { caller = account.key, requestsPerMinute } = account;
    context.set("caller", caller);
    const leave = callers.enter(caller, requestsPerMinute);
    context.get("life")?.onEnd(leave);
    context.set("backend", await backends.get(account));
    context.set("accountKey", account.key);
    await next();
  };
}

type Authenticate = (credential: string) => Promise<Account | undefined>;

/** Why a lookup fails is the operator's to know, such as a file of keys that is broken, and nobody else's. */
async function accountOf(credential: string, authenticate: Authenticate): Promise<Account | undefined> {
  try {
    return await authenticate(credential);
  } catch (error) {
    const { status, reason } = await problemOf(error);
    if (status !== 500 || reason !== undefined) throw error;
    throw new GatewayError({
      status,
      code: "authentication_unavailable",
      message: "The API key could not be looked up. Ask whoever runs this gateway.",
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
