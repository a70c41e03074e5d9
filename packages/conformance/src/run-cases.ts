import type { ClientFactory } from "./create-context.ts";
import { type CaseResult, runCase } from "./run-case.ts";

/** Cases mostly wait; but all of them together would measure nothing but each other. */
const AT_ONCE = 16;

/** Runs cases, some at once, and tells of each result as it comes. */
export function runCases(
  runs: readonly { id: string; emulatorUrl: string }[],
  newFlowith: ClientFactory,
  onResult: (result: CaseResult) => unknown,
): Promise<void> {
  return eachOf(runs, async ({ id, emulatorUrl }) => {
    await onResult(await runCase(id, emulatorUrl, newFlowith));
  });
}

/** Does something with each, for some at once. */
export async function eachOf<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>,
  atOnce: number = AT_ONCE,
): Promise<void> {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
