import { assert } from "vitest";
import type { CaseResult } from "../src/index.ts";

/** Fails with the case's own error; names a case on stderr that passed only when it was run again. */
export function expectPassed(result: CaseResult | undefined): void {
  assert(result?.isPassed, result?.error ?? "the runner did not report this case");
  if (result.attempts > 1) process.stderr.write(`passed at its second attempt: ${result.id}\n${result.error}\n`);
}
