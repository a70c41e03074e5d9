import { assert, type TaskMeta } from "vitest";
import type { CaseResult } from "../src/index.ts";

/** Fails with the case's own error; a case that passed only when it was run again is told to the reporter. */
export function expectPassed(result: CaseResult | undefined, meta: TaskMeta): void {
  assert(result?.isPassed, result?.error ?? "the runner did not report this case");
  if (result.attempts > 1) meta.firstFailure = result.error ?? "its first attempt failed";
}
