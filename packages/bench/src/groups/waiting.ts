import type { GroupReport, Measurement, Verdict } from "../harness/measurement.ts";
import { runRounds, type Settings } from "../harness/rounds.ts";
import { NODE } from "../harness/runtimes.ts";
import { atMost } from "../harness/verdict.ts";
import { contestantScript, IDLE } from "./workload.ts";

const UNITS = {
  streams: "event streams",
  openConnections: "connections once all wait",
  mostOpen: "connections at most",
  heapMegabytes: "MB of heap in all",
  heapBytesPerJob: "B of heap a job",
};

/** (c) Connections and heap of jobs that only wait. */
export async function waitingGroup(settings: Settings): Promise<GroupReport> {
  const measurements: Measurement[] = [];
  const verdicts: Verdict[] = [];
  const field = [{ name: "sdk", command: NODE, script: contestantScript("waiting-jobs.ts") }];
  const counts = settings.isQuick ? [1, 100] : [1, 100, 1_000, 10_000];
  const settleMs = settings.isQuick ? 100 : 6_000;
  const most = counts.at(-1) ?? 1;
  for (const isMedia of settings.isQuick ? [false] : [false, true]) {
    for (const waiting of isMedia ? [5_000] : counts) {
      const scenario = `${waiting.toLocaleString("en")} ${isMedia ? "pictures" : "texts"} that wait`;
      const rounds = await runRounds(scenario, field, { ...IDLE, waiting, isMedia, settleMs }, settings);
      measurements.push(...rounds.measurements(scenario, UNITS));
      if (!isMedia && waiting !== most) continue;
      const streams = rounds.spread("sdk", "streams");
      const heap = rounds.spread("sdk", "heapBytesPerJob");
      verdicts.push(
        atMost("gate", `(c) ${scenario}: event streams`, isMedia ? 2 : 1, streams, "streams"),
        atMost("gate", `(c) ${scenario}: heap a job`, 2_400, heap, "B"),
      );
    }
  }
  const notes = [
    "Heap a job is what all but the first tenth of the jobs add: with few jobs it is mostly code.",
    "Jobs are posted 100 at a time; these posts go over connections of their own, of which the runtime's pool lets go when it has had no use for them. Later queries of rows, every 5 s for texts and then every 15 s, use one or two.",
  ];
  return { group: "waiting", measurements, ratios: [], verdicts, notes };
}
