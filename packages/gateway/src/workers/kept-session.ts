import { type DurableObjectStorageLike, durableObjectSessionStore } from "flowith-webapi";
import type { Account } from "../accounts/account.ts";
import { digestOf } from "../accounts/digest.ts";

/**
 * An account whose refresh token works once has its session kept in the object's storage. What is kept belongs to the token
 * that it began with: another one in its place begins anew.
 */
export async function withKeptSession(
  account: Account | undefined,
  storage: DurableObjectStorageLike,
): Promise<Account | undefined> {
  if (account?.session?.refreshToken === undefined || account.session.store !== undefined) return account;
  const { apiKey: _none, session, ...rest } = account;
  const store = durableObjectSessionStore(storage, `session:${await digestOf(account.session.refreshToken)}`);
  return { ...rest, session: { ...session, store } };
}
