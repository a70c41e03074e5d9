import { runContestant } from "../harness/contestant.ts";
import { startLoadServer } from "../harness/load-server.ts";
import type { GroupReport } from "../harness/measurement.ts";
import { Rounds, runRounds, type Settings, type Workload } from "../harness/rounds.ts";
import { NODE } from "../harness/runtimes.ts";
import { ratioOf, type Spread } from "../harness/statistics.ts";
import { atMost } from "../harness/verdict.ts";
import { contestantScript, IDLE } from "./workload.ts";

const CPU_UNITS = {
  cpuMillisecondsPerChat: "ms CPU a chat",
  firstDeltaMedianMs: "ms to the first delta, median",
  waveMedianMs: "ms until all are done",
};

const DELTA_UNITS = {
  gatewayMs: "ms to the first delta, gateway",
  referenceMs: "ms to the first delta, reference",
};

const WAVES_UNITS = {
  wrong: "that are lost or wrong",
  seconds: "s in all",
  heapMegabytes: "MB of heap at the end",
  rssMegabytes: "MB resident at the end",
  timers: "timers after the last wave",
  sockets: "sockets after the last wave",
  connections: "connections to the service after the last wave",
};

const FIELD = ["reference", "gateway"].map((name) => ({
  name,
  command: NODE,
  script: contestantScript(`gateway/chats-${name}.ts`),
}));

/** A chat leaves nothing behind; the code of these few thousand is still being compiled. */
const MOST_HEAP_BYTES = 200;
/** Pages are given back when the collector likes, in steps of megabytes. */
const MOST_RSS_BYTES = 2_000;
const FULL = { passes: 20, settleMs: 20_000 };
const QUICK = { passes: 2, settleMs: 8_000 };
/** What must be back where it was after each wave. */
const OPEN = ["timers", "sockets", "connections"] as const;

/** (g) Streaming chats through the gateway, in a process of its own, against the SDK with the least of a server round it. */
export async function gatewayGroup(settings: Settings): Promise<GroupReport> {
  const report: GroupReport = {
    group: "gateway",
    measurements: [],
    ratios: [],
    verdicts: [],
    notes: [
      "`reference` is a bare Hono app on @hono/node-server that writes the deltas of `generateStream` as chunks, by hand: no checks, no limits, no keep-alive.",
      "CPU is that of the server's process alone. Each chat has a text of its own, which is compared whole in all scenarios.",
      "The first delta is looked at wave by wave in turn, with both servers running: on a machine that others use, waves that follow each other are slowed alike.",
      "Timers, sockets and connections are counted once the pool of idle connections has had its time, after each wave.",
    ],
  };
  const { isQuick } = settings;
  const jobs = isQuick ? 20 : 500;
  const long = { ...IDLE, jobs, events: isQuick ? 10 : 100, warmups: isQuick ? 0 : 1, passes: isQuick ? 1 : 2 };
  await measureCpu(`${jobs} chats at once, ${long.events} deltas`, long, settings, report);
  const short = isQuick ? { warmups: 0, passes: 1 } : { warmups: 4, passes: 16 };
  await measureCpu("50 chats at once, 5 deltas", { ...IDLE, jobs: 50, ...short }, settings, report);
  await measureFirstDelta(1, isQuick ? 1 : 60, settings, report);
  await measureFirstDelta(50, isQuick ? 1 : 20, settings, report);
  await measureWaves(jobs, settings, report);
  return report;
}

async function measureCpu(
  scenario: string,
  workload: Workload,
  settings: Settings,
  report: GroupReport,
): Promise<void> {
  const rounds = await runRounds(scenario, FIELD, workload, settings);
  const toReference = (metric: string): Spread =>
    ratioOf(rounds.samples("gateway", metric), rounds.samples("reference", metric));
  report.measurements.push(...rounds.measurements(scenario, CPU_UNITS));
  for (const [metric, unit] of Object.entries(CPU_UNITS)) {
    report.ratios.push({ what: `${scenario}: gateway / reference, ${unit}`, got: toReference(metric) });
  }
  const what = `(g) ${scenario}: CPU a chat, gateway / reference`;
  report.verdicts.push(atMost("gate", what, 1.3, toReference("cpuMillisecondsPerChat")));
}

async function measureFirstDelta(jobs: number, passes: number, settings: Settings, report: GroupReport): Promise<void> {
  const scenario = `${jobs === 1 ? "1 chat" : `${jobs} chats`} at once, first delta`;
  const field = [{ name: "both", command: NODE, script: contestantScript("gateway/first-delta.ts") }];
  const warmups = settings.isQuick ? 0 : Math.ceil(passes / 4);
  const rounds = await runRounds(scenario, field, { ...IDLE, jobs, passes, warmups }, settings);
  report.measurements.push(...rounds.measurements(scenario, DELTA_UNITS));
  report.verdicts.push(
    atMost("gate", `(g) ${scenario}: gateway after reference`, 10, rounds.spread("both", "laterMs"), "ms"),
  );
}

async function measureWaves(jobs: number, settings: Settings, report: GroupReport): Promise<void> {
  const size = settings.isQuick ? QUICK : FULL;
  const scenario = `${size.passes} waves of ${jobs} chats`;
  settings.say(`${scenario}:`);
  await using server = await startLoadServer();
  const { url, controlUrl } = server;
  const task = { ...IDLE, url, controlUrl, jobs, events: 10, ...size };
  const script = contestantScript("gateway/waves.ts");
  const rounds = new Rounds();
  rounds.add(
    "gateway",
    await runContestant({ name: "gateway", command: NODE, script, mostSeconds: 1_800 }, task, settings.say),
  );
  const got = (metric: string): Spread => rounds.spread("gateway", metric);
  report.measurements.push(...rounds.measurements(scenario, WAVES_UNITS));
  report.verdicts.push(
    atMost("gate", `(g) ${scenario}: lost or wrong`, 0, got("wrong"), "chats"),
    atMost("gate", `(g) ${scenario}: rise of heap`, MOST_HEAP_BYTES, got("heapBytesPerChat"), "B a chat"),
    atMost("gate", `(g) ${scenario}: rise of RSS`, MOST_RSS_BYTES, got("rssBytesPerChat"), "B a chat"),
    ...OPEN.map((metric) =>
      atMost("gate", `(g) ${scenario}: ${metric} after any wave`, 0, got(`${metric}AboveBase`), "more than before"),
    ),
  );
}
