import type { Contestant } from "../harness/contestant.ts";
import type { GroupReport, Ratio, Verdict } from "../harness/measurement.ts";
import { type Rounds, runRounds, type Settings } from "../harness/rounds.ts";
import { type Availability, NODE, pythonWithClient } from "../harness/runtimes.ts";
import { ratioOf, type Spread } from "../harness/statistics.ts";
import { atLeast, atMost } from "../harness/verdict.ts";
import { type StreamScenario, streamScenarios } from "./stream-scenarios.ts";
import { contestantScript, IDLE } from "./workload.ts";

const UNITS = {
  eventsPerSecond: "events/s",
  cpuMicrosecondsPerEvent: "µs CPU/event",
  megabytesPerSecond: "MB/s",
  finished: "jobs finished",
};

const COMPARED = [
  ["sdk", "floor"],
  ["openai", "floor"],
  ["sdk", "openai"],
  ["python", "floor"],
  ["sdk", "python"],
  ["bytes", "floor"],
] as const;

const BESIDE_WAITING = "small, 1 × 200,000 beside waiting jobs";

const NOTES = [
  "`bytes` only counts bytes (node:http): what the load server can send at least.",
  "Events of 4,096 B have as much text as those of 250 B, and padding: 200,000 of them as text would be more than a JavaScript string can hold. `all text` has 14,000 of pure text.",
  "Events per second depend on who else is at work on the machine while one contestant runs; CPU per event hardly does.",
  "openai has fewer events or passes than the rest, for its time; rates stay comparable.",
];

const PYTHON_NOTE =
  "The Python client gets 20,000 events (100 a job with 50 jobs) and terminal events without the text, since it fails on events over 512 KiB. With 300 jobs it runs out of connections; the server then sends each job's events a little after its post, which no service would, so that it can finish.";

/** (a) Events per second and CPU per event, against the floor, the openai client and the Python client. */
export async function streamGroup(settings: Settings): Promise<GroupReport> {
  const python = await pythonWithClient();
  const notes = [...NOTES, "missing" in python ? `THE PYTHON CLIENT IS ABSENT: ${python.missing}.` : PYTHON_NOTE];
  const report: GroupReport = { group: "stream", measurements: [], ratios: [], verdicts: [], notes };
  for (const scenario of streamScenarios(settings).filter(({ name }) => isAsked(name, settings))) {
    const rounds = await runRounds(scenario.name, contestantsOf(scenario, python), scenario.workload, settings);
    report.measurements.push(...rounds.measurements(scenario.name, UNITS));
    report.ratios.push(...ratiosOf(scenario, rounds));
    report.verdicts.push(...verdictsOf(scenario, rounds));
  }
  if (isAsked(BESIDE_WAITING, settings)) await measureBesideWaiting(settings, report);
  return report;
}

function isAsked(scenario: string, { only = "" }: Settings): boolean {
  return scenario.includes(only);
}

function contestantsOf({ contestants }: StreamScenario, python: Availability): Contestant[] {
  return Object.entries(contestants).flatMap(([name, task]) => {
    if (name !== "python") return [{ name, command: NODE, script: contestantScript(`${name}.ts`), task }];
    if ("missing" in python) return [];
    return [{ name, command: python.command, script: contestantScript("python-client.py"), task }];
  });
}

function ratiosOf({ name }: StreamScenario, rounds: Rounds): Ratio[] {
  return (["eventsPerSecond", "cpuMicrosecondsPerEvent"] as const).flatMap((metric) =>
    COMPARED.filter(([one, other]) => rounds.has(one) && rounds.has(other)).map(([one, other]) => ({
      what: `${name}: ${one} / ${other}, ${UNITS[metric]}`,
      got: ratioOf(rounds.samples(one, metric), rounds.samples(other, metric)),
    })),
  );
}

function verdictsOf({ name, workload, toFloor, toPython }: StreamScenario, rounds: Rounds): Verdict[] {
  const verdicts: Verdict[] = [];
  const compare = (kind: Verdict["kind"], other: string, limit: number): void => {
    if (!rounds.has(other)) return;
    const what = `(a) ${name}: sdk / ${other}`;
    const cpu = ratioOf(
      rounds.samples(other, "cpuMicrosecondsPerEvent"),
      rounds.samples("sdk", "cpuMicrosecondsPerEvent"),
    );
    verdicts.push(atLeast(kind, `${what}, events/s`, limit, rateTo(rounds, other)));
    verdicts.push(atLeast(kind, `${what}, events per second of CPU`, limit, cpu));
  };
  if (toFloor !== undefined) {
    compare("gate", "floor", toFloor.gate);
    compare("aim", "floor", toFloor.aim);
  }
  if (toPython !== undefined) compare("gate", "python", toPython);
  if (workload.jobs === 300) {
    const finished = rounds.spread("sdk", "finished");
    verdicts.push(atLeast("gate", `(a) ${name}: jobs of the sdk that end right`, 300, finished, "jobs"));
  }
  return verdicts;
}

function rateTo(rounds: Rounds, other: string): Spread {
  return ratioOf(rounds.samples("sdk", "eventsPerSecond"), rounds.samples(other, "eventsPerSecond"));
}

async function measureBesideWaiting(settings: Settings, report: GroupReport): Promise<void> {
  const scenario = BESIDE_WAITING;
  const waiting = (name: string, jobs: number): Contestant => ({
    name,
    command: NODE,
    script: contestantScript("sdk.ts"),
    task: { waiting: jobs },
  });
  const field = [waiting("sdk, many waiting", settings.isQuick ? 100 : 10_000), waiting("sdk, one waiting", 1)];
  const workload = streamScenarios(settings)[0]?.workload ?? IDLE;
  const rounds = await runRounds(scenario, field, workload, settings);
  const cost = (name: string): number[] => rounds.samples(name, "cpuMicrosecondsPerEvent");
  const got = ratioOf(cost("sdk, many waiting"), cost("sdk, one waiting"));
  report.measurements.push(...rounds.measurements(scenario, UNITS));
  report.verdicts.push(atMost("gate", "(a) CPU per event beside 10,000 waiting jobs / beside one", 1.2, got));
}
