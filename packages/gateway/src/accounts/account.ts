import type { FlowithOptions } from "flowith-webapi";
import { digestOf } from "./digest.ts";
import { remembered } from "./remembered.ts";
import { isSessionToken } from "./session-token.ts";

/** Whom the limits of the gateway count. */
export interface Caller {
  /** Whom limits count and logs name, such as the id of a key. Default: the account's `key`. */
  caller?: string | undefined;
  /** Requests that may begin within a minute, in place of the gateway's own limit; 0 is none. */
  requestsPerMinute?: number | undefined;
}

/** Whose Flowith account answers a caller. */
export type Account = Caller & {
  /** What keeps accounts apart: requests of one key share a client. Never a name that a caller could choose. */
  key: string;
} & (
    | {
        /** A sign-in of the web app: `token`, `refreshToken`, or a `store` that holds a session. */
        session: Pick<FlowithOptions, "token" | "refreshToken" | "store" | "userId">;
        apiKey?: undefined;
      }
    | {
        /** A key of the developer API. */
        apiKey: string;
        session?: undefined;
      }
  );

/**
 * The caller's own account: what they send is their token of the web app, or their API key. The whole of it makes the key,
 * since the user id that a token names is proved by nobody here.
 */
export function ownAccounts(): (credential: string) => Promise<Account> {
  return remembered(async (credential): Promise<Account> => {
    const key = `own:${await digestOf(credential)}`;
    return isSessionToken(credential) ? { key, session: { token: credential } } : { key, apiKey: credential };
  });
}
