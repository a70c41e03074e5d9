/** What was found about one fact of the wire. */
export type Verdict =
  | { status: "holds"; note?: string | undefined }
  | { status: "differs"; expected: string; came: string; advice: string }
  | { status: "unknown"; why: string; advice?: string | undefined };

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

/** Where the service is not as it was written down, and nothing on this machine can be done about it. */
export const TELL_US =
  "Attach this report (--report) to an issue: the service has changed, or was never as we thought.";
