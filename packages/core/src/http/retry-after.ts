/** No `Retry-After` is waited for longer: an hour is better told of than slept through. */
export const LONGEST_RETRY_AFTER_MS = 60_000;

/** How long the server asks to wait, in ms: `Retry-After` in seconds or as a date. */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
