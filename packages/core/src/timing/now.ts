/**
 * ms on this process's own clock, to measure durations with: unlike the date it is never set back or ahead. `performance`
 * is asked at the moment, since a kept reference would miss the clock of a test. `Date.now()` is right where a time leaves
 * the process or comes from outside: in a handle, a session's expiry, a header.
 */
export function now(): number {
  return performance.now();
}
