import { createParser } from "eventsource-parser";
import { expect, it } from "vitest";
import { Frames } from "./frames.ts";

const plan = { eventsPerJob: 12, eventBytes: 250, isAllText: false, hasResult: true };

/** What the events of each job say, and what the terminal ones do. */
async function read(frames: Frames): Promise<Record<string, { text: string; result: string }>> {
  const jobs: Record<string, { text: string; result: string }> = {};
  const parser = createParser({
    onEvent: ({ data: line }) => {
      const { data } = JSON.parse(line);
      jobs[data.nodeId] ??= { text: "", result: "" };
      const job = jobs[data.nodeId];
      if (job === undefined) return;
      if (data.type === "chunks") job.text += data.chunks.join("");
      else job.result = data.result;
    },
  });
  for await (const [batch] of frames.batches(1, async () => undefined)) parser.feed(batch.toString());
  return jobs;
}

it.each([
  { labels: ["n1", "n2", "n3"], alike: 3 },
  { labels: undefined, alike: 1 },
])("sends the whole text of each job, with labels $labels", async ({ labels, alike }) => {
  const nodeIds = ["a", "b", "c"].map((letter) => letter.repeat(36));
  const frames = new Frames({ ...plan, nodeIds, labels });
  const jobs = await read(frames);
  for (const [place, nodeId] of nodeIds.entries()) {
    const whole = frames.wholeText(labels?.[place]);
    expect(whole).toHaveLength(12 * frames.text.length);
    expect(jobs[nodeId]).toEqual({ text: whole, result: whole });
  }
  expect(new Set(Object.values(jobs).map(({ text }) => text)).size).toBe(alike);
});
