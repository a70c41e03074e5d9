import { timingSafeEqual } from "hono/utils/buffer";
import type { Account } from "../accounts/account.ts";
import { digestOf } from "../accounts/digest.ts";
import { remembered } from "../accounts/remembered.ts";

/** A key that the operator has given to somebody, without the key itself. */
export interface OperatorKey {
  /** Names it in logs, and is what limits count. */
  id: string;
  /** SHA-256 of the key, in hex. */
  sha256: string;
  /** Whose account it opens: the operator's own, by a session or an API key. Keys of one account share a client. */
  account: Account;
  /** Requests that may begin within a minute. Default: the gateway's own limit; 0 is none. */
  requestsPerMinute?: number | undefined;
}

/** Where the operator's keys are. */
export interface KeyStore {
  /** The key whose hash this is; undefined where there is none, or none any more. */
  find(sha256: string): Promise<OperatorKey | undefined>;
}

/**
 * For `authenticate`: only keys of the operator's own open an account, and callers' own tokens and keys do not.
 * @example
 * const gateway = createGateway({ authenticate: operatorKeys(fileKeyStore("./keys.json")) });
 */
export function operatorKeys(store: KeyStore): (credential: string) => Promise<Account | undefined> {
  const rememberedDigestOf = remembered(digestOf);
  return async (credential) => {
    const sha256 = await rememberedDigestOf(credential);
    const found = await store.find(sha256);
    // Whatever the store's lookup was: this is what lets in, and it takes as long for each wrong hash.
    if (found === undefined || !(await timingSafeEqual(found.sha256, sha256))) return undefined;
    const { id, account, requestsPerMinute } = found;
    return { ...account, caller: `key:${id}`, requestsPerMinute: requestsPerMinute ?? account.requestsPerMinute };
  };
}
