/** What was found about one fact of the wire. */
export type Verdict =
  | { status: "holds"; note?: string | undefined }
  | { status: "differs"; expected: string; came: string; advice: string }
  | {
      status: "unknown";
      why: string;
      advice?: string | undefined;
      /** The title of what does not hold, where that is why it was not tried. */
      blockedBy?: string | undefined;
    };

/** Where a check belongs. */
export interface CheckPlace {
  id: string;
  /** The title of its group. */
  group: string;
  /** The section of the wire document that says it. */
  wire: string;
  title: string;
}

/** A verdict with its place: what reports are made of. Holds nothing secret. */
export type Finding = CheckPlace & Verdict & { elapsedMs: number };

export const holds = (note?: string): Verdict => ({ status: "holds", note });

export const differs = (expected: string, came: string, advice: string): Verdict => ({
  status: "differs",
  expected,
  came,
  advice,
});

export const unknown = (why: string, advice?: string): Verdict => ({ status: "unknown", why, advice });

/** Not tried: what it needs does not hold. */
export const blocked = (blockedBy: string): Verdict => ({
  status: "unknown",
  why: `not tried, since this does not hold: ${blockedBy}`,
  blockedBy,
});

/** Where the service is not as it was written down, and nothing on this machine can be done about it. */
export const TELL_US =
  "Attach this report (--report) to an issue: the service has changed, or was never as we thought.";
