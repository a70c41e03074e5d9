export interface BackoffOptions {
  minDelayMs: number;
  maxDelayMs: number;
}

/** The wait before attempt `failures + 1`: doubling from `minDelayMs`, capped, less up to a quarter at random. */
export function backoffMs(failures: number, { minDelayMs, maxDelayMs }: BackoffOptions): number {
  const delayMs = Math.min(maxDelayMs, minDelayMs * 2 ** Math.min(failures, 30));
  return delayMs * (1 - Math.random() / 4);
}
