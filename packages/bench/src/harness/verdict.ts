import type { Verdict } from "./measurement.ts";
import type { Spread } from "./statistics.ts";

/** @param unit `×` for ratios */
export function atLeast(kind: Verdict["kind"], what: string, limit: number, got: Spread, unit = "×"): Verdict {
  return { kind, what, needed: `≥ ${limit}`, got, unit, isReached: got.median >= limit };
}

export function atMost(kind: Verdict["kind"], what: string, limit: number, got: Spread, unit = "×"): Verdict {
  return { kind, what, needed: `≤ ${limit}`, got, unit, isReached: got.median <= limit };
}
