// Counts bytes and nothing else: what the load server can send at most, and what fetch takes of that.
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { measurePasses } from "./measure.ts";
import { readTask } from "./task.ts";
import { postJobs } from "./wire.ts";

const task = readTask();
const request = get(`${task.url}/user_stream/stream?user_id=bench`);
const [response]: IncomingMessage[] = await once(request, "response");
if (response === undefined) throw new Error("The stream did not open.");
let received = 0;
let wanted = Number.POSITIVE_INFINITY;
let done: () => void = () => undefined;
response.on("data", (part: Buffer) => {
  received += part.length;
  if (received >= wanted) done();
});

await measurePasses(task, () => ({
  post: () => postJobs(task),
  receive: (totalBytes) =>
    new Promise<void>((resolve) => {
      received = 0;
      wanted = totalBytes;
      done = resolve;
    }),
}));
process.exit(0);
