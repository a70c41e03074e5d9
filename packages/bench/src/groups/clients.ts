import type { GroupReport } from "../harness/measurement.ts";
import { runRounds, type Settings } from "../harness/rounds.ts";
import { NODE } from "../harness/runtimes.ts";
import { atMost } from "../harness/verdict.ts";
import { contestantScript, IDLE } from "./workload.ts";

const UNITS = {
  heapBytesPerClient: "B of heap a client",
  heapBytesPerSignedIn: "B of heap a client with its session",
  microsecondsPerClient: "µs to make one",
};

/** What a client a user costs, which does nothing. */
export async function clientsGroup(settings: Settings): Promise<GroupReport> {
  const atOnce = settings.isQuick ? 100 : 10_000;
  const scenario = `${atOnce.toLocaleString("en")} clients`;
  const field = [{ name: "sdk", command: NODE, script: contestantScript("many-clients.ts") }];
  const rounds = await runRounds(scenario, field, { ...IDLE, atOnce }, settings);
  const heap = rounds.spread("sdk", "heapBytesPerSignedIn");
  return {
    group: "clients",
    measurements: rounds.measurements(scenario, UNITS),
    ratios: [],
    verdicts: [atMost("aim", `(f) ${scenario}: heap of one with its session`, 20_000, heap, "B")],
    notes: ["Heap is what all but the first tenth of the clients add; the stored sessions themselves are not in it."],
  };
}
