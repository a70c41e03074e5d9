import { spreadOf } from "../harness/statistics.ts";
import { type Counts, counts, reset } from "./control.ts";
import { report, type Task } from "./task.ts";

/** One job in a new conversation. @returns its text */
export type RunJob = (onDelta: (text: string) => void) => Promise<string>;

/** Runs passes one after another, all jobs of a pass at once, and reports what they took; warm-ups are not counted. */
export async function measureJobs(task: Task, run: RunJob, more: Record<string, number>): Promise<void> {
  const firstDeltaMs: number[] = [];
  const doneMs: number[] = [];
  const passMs: number[] = [];
  const measured = async (): Promise<void> => {
    const startedAtMs = performance.now();
    let isFirst = true;
    await checked(run, () => {
      if (isFirst) firstDeltaMs.push(performance.now() - startedAtMs);
      isFirst = false;
    });
    doneMs.push(performance.now() - startedAtMs);
  };
  const pass = async (job: () => Promise<void>): Promise<void> => {
    const startedAtMs = performance.now();
    await Promise.all(Array.from({ length: task.jobs }, job));
    passMs.push(performance.now() - startedAtMs);
  };
  for (let number = 0; number < task.warmups; number++) await pass(() => checked(run, () => undefined));
  passMs.length = 0;
  const cpu = process.cpuUsage();
  for (let number = 0; number < task.passes; number++) await pass(measured);
  const spent = process.cpuUsage(cpu);
  report({
    firstDeltaMeanMs: mean(firstDeltaMs),
    firstDeltaMedianMs: spreadOf(firstDeltaMs).median,
    doneMeanMs: mean(doneMs),
    passMedianMs: spreadOf(passMs).median,
    cpuMillisecondsPerJob: (spent.user + spent.system) / 1000 / (task.passes * task.jobs),
    ...more,
  });
}

/** Requests of a job until its first delta; the event stream, which serves all jobs, is not one of them. */
export async function requestsBeforeDelta(task: Task, run: RunJob): Promise<number> {
  let counted: Promise<Counts> | undefined;
  await reset(task);
  await run(() => {
    counted ??= counts(task);
  });
  if (counted === undefined) throw new Error("The job ended without a delta.");
  return Object.entries((await counted).requests)
    .filter(([what]) => !what.startsWith("GET /user_stream/"))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** Whoever gives out less than came must not be the faster one. */
async function checked(run: RunJob, onDelta: () => void): Promise<void> {
  let given = "";
  const text = await run((delta) => {
    given += delta;
    onDelta();
  });
  if (text === "" || given !== text) throw new Error(`${given.length} of ${text.length} characters were given out.`);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
