import type { EdgeClient } from "../edge/edge-client.ts";
import type { EventConnection } from "../events/event-connection.ts";
import type { RowWatch } from "../events/row-watch.ts";
import type { JobHandle } from "../job-handle.ts";
import type { CallOptions, JobOptions } from "../options.ts";
import type { NewNode } from "../ports.ts";
import type { ProgressReporter } from "../progress.ts";
import type { Canvas } from "../resources/canvas.ts";
import type { SessionManager } from "../session/session-manager.ts";
import { delay } from "../timing/delay.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import { withSignal } from "../timing/with-signal.ts";
import { checkPostAnswer } from "../wire/post-answer.ts";
import { childPosition, FIRST_PROMPT, type Position } from "./canvas-position.ts";
import type { JobDescription } from "./job-description.ts";
import { JobWait } from "./job-wait.ts";

export interface JobServices {
  session: SessionManager;
  edge: EdgeClient;
  canvas: Canvas;
  /** Data of all jobs. */
  stream: EventConnection;
  /** The keepalive channel, which can bring media results too. */
  keepalive: EventConnection;
  rows: RowWatch;
  /** Jobs that are waited for, for `close()`. */
  waits: Set<{ fail(error: unknown): void }>;
}

/** Where a job's nodes go, when not under a new conversation's root. */
export interface JobPlace {
  convId?: string | undefined;
  parentId?: string | undefined;
  /** Of the prompt node. */
  position?: Position | undefined;
}

export interface SubmitOptions extends CallOptions, Pick<JobOptions, "extraBody" | "onSubmit"> {
  progress: ProgressReporter;
}

/** How long a job waits for the event stream's headers before it is posted all the same and relies on its row. */
const STREAM_OPEN_MS = 3_000;

export interface SubmittedJob<Result> {
  wait: JobWait<Result>;
  /** Resolves when the job was taken, with its handle; its failure is the wait's failure too. */
  submitted: Promise<JobHandle>;
}

/**
 * Starts a job in the order that loses nothing (design, the way a request travels): listen, rows, handle to the caller,
 * post. The wait can be used at once; whatever fails on the way ends it.
 */
export function submitJob<Result>(
  services: JobServices,
  job: JobDescription<Result>,
  place: JobPlace,
  options: SubmitOptions,
  onNews?: () => void,
): SubmittedJob<Result> {
  const wait = new JobWait<Result>({
    nodeId: crypto.randomUUID(),
    what: job.what,
    reader: job.reader,
    connections: job.isMedia ? [services.stream, services.keepalive] : [services.stream],
    rows: services.rows,
    limits: job.limits,
    quietMs: job.quietMs,
    maxQuietMs: job.maxQuietMs,
    signal: options.signal,
    onNews,
  });
  wait.listen();
  // The job's own limit and the caller's abort end the requests on the way as well.
  const ending = linkedAbort();
  services.waits.add(wait);
  const end = (reason: unknown): void => {
    services.waits.delete(wait);
    ending.abort(reason);
  };
  wait.result.then(() => end(new DOMException("The job is done.", "AbortError")), end);
  const submitted = submit(services, job, place, options, wait, ending.signal);
  submitted.catch((error: unknown) => wait.fail(error));
  return { wait, submitted };
}

async function submit<Result>(
  services: JobServices,
  job: JobDescription<Result>,
  place: JobPlace,
  options: SubmitOptions,
  wait: JobWait<Result>,
  signal: AbortSignal,
): Promise<JobHandle> {
  const { session, canvas, edge, stream, keepalive } = services;
  // A turn of the loop, so that a signal that was aborted before the call has reached ours.
  await Promise.resolve();
  signal.throwIfAborted();
  const { nodeId } = wait;
  const userNodeId = crypto.randomUUID();
  await job.prepare?.(signal);
  const userId = await session.userId(signal);
  const convId = place.convId ?? (await canvas.createConversation(userId, { signal }));
  const handle: JobHandle = {
    v: 1,
    kind: job.kind,
    nodeId,
    userNodeId,
    convId,
    userId,
    model: job.model,
    createdAtMs: Date.now(),
  };
  wait.identify(handle);
  const position = place.position ?? FIRST_PROMPT;
  const timestamp = String(Math.floor(handle.createdAtMs / 1000));
  const answerPosition = childPosition(position);
  const question: NewNode = {
    id: userNodeId,
    convId,
    parentId: place.parentId ?? convId,
    type: "1",
    position,
    data: { timestamp, value: job.prompt },
  };
  const answerData = job.answerData && {
    title: "AI",
    value: "",
    timestamp,
    model: job.model,
    status: "init",
    ...job.answerData,
  };
  const nodes: NewNode[] = [question];
  if (answerData !== undefined) {
    nodes.push({ id: nodeId, convId, parentId: userNodeId, type: "2", position: answerPosition, data: answerData });
  }
  await canvas.insertNodes(nodes, { signal });
  const connections = job.isMedia ? [stream, keepalive] : [stream];
  await openOrLate(connections, signal);
  await options.onSubmit?.(handle);
  signal.throwIfAborted();
  const keeps = answerData === undefined ? connections.map((connection) => connection.keepUnknown()) : [];
  try {
    const answer = await edge.text("POST", job.path, {
      query: job.query,
      json: { ...job.body({ nodeId, convId, userNodeId, position: answerPosition }), ...options.extraBody },
      headers: options.headers,
      timeout: { connectMs: job.limits.connectMs },
      leftMs: () => wait.leftMs,
      maxRetries: options.maxRetries,
      onResponse: options.onResponse,
      signal,
    });
    wait.moveTo(checkPostAnswer(answer, `POST ${job.path}`) ?? nodeId);
  } finally {
    for (const end of keeps) end();
  }
  wait.posted();
  options.progress.report("submitted");
  return wait.handle ?? handle;
}

async function openOrLate(connections: readonly EventConnection[], signal: AbortSignal): Promise<void> {
  const patience = linkedAbort(signal);
  try {
    const opened = Promise.all(connections.map((connection) => connection.whenOpen()));
    await Promise.race([withSignal(opened, patience.signal), delay(STREAM_OPEN_MS, patience.signal)]);
  } finally {
    patience.abort(undefined);
    patience.release();
  }
}
