import { MemoryGrowth } from "./memory-growth.ts";
import { report, type Task } from "./task.ts";

/** Measures one transfer, after a small one that loads the code. */
export async function measureTransfer(
  task: Task,
  transfer: (sizeBytes: number, isWarmup: boolean) => Promise<void>,
): Promise<void> {
  await transfer(1024, true);
  globalThis.gc?.();
  const growth = new MemoryGrowth();
  const startedAtMs = performance.now();
  const cpu = process.cpuUsage();
  await transfer(task.fileBytes, false);
  const seconds = (performance.now() - startedAtMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  report({
    megabytesPerSecond: task.fileBytes / seconds / 1e6,
    cpuMillisecondsPerMegabyte: (user + system) / 1000 / (task.fileBytes / 1e6),
    growthMebibytes: growth.stop(),
    seconds,
  });
}
