// Jobs with plain fetch: the same requests as the SDK's, and the same stream, read the plainest right way.
import { PROMPTS } from "../load-server/jobs.ts";
import { BareClient } from "./bare-client.ts";
import { reset } from "./control.ts";
import { measureJobs, requestsBeforeDelta } from "./measure-jobs.ts";
import { readTask } from "./task.ts";

const task = readTask();
await reset(task);
const client = await BareClient.connect(task);
const run = (onDelta: (text: string) => void): Promise<string> => client.generate(PROMPTS.small, onDelta);

const requestsInNew = await requestsBeforeDelta(task, run);
await measureJobs(task, run, { requestsInNew });
process.exit(0);
