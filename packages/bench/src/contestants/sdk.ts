// The public iterator of the SDK, as it stands in dist.
import { Flowith, type GenerationStream } from "flowith-webapi/node";
import { Frames } from "../load-server/frames.ts";
import { PROMPTS } from "../load-server/jobs.ts";
import { measurePasses } from "./measure.ts";
import { readTask } from "./task.ts";
import { TOKEN } from "./wire.ts";

const WAVE = 100;

const task = readTask();
const { text } = new Frames({
  nodeIds: [""],
  eventsPerJob: 1,
  eventBytes: task.bytes,
  isAllText: task.isAllText,
  hasResult: false,
});
const expectedLength = text.length * task.events;
const flowith = new Flowith({ token: TOKEN, edgeUrl: task.url, supabaseUrl: task.url });

async function consume(stream: GenerationStream): Promise<void> {
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.textDelta.length;
    if (chunk.isRevised) throw new Error("The text was revised.");
  }
  if (length !== expectedLength) throw new Error(`${length} characters came, not ${expectedLength}.`);
}

/** @returns once all are posted, what resolves once all are done */
async function submit(count: number, prompt: string): Promise<{ done: Promise<unknown> }> {
  let left = count;
  const { promise: posted, resolve } = Promise.withResolvers<void>();
  const jobs = Array.from({ length: count }, () => {
    const stream = flowith.generateStream(prompt, {
      timeout: { firstEventMs: 0, totalMs: 0 },
      onProgress({ phase }) {
        if (phase === "submitted" && --left === 0) resolve();
      },
    });
    return consume(stream);
  });
  const done = Promise.all(jobs);
  await Promise.race([posted, done]);
  return { done };
}

// In waves: thousands of requests at once would run into their own time limits.
for (let left = task.waiting; left > 0; left -= WAVE) await submit(Math.min(left, WAVE), PROMPTS.wait);

await measurePasses(task, () => {
  let done: Promise<unknown> = Promise.resolve();
  return {
    async post() {
      ({ done } = await submit(task.jobs, PROMPTS.hold));
    },
    async receive() {
      await done;
    },
  };
});
process.exit(0);
