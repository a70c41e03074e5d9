// Jobs by generateStream, each of which has its conversation.
import { Flowith } from "flowith-webapi/node";
import { PROMPTS } from "../load-server/jobs.ts";
import { measureJobs, requestsBeforeDelta } from "./measure-jobs.ts";
import { readTask } from "./task.ts";
import { TOKEN } from "./wire.ts";

const task = readTask();
const flowith = new Flowith({ token: TOKEN, edgeUrl: task.url, supabaseUrl: task.url });
let lastConvId = "";

async function run(onDelta: (text: string) => void, options: { convId?: string } = {}): Promise<string> {
  let whole = "";
  for await (const { text, textDelta, convId } of flowith.generateStream(PROMPTS.small, options)) {
    if (textDelta !== "") onDelta(textDelta);
    whole = text;
    lastConvId = convId;
  }
  return whole;
}

const requestsInNew = await requestsBeforeDelta(task, run);
const requestsInOld = await requestsBeforeDelta(task, (onDelta) => run(onDelta, { convId: lastConvId }));
await measureJobs(task, run, { requestsInNew, requestsInOld });
process.exit(0);
