import type { Spread } from "./statistics.ts";

/** One number of one contestant over all rounds. */
export interface Measurement {
  scenario: string;
  contestant: string;
  metric: string;
  unit: string;
  spread: Spread;
}

/** A number that the project has set itself. A gate must hold, an aim should. */
export interface Verdict {
  kind: "gate" | "aim";
  what: string;
  /** Such as `≥ 0.6`. */
  needed: string;
  got: Spread;
  unit: string;
  isReached: boolean;
}

/** A ratio that is worth reading without being required. */
export interface Ratio {
  what: string;
  got: Spread;
}

export interface GroupReport {
  group: string;
  measurements: Measurement[];
  ratios: Ratio[];
  verdicts: Verdict[];
  /** What a reader has to know about these numbers, and what was left out and why. */
  notes: string[];
}
