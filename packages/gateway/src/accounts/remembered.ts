import { LRUCache } from "lru-cache";

/** As many as clients that are kept by default. */
const MOST = 1_000;

/**
 * What is made of a credential, and remembered of the last ones: a program sends its own with each request, and a hash waits
 * for a thread. No promise is kept, since Workers let no request wait for what another one has begun.
 */
export function remembered<Value extends NonNullable<unknown>>(
  make: (credential: string) => Promise<Value>,
): (credential: string) => Promise<Value> {
  const known = new LRUCache<string, Value>({ max: MOST });
  return async (credential) => {
    const value = known.get(credential) ?? (await make(credential));
    known.set(credential, value);
    return value;
  };
}
