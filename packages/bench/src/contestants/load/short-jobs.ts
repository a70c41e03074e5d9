// Many short jobs of all kinds through one client, which shows what each of them leaves behind.
import { Frames } from "../../load-server/frames.ts";
import { PROMPTS, SMALL } from "../../load-server/jobs.ts";
import { counts } from "../control.ts";
import { readTask, report } from "../task.ts";
import { TOKEN } from "../wire.ts";
import { beginCensus, type Census } from "./census.ts";
import { heapBytes, note, riseOf, runSideBySide } from "./samples.ts";

const census = beginCensus();
// After the census has begun, so that the SDK's own maps are in it.
const { Flowith } = await import("flowith-webapi/node");

const task = readTask();
const flowith = new Flowith({ token: TOKEN, edgeUrl: task.url, supabaseUrl: task.url });
const answer = new Frames({ ...SMALL, nodeIds: [""] }).text.repeat(SMALL.eventsPerJob);
/** One for all jobs, as a program has that is to be stopped. */
const { signal } = new AbortController();
const reason = new Error("enough");

async function isText(): Promise<boolean> {
  return (await flowith.generate(PROMPTS.small, { signal })).text === answer;
}

async function isTurn(): Promise<boolean> {
  return (await flowith.startConversation().send(PROMPTS.small, { signal })).text === answer;
}

async function isStream(): Promise<boolean> {
  let given = "";
  for await (const { textDelta } of flowith.generateStream(PROMPTS.small, { signal })) given += textDelta;
  return given === answer;
}

async function isStreamThatIsLeft(): Promise<boolean> {
  for await (const { textDelta } of flowith.generateStream(PROMPTS.small, { signal })) {
    if (textDelta !== "") return answer.startsWith(textDelta);
  }
  return false;
}

async function isPicture(): Promise<boolean> {
  return (await flowith.generateImage("1024", { signal })).image.url.endsWith("/files/1024");
}

async function isAborted(): Promise<boolean> {
  const own = new AbortController();
  const onProgress = ({ phase }: { phase: string }): void => {
    if (phase === "submitted") own.abort(reason);
  };
  const job = flowith.generate(PROMPTS.wait, { signal: own.signal, onProgress });
  return job.then(
    () => false,
    (error: unknown) => error === reason,
  );
}

const KINDS = [isText, isStream, isText, isPicture, isText, isTurn, isStream, isStreamThatIsLeft, isText, isAborted];

const COUNTED = ["timers", "sockets", "connections", "listeners", "mostListeners", "entries", "mostEntries"] as const;

function resources(type: string): number {
  return process.getActiveResourcesInfo().filter((name) => name === type).length;
}

interface Sample extends Census {
  done: number;
  heapBytes: number;
  rssBytes: number;
  timers: number;
  /** Those that keep the process alive, which its pool of idle connections does not. */
  sockets: number;
  /** All, as the server sees them. */
  connections: number;
}

async function sample(done: number): Promise<Sample> {
  // The heap first: a census holds what it counts until the turn ends.
  const heap = await heapBytes();
  const taken = {
    done,
    heapBytes: heap,
    rssBytes: process.memoryUsage().rss,
    timers: resources("Timeout"),
    sockets: resources("TCPSocketWrap"),
    connections: (await counts(task)).openConnections,
    ...census(),
  };
  note(`  ${JSON.stringify(taken)}`);
  return taken;
}

const samples: Sample[] = [];
const startedAtMs = performance.now();
const cpu = process.cpuUsage();
let wrong = 0;
let done = 0;
while (done < task.jobs) {
  const count = Math.min(task.sampleEvery, task.jobs - done);
  wrong += await runSideBySide(count, task.atOnce, async (number) => (await KINDS[number % KINDS.length]?.()) ?? false);
  done += count;
  samples.push(await sample(done));
}
const { user, system } = process.cpuUsage(cpu);
const last = samples.at(-1);
report({
  wrong,
  seconds: (performance.now() - startedAtMs) / 1000,
  cpuMillisecondsPerJob: (user + system) / 1000 / task.jobs,
  heapMegabytes: (last?.heapBytes ?? Number.NaN) / 1e6,
  rssMegabytes: (last?.rssBytes ?? Number.NaN) / 1e6,
  heapBytesPerJob: riseOf(samples, ({ heapBytes }) => heapBytes),
  ...Object.fromEntries(
    COUNTED.flatMap((metric) => [
      [metric, last?.[metric] ?? Number.NaN],
      [`${metric}PerThousand`, riseOf(samples, (sample) => sample[metric]) * 1000],
    ]),
  ),
});
process.exit(0);
