import { ConnectionError } from "../errors/connection-error.ts";
import { isLostAnswer } from "../errors/is-refusal.ts";
import type { JobHandle } from "../errors/job-handle.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { ServerError } from "../errors/server-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { maybeTaken } from "../errors/with-job.ts";
import type { EdgeClient } from "../http/edge-client.ts";
import { defined } from "../options/defined.ts";
import type { Logger } from "../options/logger.ts";
import type { CallOptions, JobOptions } from "../options/options.ts";
import type { ProgressReporter } from "../options/progress.ts";
import type { Canvas } from "../rows/canvas.ts";
import type { SessionManager } from "../session/session-manager.ts";
import { randomUuid } from "../text/random-uuid.ts";
import { throwIfAborted } from "../timing/abort.ts";
import { delay } from "../timing/delay.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import { withSignal } from "../timing/with-signal.ts";
import { checkPostAnswer } from "../wire/post-answer.ts";
import type { BatchEntry } from "./batch-entry.ts";
import { childPosition, FIRST_PROMPT, type Position } from "./canvas-position.ts";
import type { JobDescription } from "./job-description.ts";
import { jobNodes } from "./job-nodes.ts";
import { type JobNote, noteOf } from "./job-note.ts";
import type { JobTracker } from "./job-tracker.ts";
import type { JobWait } from "./job-wait.ts";
import type { WaitListener } from "./job-wait-options.ts";

/** What submissions work with. */
export interface SubmissionTools {
  session: SessionManager;
  edge: EdgeClient;
  canvas: Canvas;
  tracker: JobTracker;
  /** See `Platform`. */
  showsSilentStreams: boolean;
  logger: Logger;
}

/** Where a job's nodes go, when not under a new conversation's root. */
export interface Placement {
  convId?: string | undefined;
  parentId?: string | undefined;
  /** Of the prompt node. */
  position?: Position | undefined;
}

export interface SubmissionOptions<Result> extends CallOptions, Pick<JobOptions, "extraBody" | "onSubmit">, JobNote {
  placement: Placement;
  progress: ProgressReporter;
  listener: WaitListener<Result>;
  /** Where the handle is kept, in place of the client's own store. */
  batch?: BatchEntry | undefined;
}

/** How long a job waits for the event stream's headers before it is posted all the same and relies on its row. */
const STREAM_OPEN_MS = 3_000;
/** The same where the headers may come with the job's own first event. The stream was asked for before what came until here. */
const UNSEEN_OPEN_MS = 500;

/**
 * Starts one job in the order that loses nothing (wire 3; decisions/billed-post.md): the streams are listened to and the
 * caller has the handle before the post is sent. The wait can be used at once; whatever fails on the way ends it.
 */
export class Submission<Result> {
  readonly wait: JobWait<Result>;
  readonly #tools: SubmissionTools;
  readonly #job: JobDescription<Result>;
  readonly #options: SubmissionOptions<Result>;
  /** The job's own limit and the caller's abort end the requests on the way as well. */
  readonly #signal: AbortSignal;
  #isPrepared = false;

  constructor(tools: SubmissionTools, job: JobDescription<Result>, options: SubmissionOptions<Result>) {
    this.#tools = tools;
    this.#job = job;
    this.#options = options;
    const { signal, listener, batch } = options;
    const nodeId = batch?.handle?.nodeId ?? randomUuid();
    this.wait = tools.tracker.wait(job, { nodeId, signal, listener, jobStore: batch?.store });
    this.#signal = this.wait.submissionSignal;
    if (batch?.handle !== undefined) {
      this.wait.identify(batch.handle);
      // It may have been taken already: whatever ends the wait from here on, its handle is of use.
      this.wait.posting();
    }
  }

  /** @returns the handle, once the job was taken; what it rejects with ends the wait as well */
  start(): Promise<JobHandle> {
    this.wait.listen();
    const submitted = this.#submit();
    submitted.catch((error: unknown) => this.wait.fail(error));
    return submitted;
  }

  async #submit(): Promise<JobHandle> {
    const signal = this.#signal;
    // A turn of the loop: what is told of progress may end the wait, which the caller must have by then.
    await Promise.resolve();
    const known = this.#options.batch?.handle;
    try {
      const handle = known ?? (await this.#postAnew(signal));
      if (known !== undefined) await this.#postAgain(known);
      if (!this.wait.isSettled) this.#taken();
      return this.wait.handle ?? handle;
    } finally {
      this.wait.submitted();
    }
  }

  /** Of a job that is done by now, nobody is told. */
  #taken(): void {
    this.wait.posted();
    this.#tools.tracker.notePosted(this.wait);
    this.#options.progress.report("submitted");
  }

  async #postAnew(signal: AbortSignal): Promise<JobHandle> {
    await this.#prepare();
    throwIfAborted(signal);
    const handle = await this.#place();
    await this.#insert(handle);
    await this.#untilListening();
    await this.#handOut(handle);
    await this.#post(handle);
    return handle;
  }

  /** The process that was to post it has ended, and may have posted it: as after a lost answer. */
  async #postAgain(handle: JobHandle): Promise<void> {
    await this.#untilListening();
    const what = "the process that posted the job has ended, and nobody knows whether the service has it.";
    await this.#findOut(new ConnectionError(`${this.#job.verb}: ${what}`), handle);
  }

  async #prepare(): Promise<void> {
    if (this.#isPrepared) return;
    await this.#job.prepare?.(this.#signal);
    this.#isPrepared = true;
  }

  /** What of the caller's options holds for every request of the job. */
  get #call(): CallOptions {
    const { headers, maxRetries } = this.#options;
    return { headers, maxRetries, timeout: { connectMs: this.#job.limits.connectMs }, signal: this.#signal };
  }

  get #position(): Position {
    return this.#options.placement.position ?? FIRST_PROMPT;
  }

  /** The conversation, which may have to be made, and with it the handle. */
  async #place(): Promise<JobHandle> {
    const { session, canvas } = this.#tools;
    const { placement, batch } = this.#options;
    const { rules, model } = this.#job;
    const signal = this.#signal;
    const userNodeId = randomUuid();
    const userId = await session.userId(signal);
    const convId = placement.convId ?? (await canvas.createConversation(userId, this.#call));
    const { nodeId } = this.wait;
    const handle: JobHandle = {
      v: 1,
      kind: rules.name,
      nodeId,
      userNodeId,
      convId,
      userId,
      model,
      createdAtMs: Date.now(),
      ...noteOf(this.#options),
      ...defined({ batchId: batch?.id, promptDigest: batch?.promptDigest }),
    };
    this.wait.identify(handle);
    return handle;
  }

  #insert(handle: JobHandle): Promise<void> {
    const parentId = this.#options.placement.parentId ?? handle.convId;
    const nodes = jobNodes(this.#job, handle, parentId, this.#position);
    return this.#tools.canvas.insertNodes(nodes, this.#call);
  }

  /** Nothing that the job says is missed once the streams are open. They were asked for at the start. */
  async #untilListening(): Promise<void> {
    const opening = this.wait.connections.flatMap((connection) => connection.whenOpen() ?? []);
    if (opening.length === 0) return;
    const patience = linkedAbort(this.#signal);
    const patienceMs = this.#tools.showsSilentStreams ? STREAM_OPEN_MS : UNSEEN_OPEN_MS;
    try {
      const opened = withSignal(Promise.all(opening), patience.signal);
      await Promise.race([opened, delay(patienceMs, patience.signal)]);
    } finally {
      // A reason of its own: without one, each job would make a DOMException that nobody sees.
      patience.abort("open, or late");
      patience.release();
    }
  }

  /** To the store and the caller. What they throw ends the job before it costs anything. */
  async #handOut(handle: JobHandle): Promise<void> {
    throwIfAborted(this.#signal);
    const remembered = this.#tools.tracker.remember(this.wait, handle, this.#options.onSubmit);
    if (remembered !== undefined) await withSignal(remembered, this.#signal);
    throwIfAborted(this.#signal);
  }

  async #post(handle: JobHandle): Promise<void> {
    const { isNodeMadeByService } = this.#job.rules;
    // The response may name another node than we chose, and arrive after the first events of that node.
    const keeps = isNodeMadeByService ? this.wait.connections.map((connection) => connection.keepUnknown()) : [];
    this.wait.posting();
    try {
      const answerNodeId = await this.#send(handle).catch((error: unknown) => this.#findOut(error, handle));
      if (answerNodeId !== undefined) this.wait.moveTo(answerNodeId);
    } finally {
      for (const end of keeps) end();
    }
  }

  /** @returns the node that the service says will hold the answer, if it says */
  async #send({ nodeId, convId, userNodeId }: JobHandle): Promise<string | undefined> {
    const { rules, body } = this.#job;
    const { onResponse, extraBody } = this.#options;
    const position = childPosition(this.#position);
    const answer = await this.#tools.edge.text("POST", rules.path, {
      ...this.#call,
      repeat: "billed",
      query: rules.query,
      json: { ...body({ nodeId, convId, userNodeId, position }), ...defined(extraBody ?? {}) },
      leftMs: () => this.wait.leftMs,
      isOver: () => this.wait.isSettled,
      onResponse: onResponse && ((response) => (this.wait.isSettled ? undefined : onResponse(response))),
    });
    return checkPostAnswer(answer, `POST ${rules.path}`);
  }

  /** After a post whose answer was lost: goes on where there is a sign of the job, and repeats only what may be. */
  async #findOut(error: unknown, handle: JobHandle): Promise<string | undefined> {
    const { nodeId } = handle;
    if (this.wait.isSettled && !this.#signal.aborted) {
      this.#tools.logger.debug("job: done, and its post failed", { nodeId, error: String(error) });
      return undefined;
    }
    if (this.#signal.aborted || !mayHaveArrived(error)) throw error;
    const outcome = await this.wait.probe();
    this.#tools.logger.info("job: the post's answer was lost", { nodeId, outcome, error: String(error) });
    if (outcome === "taken") return undefined;
    // A row that is as it was inserted does not prove that the post had no effect.
    if (outcome !== "untouched" || !this.#job.rules.isPostedAgain) throw maybeTaken(error);
    this.#options.batch?.onPostAgain?.();
    await this.#prepare();
    return this.#send(handle).catch((again: unknown) => {
      throw mayHaveArrived(again) ? maybeTaken(again) : again;
    });
  }
}

/** After 5xx, 408 or 499 of a proxy, an answer that is none, a limit, or a connection that broke once it was made: nobody knows. */
function mayHaveArrived(error: unknown): boolean {
  if (ConnectionError.is(error)) return !error.isUnsent;
  return [ServerError, TimeoutError, ResponseShapeError].some((one) => one.is(error)) || isLostAnswer(error);
}
