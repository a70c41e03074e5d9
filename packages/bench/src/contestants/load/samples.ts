import { setTimeout as sleep } from "node:timers/promises";
import { slopeOf } from "../../harness/statistics.ts";

/** The least heap of some readings, arrays outside of it included: what finalizers let go of is garbage only a turn later. */
export async function heapBytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < 5; reading++) {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
    await sleep(20);
  }
  return least;
}

/** By how much a metric rises with each job, over the last three quarters: in the first one code and pools are made. */
export function riseOf<Sample extends { done: number }>(
  samples: readonly Sample[],
  metric: (sample: Sample) => number,
): number {
  return slopeOf(samples.slice(Math.floor(samples.length / 4)).map((sample) => [sample.done, metric(sample)]));
}

/** Runs jobs, some side by side. @returns how many went wrong; the first failure of a run is told on stderr */
export async function runSideBySide(
  count: number,
  atOnce: number,
  isRight: (number: number) => Promise<boolean>,
): Promise<number> {
  let next = 0;
  let wrong = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const number = next++;
      const failure = await isRight(number).then(
        (right) => (right ? undefined : "its result is not the right one"),
        (error: unknown) => String(error),
      );
      if (failure !== undefined && wrong++ === 0) note(`number ${number} of ${count} is wrong: ${failure}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return wrong;
}

export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
