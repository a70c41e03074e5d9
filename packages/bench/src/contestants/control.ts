import * as v from "valibot";
import type { Task } from "./task.ts";

const readySchema: v.GenericSchema<unknown, { isReady: boolean; jobs: number; totalBytes: number }> = v.object({
  isReady: v.boolean(),
  jobs: v.number(),
  totalBytes: v.number(),
});

const countsSchema: v.GenericSchema<unknown, Counts> = v.object({
  connections: v.number(),
  openConnections: v.number(),
  mostOpen: v.number(),
  streams: v.number(),
  requests: v.record(v.string(), v.number()),
});

/** What the load server saw of a client since the last reset. */
export interface Counts {
  connections: number;
  openConnections: number;
  mostOpen: number;
  /** Event streams that are open now. */
  streams: number;
  requests: Record<string, number>;
}

/** Waits until the server holds all jobs and has their frames made. @returns how many bytes it is going to send */
export async function whenReady(task: Task): Promise<number> {
  const query = new URLSearchParams({
    jobs: String(task.jobs),
    streams: "1",
    events: String(task.events),
    bytes: String(task.bytes),
    ...(task.isAllText ? { allText: "" } : {}),
    ...(task.hasResult ? {} : { noResult: "" }),
  });
  const ready = v.parse(readySchema, await call(task, `/ready?${query}`));
  if (!ready.isReady) throw new Error(`The load server got ${ready.jobs} of ${task.jobs} jobs.`);
  return ready.totalBytes;
}

/** Lets the server send. */
export async function start(task: Task): Promise<void> {
  await call(task, "/start");
}

/** Forgets all counts, and sets how long the service is to take for each answer. */
export async function reset(task: Task): Promise<void> {
  await call(task, `/reset?delayMs=${task.delayMs}`);
}

export async function counts(task: Task): Promise<Counts> {
  return v.parse(countsSchema, await call(task, "/counts"));
}

async function call(task: Task, path: string): Promise<unknown> {
  return (await fetch(task.controlUrl + path)).json();
}
