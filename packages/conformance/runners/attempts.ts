declare module "vitest" {
  interface TaskMeta {
    /** Why a case's first attempt failed, where its second passed. */
    firstFailure?: string;
  }
}

/** A test that passed only when it was run again. */
export interface SecondAttempt {
  /** Where it ran and what it is called. */
  test: string;
  /** Why it failed at first, where that is known. */
  reason: string;
}

/** What a run prints of its second attempts; nothing where there were none. */
export function describeAttempts(attempts: readonly SecondAttempt[]): string {
  if (attempts.length === 0) return "";
  const lines = attempts.map(({ test, reason }) => `  ${test}\n    ${reason.split("\n")[0]}`);
  return `\nPassed only at a second attempt: ${attempts.length}\n${lines.join("\n")}\n`;
}
