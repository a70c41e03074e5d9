import type { Contestant } from "../harness/contestant.ts";
import type { GroupReport, Measurement, Ratio, Verdict } from "../harness/measurement.ts";
import { type Rounds, runRounds, type Settings, type Workload } from "../harness/rounds.ts";
import { NODE, pythonWithClient } from "../harness/runtimes.ts";
import { ratioOf } from "../harness/statistics.ts";
import { atLeast, atMost } from "../harness/verdict.ts";
import { contestantScript, IDLE } from "./workload.ts";

const UNITS = {
  eventsPerSecond: "events/s",
  cpuMicrosecondsPerEvent: "µs CPU/event",
  megabytesPerSecond: "MB/s",
  finished: "jobs finished",
};

interface Scenario {
  name: string;
  workload: Workload;
  /** Events a job for who would take minutes; rates stay comparable. */
  fewer: Record<string, Partial<Workload>>;
}

/** (a) Events per second and CPU per event, against the floor, the openai client and the Python client. */
export async function streamGroup(settings: Settings): Promise<GroupReport> {
  const node = (name: string, script: string): Contestant => ({
    name,
    command: NODE,
    script: contestantScript(script),
  });
  const python = await pythonWithClient();
  const notes = [
    "`bytes` only counts bytes (node:http): what the load server can send at least.",
    "Events of 4096 B hold as much text as those of 250 B, and padding: 200,000 of them as text would be more than a JavaScript string can hold. `all text` has 14,000 such events of pure text.",
  ];
  const contestants = [
    node("bytes", "bytes.ts"),
    node("floor", "floor.ts"),
    node("sdk", "sdk.ts"),
    node("openai", "openai.ts"),
  ];
  if ("missing" in python) notes.push(`THE PYTHON CLIENT IS ABSENT: ${python.missing}.`);
  else {
    contestants.push({ name: "python", command: python.command, script: contestantScript("python-client.py") });
    notes.push(
      "The Python client gets 20,000 events (100 a job with 50 jobs) and a terminal event without the text, since it fails on events over 512 KiB. With 300 jobs it has run out of connections and gets each job's events a little after its post, so that it can finish.",
    );
  }

  const measurements: Measurement[] = [];
  const ratios: Ratio[] = [];
  const verdicts: Verdict[] = [];
  for (const { name, workload, fewer } of scenarios(settings)) {
    const field = contestants
      .filter((contestant) => !name.startsWith("all text") || ["bytes", "floor", "sdk"].includes(contestant.name))
      .filter((contestant) => !name.startsWith("large") || contestant.name !== "python")
      .map((contestant) => ({ ...contestant, task: fewer[contestant.name] ?? {} }));
    const rounds = await runRounds(name, field, workload, settings);
    measurements.push(...rounds.measurements(name, UNITS));
    ratios.push(...ratiosOf(name, rounds));
    verdicts.push(...verdictsOf(name, rounds, workload));
  }

  const waiting = await waitingCost(settings, node("10,000 waiting", "sdk.ts"));
  measurements.push(...waiting.measurements);
  verdicts.push(...waiting.verdicts);
  return { group: "stream", measurements, ratios, verdicts, notes };
}

function scenarios({ isQuick }: Settings): Scenario[] {
  const scale = isQuick ? 0.01 : 1;
  const passes = { warmups: isQuick ? 0 : 1, passes: isQuick ? 1 : 3 };
  const many = { warmups: isQuick ? 0 : 5, passes: isQuick ? 1 : 20 };
  const one = { ...IDLE, ...passes, jobs: 1, events: 200_000 * scale, bytes: 250 };
  return [
    { name: "small, 1 × 200,000", workload: one, fewer: { python: { events: 20_000 * scale } } },
    {
      name: "large, 1 × 200,000",
      workload: { ...one, bytes: 4096, passes: 1 },
      fewer: { openai: { events: 50_000 * scale } },
    },
    {
      name: "all text, 1 × 14,000",
      workload: { ...one, bytes: 4096, events: 14_000 * scale, isAllText: true },
      fewer: {},
    },
    {
      name: "small, 50 × 400",
      workload: { ...IDLE, ...many, jobs: 50, events: 400, bytes: 250 },
      fewer: { python: { events: 100, warmups: 0, passes: 1 } },
    },
    {
      name: "small, 300 × 50",
      workload: { ...IDLE, ...many, jobs: 300, events: 50, bytes: 250 },
      fewer: { python: { warmups: 0, passes: 1 } },
    },
  ];
}

function ratiosOf(scenario: string, rounds: Rounds): Ratio[] {
  return (["eventsPerSecond", "cpuMicrosecondsPerEvent"] as const).flatMap((metric) =>
    [
      ["sdk", "floor"],
      ["openai", "floor"],
      ["sdk", "openai"],
      ["python", "floor"],
      ["sdk", "python"],
      ["bytes", "floor"],
    ]
      .filter(([one = "", other = ""]) => rounds.has(one) && rounds.has(other))
      .map(([one = "", other = ""]) => ({
        what: `${scenario}: ${one} / ${other}, ${UNITS[metric]}`,
        got: ratioOf(rounds.samples(one, metric), rounds.samples(other, metric)),
      })),
  );
}

function verdictsOf(scenario: string, rounds: Rounds, workload: Workload): Verdict[] {
  const rate = (one: string, other: string): ReturnType<typeof ratioOf> =>
    ratioOf(rounds.samples(one, "eventsPerSecond"), rounds.samples(other, "eventsPerSecond"));
  const verdicts: Verdict[] = [];
  const toFloor = (gate: number, aim: number): void => {
    verdicts.push(atLeast("gate", `(a) ${scenario}: sdk / floor, events/s`, gate, rate("sdk", "floor")));
    verdicts.push(atLeast("aim", `(a) ${scenario}: sdk / floor, events/s`, aim, rate("sdk", "floor")));
  };
  if (scenario.startsWith("small, 1 ")) toFloor(0.6, 0.75);
  if (scenario.startsWith("large")) toFloor(0.8, 0.95);
  const overPython = scenario.startsWith("small, 1 ") ? 10 : scenario.startsWith("small, 50") ? 20 : undefined;
  if (overPython !== undefined && rounds.has("python")) {
    verdicts.push(atLeast("gate", `(a) ${scenario}: sdk / python, events/s`, overPython, rate("sdk", "python")));
  }
  if (workload.jobs === 300) {
    verdicts.push(
      atLeast("gate", `(a) ${scenario}: jobs of the sdk that end right`, 300, rounds.spread("sdk", "finished"), "jobs"),
    );
  }
  return verdicts;
}

async function waitingCost(
  settings: Settings,
  contestant: Contestant,
): Promise<Pick<GroupReport, "measurements" | "verdicts">> {
  const scenario = "small, 1 × 200,000 beside waiting jobs";
  const others = settings.isQuick ? 100 : 10_000;
  const field = [
    { ...contestant, task: { waiting: others } },
    { ...contestant, name: "1 waiting", task: { waiting: 1 } },
  ];
  const [one] = scenarios(settings);
  const rounds = await runRounds(scenario, field, one?.workload ?? IDLE, settings);
  const cost = (name: string): number[] => rounds.samples(name, "cpuMicrosecondsPerEvent");
  const got = ratioOf(cost("10,000 waiting"), cost("1 waiting"));
  return {
    measurements: rounds.measurements(scenario, UNITS),
    verdicts: [atMost("gate", "(a) CPU per event beside 10,000 waiting jobs / beside one", 1.2, got)],
  };
}
