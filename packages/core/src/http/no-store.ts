const PROBE = "https://probe.invalid/";

/**
 * Whether an init may say `cache: "no-store"`, without which Next 13 and 14 keep the answers of all our reads, and of posts
 * too. workerd throws at it before the compatibility date 2024-11-11; React Native writes the time into the URL for it,
 * which PostgREST takes for a filter.
 */
export function takesNoStore(): boolean {
  try {
    return new Request(PROBE, { cache: "no-store" }).url === PROBE;
  } catch {
    return false;
  }
}

/** Whether the platform then sends the header `cache-control: no-cache` by itself. Deno and Bun know the word, and no more. */
export function sendsNoCache(): boolean {
  return takesNoStore() && !("Deno" in globalThis) && !("Bun" in globalThis);
}
