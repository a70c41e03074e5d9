import * as fc from "fast-check";
import { it, vi } from "vitest";
import { useFakeTime } from "./fake-time.ts";
import { type Plan, plan } from "./plan.ts";
import { replay } from "./replay.ts";
import { seededRandom } from "./seeded-random.ts";
import { Simulation } from "./simulation.ts";

const runs = Number(process.env.MODEL_RUNS ?? 300);

async function holds(one: Plan): Promise<void> {
  useFakeTime();
  const random = vi.spyOn(Math, "random").mockImplementation(seededRandom(one.seed));
  try {
    await new Simulation(one).run();
  } finally {
    random.mockRestore();
    vi.useRealTimers();
  }
}

it(`gives every job its exact text or its one right error, and leaves nothing behind, in ${runs} random weathers`, {
  timeout: 60_000 + runs * 200,
}, async () => {
  const report = await fc.check(fc.asyncProperty(plan, holds), {
    numRuns: runs,
    ...replay(process.env.MODEL_REPLAY),
  });
  if (!report.failed) return;
  const { errorInstance: cause, counterexample, numRuns, numShrinks } = report;
  throw new Error(
    [
      `Run ${numRuns} (made smaller ${numShrinks} times) found ${String(cause)}`,
      `To run it again: MODEL_REPLAY=${report.seed}:${report.counterexamplePath ?? ""}`,
      fc.stringify(counterexample?.[0]),
    ].join("\n\n"),
    { cause },
  );
});
