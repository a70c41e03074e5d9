import { randomUUID } from "node:crypto";
import { PROMPTS } from "../load-server/jobs.ts";
import type { Task } from "./task.ts";

/** A token in the right form; nobody checks it. */
export const TOKEN: string = ["eyJhbGciOiJIUzI1NiJ9", base64({ sub: randomUUID(), exp: 4_000_000_000 }), "c2ln"].join(
  ".",
);

function base64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Opens the event stream with bare fetch. */
export async function openStream(task: Task, signal?: AbortSignal): Promise<Response> {
  return fetch(`${task.url}/user_stream/stream?user_id=bench`, {
    headers: { authorization: TOKEN, accept: "text/event-stream" },
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The body of an open stream. */
export function bodyReader(response: Response): ReadableStreamDefaultReader<Uint8Array> {
  if (response.body === null) throw new Error("The stream has no body.");
  return response.body.getReader();
}

/** Posts jobs with bare fetch, all at once. */
export async function postJobs(task: Task): Promise<void> {
  await Promise.all(Array.from({ length: task.jobs }, () => postJob(task, PROMPTS.hold)));
}

/** The one post that starts a job. */
async function postJob(task: Task, prompt: string): Promise<void> {
  const nodeId = randomUUID();
  const response = await fetch(`${task.url}/completion/async?mode=general`, {
    method: "POST",
    headers: { authorization: TOKEN, "content-type": "application/json" },
    body: JSON.stringify({
      model: "gpt-4.1-nano",
      messages: [{ role: "user", content: prompt }],
      nodeId,
      convId: nodeId,
      stream: true,
    }),
  });
  await response.text();
}
