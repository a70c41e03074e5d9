import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { describeAttempts, type SecondAttempt } from "./attempts.ts";

/** Prints which tests passed only when they were run again, and writes them where CI counts them. */
export class AttemptsReporter implements Reporter {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const attempts = modules.flatMap((module) => [...module.children.allTests()].flatMap(secondAttempt));
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify(attempts, undefined, 2)}\n`);
    process.stdout.write(describeAttempts(attempts));
  }
}

function secondAttempt(test: TestCase): SecondAttempt[] {
  const { state, errors } = test.result();
  if (state !== "passed") return [];
  const { firstFailure } = test.meta();
  const isRepeated = firstFailure !== undefined || (test.diagnostic()?.retryCount ?? 0) > 0;
  const reason = firstFailure ?? errors?.[0]?.message ?? "its runner repeated it";
  return isRepeated ? [{ test: `${test.module.relativeModuleId} > ${test.fullName}`, reason }] : [];
}
