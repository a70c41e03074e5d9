import { spreadOf } from "../../harness/statistics.ts";
import { readTask, report, type Task } from "../task.ts";
import { Chats } from "./chats.ts";
import type { ServerProcess } from "./server-process.ts";

/** Starts a server, runs waves of chats through it one after another, and reports what they took; warm-ups are not counted. */
export async function measureChats(startServer: (task: Task) => Promise<ServerProcess>): Promise<void> {
  const task = readTask();
  await using server = await startServer(task);
  const chats = new Chats(task, server.url);
  const waveMs: number[] = [];
  const firstDeltaMs: number[] = [];
  for (let number = 0; number < task.warmups; number++) await checked(chats.wave());
  const cpuBefore = await server.cpuMicroseconds();
  for (let number = 0; number < task.passes; number++) {
    const startedAtMs = performance.now();
    await checked(chats.wave((afterMs) => firstDeltaMs.push(afterMs)));
    waveMs.push(performance.now() - startedAtMs);
  }
  const cpuMicroseconds = (await server.cpuMicroseconds()) - cpuBefore;
  report({
    cpuMillisecondsPerChat: cpuMicroseconds / 1000 / (task.passes * task.jobs),
    firstDeltaMedianMs: spreadOf(firstDeltaMs).median,
    waveMedianMs: spreadOf(waveMs).median,
  });
}

/** Whoever gives out less than came must not be the faster one. */
async function checked(wave: Promise<string[]>): Promise<void> {
  const [failure] = await wave;
  if (failure !== undefined) throw new Error(failure);
}
