// The time from generateStream to its first delta, for jobs one after another.
import { Flowith } from "flowith-webapi/node";
import { PROMPTS } from "../load-server/jobs.ts";
import { counts, reset } from "./control.ts";
import { type JobTimes, reportTimes, requestsOf } from "./job-times.ts";
import { readTask } from "./task.ts";
import { TOKEN } from "./wire.ts";

const task = readTask();
const flowith = new Flowith({ token: TOKEN, edgeUrl: task.url, supabaseUrl: task.url });
const times: JobTimes = { firstDeltaMs: [], doneMs: [] };
let convId = "";

async function run(options: { convId?: string }, onDelta: () => void | Promise<void>): Promise<void> {
  let isFirst = true;
  for await (const chunk of flowith.generateStream(PROMPTS.small, options)) {
    if (isFirst && chunk.textDelta !== "") {
      isFirst = false;
      await onDelta();
    }
    convId = chunk.convId;
  }
}

async function requestsBeforeDelta(options: { convId?: string }): Promise<number> {
  let requests = 0;
  await reset(task);
  await run(options, async () => {
    requests = requestsOf(await counts(task));
  });
  return requests;
}

const requestsInNew = await requestsBeforeDelta({});
const requestsInOld = await requestsBeforeDelta({ convId });
for (let number = 0; number < task.jobs; number++) {
  const startedAtMs = performance.now();
  await run({}, () => {
    times.firstDeltaMs.push(performance.now() - startedAtMs);
  });
  times.doneMs.push(performance.now() - startedAtMs);
}
reportTimes(times, { requestsInNew, requestsInOld });
process.exit(0);
