import type { MiddlewareHandler } from "hono";
import type { BackendPool } from "../backend/backend-pool.ts";
import { GatewayError } from "../errors.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import type { Callers } from "../limits/callers.ts";
import type { Account } from "./account.ts";
import { credentialOf } from "./credential.ts";

/**
 * Finds the caller's account, counts the request as theirs and sets the account's backend.
 * @throws GatewayError 401 by what the handler is asked, 429 by the limits
 */
export function signedIn(
  authenticate: (credential: string) => Promise<Account | undefined>,
  backends: BackendPool,
  callers: Callers,
): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const credential = credentialOf(context.req.raw.headers);
    if (credential === undefined) {
      const message = "The request has no API key. Send your Flowith token, or your key of the developer API, as one.";
      throw new GatewayError({ status: 401, code: "authentication", message });
    }
    const account = await authenticate(credential);
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
