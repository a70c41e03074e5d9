// Very many generate() in one turn of the loop, each with an answer of its own.
import { Flowith } from "flowith-webapi/node";
import { MemoryGrowth } from "../memory-growth.ts";
import { readTask, report } from "../task.ts";
import { runSideBySide } from "./samples.ts";

const task = readTask();
const flowith = new Flowith({ token: task.token, edgeUrl: task.url, supabaseUrl: task.url });
const growth = new MemoryGrowth();
const startedAtMs = performance.now();
const cpu = process.cpuUsage();
const wrong = await runSideBySide(task.jobs, task.jobs, async (number) => {
  const words = `answer ${number} goes to nobody but to whom asked for ${number}`;
  return (await flowith.generate(`Say: ${words}`)).text === words;
});
const { user, system } = process.cpuUsage(cpu);
report({
  wrong,
  seconds: (performance.now() - startedAtMs) / 1000,
  cpuMillisecondsPerJob: (user + system) / 1000 / task.jobs,
  growthMebibytes: growth.stop(),
});
process.exit(0);
