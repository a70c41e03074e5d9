/** No `Retry-After` is waited for longer: an hour is better told of than slept through. */
export const LONGEST_RETRY_AFTER_MS = 60_000;

/** How long the server asks to wait, in ms: `Retry-After` in seconds or as a date. */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // HTTP's dates begin with a day, others are of ISO. Platforms read nearly anything as one: "1, 2" is in 2001.
  if (!/^((mon|tue|wed|thu|fri|sat|sun)[a-z]*,? |\d{4}-\d\d-\d\d)/i.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
