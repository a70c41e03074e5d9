/**
 * What the runs of both tiers have left in .test-results, for .ci/run.
 * `attempts <load>`: says what passed only at a second attempt, and fails over two of them where the load average of the
 * machine was under 1 at the start: on a quiet machine they are races. `total <n>`: the closing line, in which n further
 * steps have failed.
 */
import { readFileSync } from "node:fs";
import { describeAttempts, type SecondAttempt } from "../packages/conformance/runners/attempts.ts";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  success: boolean;
}

const TIERS = ["first", "deep"];
const MOST_ATTEMPTS = 2;

/** A report that is missing stands for a run that did not come to its end. */
function read<T>(name: string): T | undefined {
  try {
    return JSON.parse(readFileSync(`.test-results/${name}.json`, "utf8"));
  } catch {
    return undefined;
  }
}

function attempts(load: number): void {
  const lists = TIERS.map((tier) => read<SecondAttempt[]>(`${tier}-attempts`));
  const all = lists.flatMap((list) => list ?? []);
  const isQuiet = load < 1;
  const kind = isQuiet ? "quiet" : "busy";
  console.log(
    `${all.length} second attempts, ${MOST_ATTEMPTS} allowed on a quiet machine; at the start it was ${kind} (${load}).`,
  );
  console.log(describeAttempts(all));
  if (lists.includes(undefined)) console.log("A tier has left no list of its second attempts.");
  process.exitCode = lists.includes(undefined) || (isQuiet && all.length > MOST_ATTEMPTS) ? 1 : 0;
}

function total(otherFailures: number): void {
  let passed = 0;
  let failed = otherFailures;
  for (const report of TIERS.map((tier) => read<Report>(tier))) {
    passed += report?.numPassedTests ?? 0;
    failed += Math.max(report?.numFailedTests ?? 0, report?.success === true ? 0 : 1);
  }
  console.log(`${passed} passed, ${failed} failed`);
}

const [command, number = ""] = process.argv.slice(2);
if (command === "attempts") attempts(Number(number));
else total(Number(number));
