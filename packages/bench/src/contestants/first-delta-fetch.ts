// The same requests with bare fetch, and the same stream read with the parser alone.
import { randomUUID } from "node:crypto";
import { createParser } from "eventsource-parser";
import { PROMPTS } from "../load-server/jobs.ts";
import { reset } from "./control.ts";
import { type JobTimes, reportTimes } from "./job-times.ts";
import { readTask, type Task } from "./task.ts";
import { bodyReader, openStream, postJob, TOKEN } from "./wire.ts";

const task = readTask();
await reset(task);
const reader = bodyReader(await openStream(task));
const decoder = new TextDecoder();
const times: JobTimes = { firstDeltaMs: [], doneMs: [] };
let isSeen = false;
let isDone = false;
const parser = createParser({
  onEvent({ data }) {
    const value: { data?: { type?: string } } = JSON.parse(data);
    if (value.data?.type === "chunks") isSeen = true;
    if (value.data?.type === "complete") isDone = true;
  },
});

async function readUntil(isReached: () => boolean): Promise<void> {
  while (!isReached()) {
    const { done, value } = await reader.read();
    if (done) throw new Error("The stream ended.");
    parser.feed(decoder.decode(value, { stream: true }));
  }
}

async function insert({ url }: Task, path: string, row: unknown): Promise<void> {
  const response = await fetch(`${url}/rest/v1/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, apikey: "key", "content-type": "application/json" },
    body: JSON.stringify(row),
  });
  await response.text();
}

for (let number = 0; number < task.jobs; number++) {
  isSeen = false;
  isDone = false;
  const startedAtMs = performance.now();
  const [convId, userNodeId, nodeId] = [randomUUID(), randomUUID(), randomUUID()];
  const node = { position: { x: 0, y: 130 }, conv_id: convId, c_ids: [] };
  await insert(task, "conversation?select=id", { project_id: null, is_absolute_mode: true, user_id: convId });
  await insert(task, "flow_node", [
    { ...node, id: userNodeId, p_id: convId, type: "1", data: { value: PROMPTS.small } },
    { ...node, id: nodeId, p_id: userNodeId, type: "2", data: { value: "", status: "init" } },
  ]);
  const posted = postJob(task, PROMPTS.small, nodeId);
  await readUntil(() => isSeen);
  times.firstDeltaMs.push(performance.now() - startedAtMs);
  await readUntil(() => isDone);
  await posted;
  times.doneMs.push(performance.now() - startedAtMs);
}
reportTimes(times, {});
process.exit(0);
