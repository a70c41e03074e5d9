import type { GroupReport, Measurement, Ratio, Verdict } from "../harness/measurement.ts";
import { runRounds, type Settings } from "../harness/rounds.ts";
import { NODE } from "../harness/runtimes.ts";
import { ratioOf } from "../harness/statistics.ts";
import { atMost } from "../harness/verdict.ts";
import { contestantScript, IDLE } from "./workload.ts";

const UNITS = {
  firstDeltaMeanMs: "ms to the first delta, mean",
  firstDeltaMedianMs: "ms to the first delta, median",
  doneMeanMs: "ms to the end, mean",
  requestsInNew: "requests before it, new conversation",
  requestsInOld: "requests before it, old conversation",
};

/** What the service takes for each answer: nothing, and what a near data centre would. */
const DELAYS_MS = [0, 20];

/** (b) The first delta of small jobs one after another, against bare fetch with the same requests. */
export async function firstDeltaGroup(settings: Settings): Promise<GroupReport> {
  const measurements: Measurement[] = [];
  const ratios: Ratio[] = [];
  const verdicts: Verdict[] = [];
  const field = [
    { name: "fetch", command: NODE, script: contestantScript("first-delta-fetch.ts") },
    { name: "sdk", command: NODE, script: contestantScript("first-delta-sdk.ts") },
  ];
  const all = settings.isQuick ? 10 : 300;
  for (const delayMs of DELAYS_MS) {
    // With a delay, what the SDK adds is a small part of the whole, and fewer jobs show it.
    const jobs = delayMs === 0 ? all : Math.min(all, 60);
    const scenario = `${jobs} jobs in turn, ${delayMs} ms a request`;
    const rounds = await runRounds(scenario, field, { ...IDLE, jobs, delayMs }, settings);
    measurements.push(...rounds.measurements(scenario, UNITS));
    const ratio = (metric: keyof typeof UNITS): ReturnType<typeof ratioOf> =>
      ratioOf(rounds.samples("sdk", metric), rounds.samples("fetch", metric));
    for (const metric of ["firstDeltaMeanMs", "firstDeltaMedianMs"] as const) {
      ratios.push({ what: `${scenario}: sdk / fetch, ${UNITS[metric]}`, got: ratio(metric) });
    }
    if (delayMs > 0) continue;
    const requests = (metric: keyof typeof UNITS): ReturnType<typeof ratioOf> => rounds.spread("sdk", metric);
    verdicts.push(
      atMost("aim", "(b) first delta: sdk / fetch, mean", 1.15, ratio("firstDeltaMeanMs")),
      atMost("aim", "(b) requests before the first delta, new conversation", 3, requests("requestsInNew"), "requests"),
      atMost("aim", "(b) requests before the first delta, old conversation", 2, requests("requestsInOld"), "requests"),
    );
  }
  const notes = [
    "The event stream serves all jobs and is not counted among a job's requests. The aim is held against a service that answers at once, on the same machine: there the SDK's own work weighs most.",
  ];
  return { group: "delta", measurements, ratios, verdicts, notes };
}
