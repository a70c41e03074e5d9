import type { GroupReport } from "../harness/measurement.ts";
import { type Rounds, runRounds, type Settings } from "../harness/rounds.ts";
import { NODE } from "../harness/runtimes.ts";
import { ratioOf, type Spread } from "../harness/statistics.ts";
import { atMost } from "../harness/verdict.ts";
import { contestantScript, IDLE } from "./workload.ts";

const UNITS = {
  firstDeltaMeanMs: "ms to the first delta, mean",
  firstDeltaMedianMs: "ms to the first delta, median",
  cpuMillisecondsPerJob: "ms CPU a job",
};

const UNITS_IN_TURN = {
  ...UNITS,
  doneMeanMs: "ms to the end, mean",
  requestsInNew: "requests before it, new conversation",
  requestsInOld: "requests before it, old conversation",
};

const UNITS_AT_ONCE = { ...UNITS, passMedianMs: "ms until all are done" };

const FIELD = [
  { name: "bare", command: NODE, script: contestantScript("jobs-bare.ts") },
  { name: "sdk", command: NODE, script: contestantScript("jobs-sdk.ts") },
];

/** What the service takes for each answer: nothing, and what a near data centre would. */
const DELAYS_MS = [0, 20];

/** (b) The first delta and the CPU of small jobs, one after another and all at once, against bare fetch. */
export async function firstDeltaGroup(settings: Settings): Promise<GroupReport> {
  const report: GroupReport = {
    group: "delta",
    measurements: [],
    ratios: [],
    verdicts: [],
    notes: [
      "`bare` makes the same requests with plain fetch, and reads the same event stream with a parser and a map. The stream serves all jobs and is not counted among a job's requests.",
      "These are held against a service that answers at once, on the same machine: there the SDK's own work weighs most.",
    ],
  };
  for (const delayMs of DELAYS_MS) await measureInTurn(settings, delayMs, report);
  await measureAtOnce(settings, report);
  return report;
}

async function measureInTurn(settings: Settings, delayMs: number, report: GroupReport): Promise<void> {
  const all = settings.isQuick ? 10 : 300;
  // With a delay, what the SDK adds is a small part of the whole, and fewer jobs show it.
  const passes = delayMs === 0 ? all : Math.min(all, 60);
  const scenario = `${passes} jobs in turn, ${delayMs} ms a request`;
  const workload = { ...IDLE, jobs: 1, passes, warmups: 2, delayMs };
  const rounds = await runRounds(scenario, FIELD, workload, settings);
  report.measurements.push(...rounds.measurements(scenario, UNITS_IN_TURN));
  pushRatios(report, scenario, rounds, UNITS);
  if (delayMs > 0) return;
  const requests = (metric: keyof typeof UNITS_IN_TURN): Spread => rounds.spread("sdk", metric);
  report.verdicts.push(
    atMost("gate", "(b) first delta: sdk / bare, mean", 1.6, toBare(rounds, "firstDeltaMeanMs")),
    atMost("gate", "(b) CPU a job, in turn: sdk / bare", 1.6, toBare(rounds, "cpuMillisecondsPerJob")),
    atMost("aim", "(b) CPU a job, in turn: sdk / bare", 1.45, toBare(rounds, "cpuMillisecondsPerJob")),
    atMost("aim", "(b) requests before the first delta, new conversation", 3, requests("requestsInNew"), "requests"),
    atMost("aim", "(b) requests before the first delta, old conversation", 2, requests("requestsInOld"), "requests"),
  );
}

async function measureAtOnce(settings: Settings, report: GroupReport): Promise<void> {
  const jobs = settings.isQuick ? 10 : 300;
  const scenario = `${jobs} jobs at once`;
  const workload = { ...IDLE, jobs, ...(settings.isQuick ? {} : { warmups: 1, passes: 5 }) };
  const rounds = await runRounds(scenario, FIELD, workload, settings);
  report.measurements.push(...rounds.measurements(scenario, UNITS_AT_ONCE));
  pushRatios(report, scenario, rounds, UNITS_AT_ONCE);
  report.verdicts.push(
    atMost("gate", `(b) ${scenario}, until all are done: sdk / bare`, 1.4, toBare(rounds, "passMedianMs")),
    atMost("gate", `(b) CPU a job, ${scenario}: sdk / bare`, 1.6, toBare(rounds, "cpuMillisecondsPerJob")),
  );
}

function pushRatios(report: GroupReport, scenario: string, rounds: Rounds, units: Record<string, string>): void {
  for (const [metric, unit] of Object.entries(units)) {
    report.ratios.push({ what: `${scenario}: sdk / bare, ${unit}`, got: toBare(rounds, metric) });
  }
}

function toBare(rounds: Rounds, metric: string): Spread {
  return ratioOf(rounds.samples("sdk", metric), rounds.samples("bare", metric));
}
