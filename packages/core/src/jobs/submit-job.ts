import { ConnectionError } from "../errors/connection-error.ts";
import type { JobHandle } from "../errors/job-handle.ts";
import { ServerError } from "../errors/server-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { maybeTaken } from "../errors/with-job.ts";
import type { EventConnection } from "../events/event-connection.ts";
import type { EdgeClient } from "../http/edge-client.ts";
import { defined } from "../options/defined.ts";
import type { Logger } from "../options/logger.ts";
import type { CallOptions, JobOptions } from "../options/options.ts";
import type { ProgressReporter } from "../options/progress.ts";
import type { Canvas } from "../rows/canvas.ts";
import type { NewNode } from "../rows/ports.ts";
import type { SessionManager } from "../session/session-manager.ts";
import { delay } from "../timing/delay.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import { withSignal } from "../timing/with-signal.ts";
import { checkPostAnswer } from "../wire/post-answer.ts";
import { childPosition, FIRST_PROMPT, type Position } from "./canvas-position.ts";
import type { JobDescription } from "./job-description.ts";
import type { JobTracker } from "./job-tracker.ts";
import type { JobWait } from "./job-wait.ts";

export interface JobServices {
  session: SessionManager;
  edge: EdgeClient;
  canvas: Canvas;
  tracker: JobTracker;
  logger: Logger;
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
 * Starts a job in the order that loses nothing (wire 3; decisions/billed-post.md): listen, rows, handle to the caller,
 * post. The wait can be used at once; whatever fails on the way ends it.
 */
export function submitJob<Result>(
  services: JobServices,
  job: JobDescription<Result>,
  place: JobPlace,
  options: SubmitOptions,
  onNews?: () => void,
): SubmittedJob<Result> {
  const { tracker } = services;
  const wait = tracker.wait(job, { nodeId: crypto.randomUUID(), signal: options.signal, onNews });
  // The job's own limit and the caller's abort end the requests on the way as well.
  const signal = wait.submissionSignal;
  wait.listen();
  const submitted = submit(services, job, place, options, wait, signal);
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
  const { session, canvas, tracker, logger } = services;
  // A turn of the loop: what is told of progress may end the wait, which the caller must have by then.
  await Promise.resolve();
  signal.throwIfAborted();
  const { nodeId } = wait;
  const userNodeId = crypto.randomUUID();
  await job.prepare?.(signal);
  const userId = await session.userId(signal);
  const convId = place.convId ?? (await canvas.createConversation(userId, { signal }));
  const { kind, model } = job;
  const handle: JobHandle = { v: 1, kind, nodeId, userNodeId, convId, userId, model, createdAtMs: Date.now() };
  wait.identify(handle);
  const position = place.position ?? FIRST_PROMPT;
  await canvas.insertNodes(jobNodes(job, handle, place.parentId ?? convId, position), { signal });
  const { connections } = wait;
  await openOrLate(connections, signal);
  await withSignal(tracker.remember(handle, options.onSubmit), signal);
  signal.throwIfAborted();
  const post = async (): Promise<string | undefined> => {
    const answer = await services.edge.text("POST", job.path, {
      query: job.query,
      json: {
        ...job.body({ nodeId, convId, userNodeId, position: childPosition(position) }),
        ...defined(options.extraBody ?? {}),
      },
      headers: options.headers,
      timeout: { connectMs: job.limits.connectMs },
      leftMs: () => wait.leftMs,
      maxRetries: options.maxRetries,
      onResponse: options.onResponse,
      signal,
    });
    return checkPostAnswer(answer, `POST ${job.path}`);
  };
  const keeps = job.answerData === undefined ? connections.map((connection) => connection.keepUnknown()) : [];
  try {
    const answerId = await post().catch(async (error: unknown) => {
      if (signal.aborted || !mayHaveArrived(error)) throw error;
      const outcome = await wait.probe();
      logger.info("job: the post's answer was lost", { nodeId, outcome, error: String(error) });
      if (outcome === "taken") return undefined;
      // A row that is as it was inserted does not prove that the post had no effect.
      if (outcome === "untouched" && job.isPostedAgain) return post();
      throw maybeTaken(error);
    });
    if (answerId !== undefined) wait.moveTo(answerId);
  } finally {
    for (const end of keeps) end();
  }
  wait.posted();
  options.progress.report("submitted");
  return wait.handle ?? handle;
}

/** The prompt's node and, where the service does not make it, the answer's: in one request (wire 2.1, 2.3). */
function jobNodes(
  job: JobDescription<unknown>,
  { nodeId, userNodeId, convId, createdAtMs }: JobHandle,
  parentId: string,
  position: Position,
): NewNode[] {
  const timestamp = String(Math.floor(createdAtMs / 1000));
  const question: NewNode = {
    id: userNodeId,
    convId,
    parentId,
    type: "1",
    position,
    data: { timestamp, value: job.prompt },
  };
  if (job.answerData === undefined) return [question];
  const data = { title: "AI", value: "", timestamp, model: job.model, status: "init", ...job.answerData };
  return [question, { id: nodeId, convId, parentId: userNodeId, type: "2", position: childPosition(position), data }];
}

/** 5xx, a time-out or a broken connection: the post may be at work, and nobody knows. */
function mayHaveArrived(error: unknown): boolean {
  return ServerError.is(error) || TimeoutError.is(error) || (ConnectionError.is(error) && !error.isUnsent);
}

async function openOrLate(connections: readonly EventConnection[], signal: AbortSignal): Promise<void> {
  const patience = linkedAbort(signal);
  try {
    const opened = Promise.all(connections.map((connection) => connection.whenOpen()));
    await Promise.race([withSignal(opened, patience.signal), delay(STREAM_OPEN_MS, patience.signal)]);
  } finally {
    // A reason of its own: without one, each job would make a DOMException that nobody sees.
    patience.abort("open, or late");
    patience.release();
  }
}
