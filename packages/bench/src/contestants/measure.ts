import { setTimeout as sleep } from "node:timers/promises";
import { spreadOf } from "../harness/statistics.ts";
import { start, whenReady } from "./control.ts";
import { report, type Task } from "./task.ts";

/** One pass: posts its jobs, and then, from the start on, takes every event of them. */
export interface Pass {
  /** Resolves when all jobs are posted. */
  post(): Promise<void>;
  /** Resolves when all events have come; throws when something is wrong with them. */
  receive(totalBytes: number): Promise<void>;
}

/** Measures the time from the start to the last event, and all CPU of the process meanwhile, collector included. */
export async function measurePasses(task: Task, pass: () => Pass): Promise<void> {
  const seconds: number[] = [];
  let cpuMicroseconds = 0;
  let bytes = 0;
  for (let number = 0; number < task.warmups + task.passes; number++) {
    const { post, receive } = pass();
    await post();
    const totalBytes = await whenReady(task);
    // Lets go what posting has left to do.
    await sleep(20);
    globalThis.gc?.();
    const startedAtMs = performance.now();
    const cpu = process.cpuUsage();
    const received = receive(totalBytes);
    await Promise.all([start(task), received]);
    const spent = process.cpuUsage(cpu);
    if (number < task.warmups) continue;
    seconds.push((performance.now() - startedAtMs) / 1000);
    cpuMicroseconds += spent.user + spent.system;
    bytes = totalBytes;
  }
  // The middle pass, since on a machine that is shared any of them can have been held up.
  const { median } = spreadOf(seconds);
  const events = task.jobs * task.events;
  report({
    eventsPerSecond: events / median,
    megabytesPerSecond: bytes / median / 1e6,
    cpuMicrosecondsPerEvent: cpuMicroseconds / task.passes / events,
    finished: task.jobs,
    seconds: median,
  });
}
