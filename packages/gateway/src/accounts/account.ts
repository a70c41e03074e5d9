import type { FlowithOptions } from "flowith-webapi";
import { digestOf } from "./digest.ts";
import { isSessionToken } from "./session-token.ts";

/** Whose Flowith account answers a caller. */
export type Account = {
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
export async function ownAccount(credential: string): Promise<Account> {
  const key = `own:${await digestOf(credential)}`;
  return isSessionToken(credential) ? { key, session: { token: credential } } : { key, apiKey: credential };
}
