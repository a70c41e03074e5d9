// The stream class of the openai client over the same event stream.
import { Stream } from "openai/streaming";
import { measurePasses } from "./measure.ts";
import { readTask } from "./task.ts";
import { openStream, postJobs } from "./wire.ts";

const task = readTask();
const controller = new AbortController();
const stream = Stream.fromSSEResponse<{ heartbeat?: number }>(await openStream(task, controller.signal), controller);
const iterator = stream[Symbol.asyncIterator]();
const wanted = task.jobs * (task.events + 1);

await measurePasses(task, () => ({
  post: () => postJobs(task),
  async receive() {
    for (let events = 0; events < wanted; ) {
      const { done, value } = await iterator.next();
      if (done) throw new Error("The stream ended.");
      if (value.heartbeat === undefined) events++;
    }
  },
}));
process.exit(0);
