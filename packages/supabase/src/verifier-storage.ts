import { type KeyValueStore, SessionStoreError } from "@flowith-webapi/core";
import type { SupportedStorage } from "@supabase/auth-js";

const VERIFIER_KEY = "flowith-code-verifier";

/**
 * The storage of one auth client: the PKCE verifier goes to the caller's store, under a name that the next client knows.
 * All else, the session above all and the client's slots for several sign-ins, is dropped: core owns the session, and
 * slots would be left over.
 */
export function verifierStorage(store: KeyValueStore, storageKey: string): SupportedStorage {
  const isVerifier = (key: string): boolean => key === `${storageKey}-code-verifier`;
  return {
    getItem: async (key) => (isVerifier(key) ? typed(store.get(VERIFIER_KEY)) : null),
    setItem: async (key, value) => {
      if (isVerifier(key)) await typed(store.set(VERIFIER_KEY, value));
    },
    removeItem: async (key) => {
      if (isVerifier(key)) await typed(store.delete(VERIFIER_KEY));
    },
  };
}

async function typed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new SessionStoreError("The verifierStore failed: a sign-in by redirect cannot be finished.", { cause });
  }
}
