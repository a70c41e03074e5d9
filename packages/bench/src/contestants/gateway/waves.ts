// Waves of very many chats through the gateway, which show what each of them leaves behind in its process.
import { setTimeout as sleep } from "node:timers/promises";
import { counts, reset } from "../control.ts";
import { note, riseOf } from "../load/samples.ts";
import { readTask, report } from "../task.ts";
import { Chats } from "./chats.ts";
import { type ServerState, startGateway } from "./server-process.ts";

interface Sample extends ServerState {
  /** Chats so far. */
  done: number;
  /** The gateway's to the service, as that one sees them. */
  connections: number;
}

const OPEN = ["timers", "sockets", "connections"] as const;
const LOOK_MS = 250;

const task = readTask();
await reset(task);
await using server = await startGateway(task);
const chats = new Chats(task, server.url);
/** As long as the gateway runs, it holds its event stream. */
const first = new Chats({ ...task, jobs: 1 }, server.url);

async function sample(done: number): Promise<Sample> {
  const state = await server.state();
  return { done, ...state, connections: (await counts(task)).openConnections };
}

/** Pools let go of connections after a while without use: what is still open when that is over is left behind. */
async function settled(done: number, base: Sample): Promise<Sample> {
  const endsAtMs = performance.now() + task.settleMs;
  for (;;) {
    const taken = await sample(done);
    if (OPEN.every((metric) => taken[metric] <= base[metric]) || performance.now() > endsAtMs) return taken;
    await sleep(LOOK_MS);
  }
}

const failures = await first.wave();
await sleep(task.settleMs);
const base = await sample(0);
note(`  base: ${JSON.stringify(base)}`);

const samples: Sample[] = [];
const startedAtMs = performance.now();
for (let wave = 1; wave <= task.passes; wave++) {
  const failed = await chats.wave();
  const [failure] = failed;
  if (failure !== undefined) note(`  ${failed.length} chats of wave ${wave} are lost: ${failure}`);
  failures.push(...failed);
  const taken = await settled(wave * task.jobs, base);
  note(`  ${JSON.stringify(taken)}`);
  samples.push(taken);
}
const last = samples.at(-1) ?? base;
report({
  wrong: failures.length,
  seconds: (performance.now() - startedAtMs) / 1000,
  heapMegabytes: last.heapBytes / 1e6,
  rssMegabytes: last.rssBytes / 1e6,
  heapBytesPerChat: riseOf(samples, ({ heapBytes }) => heapBytes),
  rssBytesPerChat: riseOf(samples, ({ rssBytes }) => rssBytes),
  ...Object.fromEntries(
    OPEN.flatMap((metric) => [
      [metric, last[metric]],
      [`${metric}AboveBase`, Math.max(...samples.map((taken) => taken[metric] - base[metric]))],
    ]),
  ),
});
process.exit(0);
