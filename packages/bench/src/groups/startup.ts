import { sizeGates, sizesOfOthers } from "../browser-size/size-gates.ts";
import type { Contestant } from "../harness/contestant.ts";
import type { GroupReport, Measurement, Verdict } from "../harness/measurement.ts";
import { runRounds, type Settings } from "../harness/rounds.ts";
import { NODE } from "../harness/runtimes.ts";
import { ratioOf, spreadOf } from "../harness/statistics.ts";
import { atMost } from "../harness/verdict.ts";
import { contestantScript, IDLE } from "./workload.ts";

const PAIRS = [
  { ours: "core", other: "ky" },
  { ours: "sdk", other: "supabase" },
];
/** The terminal program, whole processes. */
const PROGRAM = { ours: "cli-version", other: "node-alone" };
/** An older state of ours. */
const OLDER = "sdk, older";
/** A start takes a few dozen ms: more rounds than elsewhere cost little and say more. */
const ROUNDS_FACTOR = 4;

/** (e) Import and construction in fresh processes, and what a browser has to load. */
export async function startupGroup(settings: Settings): Promise<GroupReport> {
  const scenario = "import and construct";
  const { against } = settings;
  const field: Contestant[] = [...PAIRS, PROGRAM]
    .flatMap(({ ours, other }) => [ours, other])
    .map((name) => ({
      name,
      command: NODE,
      script: contestantScript(`startup/${name}.ts`),
    }));
  if (against !== undefined) field.push(sdkOf(against));
  const rounds = await runRounds(scenario, field, IDLE, { ...settings, rounds: settings.rounds * ROUNDS_FACTOR });
  const took = (name: string): number[] => rounds.samples(name, "milliseconds");
  const measurements: Measurement[] = rounds.measurements(scenario, { milliseconds: "ms" });
  const verdicts: Verdict[] = PAIRS.map(({ ours, other }) =>
    atMost("aim", `(e) import and construct: ${ours} / ${other}`, 1.3, ratioOf(took(ours), took(other))),
  );
  const started = ratioOf(took(PROGRAM.ours), took(PROGRAM.other));
  verdicts.push(atMost("gate", "(e) flowith --version / node -e 0", 1.6, started));
  if (against !== undefined) {
    const gained = ratioOf(took("sdk"), took(OLDER));
    verdicts.push(atMost("aim", `(e) import and construct: sdk / that of ${against}`, 0.85, gained));
  }
  const bundled = (contestant: string, sizeBytes: number): Measurement => {
    return { scenario: "bundle", contestant, metric: "gzipBytes", unit: "B gzip", spread: spreadOf([sizeBytes]) };
  };
  for (const { name, sizeBytes, mostBytes } of await sizeGates()) {
    measurements.push(bundled(name, sizeBytes));
    verdicts.push(atMost("gate", `(e) bundle, gzip: ${name}`, mostBytes, spreadOf([sizeBytes]), "B"));
  }
  for (const { name, sizeBytes } of await sizesOfOthers()) measurements.push(bundled(name, sizeBytes));
  return { group: "startup", measurements, ratios: [], verdicts, notes: ["1 KB is taken as 1,000 B."] };
}

function sdkOf(folder: string): Contestant {
  const command = [...NODE, "--experimental-import-meta-resolve"];
  return { name: OLDER, command, script: contestantScript("startup/sdk-of.ts"), task: { folder } };
}
