import { LRUCache } from "lru-cache";

/** As many as clients that are kept by default. */
const MOST_KEPT = 1_000;

/** SHA-256 in hex. */
export async function digestOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The same, and remembers the last ones: a program sends its credential with each request, and a hash waits for a thread. No
 * promise is kept, since Workers let no request wait for what another one has begun.
 */
export function rememberedDigests(): (text: string) => Promise<string> {
  const known = new LRUCache<string, string>({ max: MOST_KEPT });
  return async (text) => {
    const digest = known.get(text) ?? (await digestOf(text));
    known.set(text, digest);
    return digest;
  };
}
