// The floor: fetch, eventsource-parser and JSON.parse in a reader loop, and nothing else.
import { createParser } from "eventsource-parser";
import { measurePasses } from "./measure.ts";
import { readTask } from "./task.ts";
import { bodyReader, openStream, postJobs } from "./wire.ts";

const task = readTask();
const reader = bodyReader(await openStream(task));
const decoder = new TextDecoder();
const wanted = task.jobs * (task.events + 1);
let events = 0;
const parser = createParser({
  onEvent({ data }) {
    const value: { heartbeat?: number } = JSON.parse(data);
    if (value.heartbeat === undefined) events++;
  },
});

await measurePasses(task, () => ({
  post: () => postJobs(task),
  async receive() {
    for (events = 0; events < wanted; ) {
      const { done, value } = await reader.read();
      if (done) throw new Error("The stream ended.");
      parser.feed(decoder.decode(value, { stream: true }));
    }
  },
}));
process.exit(0);
