import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contestant, type Result, runContestant } from "../harness/contestant.ts";
import { startBenchEmulator } from "../harness/emulator.ts";
import { startLoadServer } from "../harness/load-server.ts";
import type { GroupReport } from "../harness/measurement.ts";
import { Rounds, type Settings } from "../harness/rounds.ts";
import { NODE } from "../harness/runtimes.ts";
import type { Spread } from "../harness/statistics.ts";
import { atMost } from "../harness/verdict.ts";
import { contestantScript, IDLE } from "./workload.ts";

const FULL = { generates: 2_000, jobs: 100_000, uploads: 1_000 };
const QUICK = { generates: 100, jobs: 200, uploads: 40 };
const SAMPLES = 20;
const JOBS_AT_ONCE = 32;
const UPLOADS_AT_ONCE = 16;
const UPLOAD_BYTES = 1_000_000;

const ALL_RIGHT_UNITS = {
  wrong: "that went wrong",
  seconds: "s in all",
  cpuMillisecondsPerJob: "ms CPU a job",
};

const EMULATOR_UNITS = {
  emulatorBeforeMebibytes: "MiB resident, emulator before",
  emulatorMostMebibytes: "MiB resident, emulator at most",
  emulatorAfterMebibytes: "MiB resident, emulator after",
};

const GENERATES_UNITS = {
  ...ALL_RIGHT_UNITS,
  growthMebibytes: "MiB of growth at most",
  unexpectedPosts: "posts too many or too few",
  ...EMULATOR_UNITS,
};

const JOBS_UNITS = {
  ...ALL_RIGHT_UNITS,
  heapMegabytes: "MB of heap at the end",
  rssMegabytes: "MB resident at the end",
  timers: "timers at the end",
  sockets: "sockets at the end",
  connections: "connections at the end",
  listeners: "listeners at the end",
  mostListeners: "listeners at the end, most on one target",
  entries: "entries of maps and sets at the end",
  mostEntries: "entries at the end, most in one of them",
};

const UPLOADS_UNITS = {
  ...ALL_RIGHT_UNITS,
  heapMegabytes: "MB of heap at the end",
  growthMebibytes: "MiB of growth at most",
  ...EMULATOR_UNITS,
};

/** What must not rise with the jobs. One of a thousand that leaves something behind is one too many. */
const FLAT = ["timers", "sockets", "connections", "listeners", "mostListeners", "entries", "mostEntries"] as const;
const MOST_PER_THOUSAND = 1;
/** It takes half of it to start. All uploads in memory as well would be too many. */
const MOST_EMULATOR_MEBIBYTES = 1536;

/** (f) Loads: very many at once, one after another for long, and many files. Each runs once, since it repeats itself. */
export async function loadGroup(settings: Settings): Promise<GroupReport> {
  const report: GroupReport = {
    group: "load",
    measurements: [],
    ratios: [],
    verdicts: [],
    notes: [
      "A rise is the median slope over the last three quarters of the samples, each taken while nothing runs, after garbage collection.",
      "Timers and sockets are those that keep the process alive, connections all that the server has; listeners, maps and sets are found by watching who makes them, from outside of the SDK.",
      "The emulator keeps the rows and events of all jobs, and so grows by what it is given; the files of uploads lie on the disk.",
    ],
  };
  const sizes = settings.isQuick ? QUICK : FULL;
  const { generates = sizes.generates, jobs = sizes.jobs, uploads = sizes.uploads } = settings.loads ?? {};
  await loadGenerates(generates, settings, report);
  await loadShortJobs(jobs, settings, report);
  await loadUploads(uploads, settings, report);
  return report;
}

async function loadGenerates(jobs: number, settings: Settings, report: GroupReport): Promise<void> {
  const scenario = `${jobs.toLocaleString("en")} generate() at once`;
  settings.say(`${scenario}:`);
  await using emulator = await startBenchEmulator();
  const before = await emulator.memory();
  const task = { ...IDLE, url: emulator.url, controlUrl: "", token: await emulator.newUser(), jobs };
  const result = await runContestant(contestant("generates.ts"), task, settings.say);
  const after = await emulator.memory();
  const posts = await emulator.requests("POST /completion/async");
  const rounds = new Rounds();
  rounds.add("sdk", {
    ...result,
    unexpectedPosts: Math.abs(posts - jobs),
    ...emulatorMemory(before.nowMebibytes, after.nowMebibytes, after.mostMebibytes),
  });
  report.measurements.push(...rounds.measurements(scenario, GENERATES_UNITS));
  report.verdicts.push(
    atMost("gate", `(f) ${scenario}: wrong`, 0, rounds.spread("sdk", "wrong"), "jobs"),
    atMost("gate", `(f) ${scenario}: posts too many or too few`, 0, rounds.spread("sdk", "unexpectedPosts"), "posts"),
    atMost("gate", `(f) ${scenario}: growth of memory`, 512, rounds.spread("sdk", "growthMebibytes"), "MiB"),
    atMost(
      "gate",
      `(f) ${scenario}: emulator`,
      MOST_EMULATOR_MEBIBYTES,
      rounds.spread("sdk", "emulatorMostMebibytes"),
      "MiB resident",
    ),
  );
}

async function loadShortJobs(jobs: number, settings: Settings, report: GroupReport): Promise<void> {
  const scenario = `${jobs.toLocaleString("en")} short jobs, ${JOBS_AT_ONCE} at once`;
  settings.say(`${scenario}:`);
  await using server = await startLoadServer();
  const { url, controlUrl } = server;
  const task = { ...IDLE, url, controlUrl, jobs, atOnce: JOBS_AT_ONCE, sampleEvery: sampleEvery(jobs) };
  const rounds = new Rounds();
  rounds.add("sdk", await runContestant(contestant("short-jobs.ts"), task, settings.say));
  const got = (metric: string): Spread => rounds.spread("sdk", metric);
  report.measurements.push(...rounds.measurements(scenario, JOBS_UNITS));
  report.verdicts.push(
    atMost("gate", `(f) ${scenario}: wrong`, 0, got("wrong"), "jobs"),
    atMost("gate", `(f) ${scenario}: rise of heap`, 20, got("heapBytesPerJob"), "B a job"),
    ...FLAT.map((metric) => {
      const what = `(f) ${scenario}: rise of ${JOBS_UNITS[metric].replace(" at the end", "")}`;
      return atMost("gate", what, MOST_PER_THOUSAND, got(`${metric}PerThousand`), "per 1,000 jobs");
    }),
  );
}

async function loadUploads(uploads: number, settings: Settings, report: GroupReport): Promise<void> {
  const scenario = `${uploads.toLocaleString("en")} uploads of 1 MB, ${UPLOADS_AT_ONCE} at once`;
  settings.say(`${scenario}:`);
  const folder = await mkdtemp(join(tmpdir(), "flowith-bench-load-"));
  try {
    const rounds = new Rounds();
    rounds.add("sdk", await uploadResult(uploads, folder, settings));
    const got = (metric: string): Spread => rounds.spread("sdk", metric);
    report.measurements.push(...rounds.measurements(scenario, UPLOADS_UNITS));
    report.verdicts.push(
      atMost("gate", `(f) ${scenario}: wrong`, 0, got("wrong"), "uploads"),
      atMost("gate", `(f) ${scenario}: rise of heap`, 2_000, got("heapBytesPerUpload"), "B an upload"),
      atMost("gate", `(f) ${scenario}: growth of memory`, 256, got("growthMebibytes"), "MiB"),
      atMost(
        "gate",
        `(f) ${scenario}: emulator`,
        MOST_EMULATOR_MEBIBYTES,
        got("emulatorMostMebibytes"),
        "MiB resident",
      ),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function uploadResult(jobs: number, folder: string, settings: Settings): Promise<Result> {
  await using emulator = await startBenchEmulator(join(folder, "emulator"));
  const before = await emulator.memory();
  const token = await emulator.newUser();
  const size = { jobs, fileBytes: UPLOAD_BYTES, atOnce: UPLOADS_AT_ONCE, sampleEvery: sampleEvery(jobs) };
  const task = { ...IDLE, ...size, url: emulator.url, controlUrl: "", token, folder };
  const result = await runContestant(contestant("uploads.ts"), task, settings.say);
  const after = await emulator.memory();
  return { ...result, ...emulatorMemory(before.nowMebibytes, after.nowMebibytes, after.mostMebibytes) };
}

function contestant(script: string): Contestant {
  return { name: "sdk", command: NODE, script: contestantScript(`load/${script}`), mostSeconds: 3_600 };
}

function sampleEvery(jobs: number): number {
  return Math.max(1, Math.floor(jobs / SAMPLES));
}

function emulatorMemory(before: number, after: number, most: number): Result {
  return { emulatorBeforeMebibytes: before, emulatorAfterMebibytes: after, emulatorMostMebibytes: most };
}
