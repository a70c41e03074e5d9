import { AuthenticationError } from "../errors/authentication-error.ts";
import type { JobHandle } from "../errors/job-handle.ts";
import { PermissionError } from "../errors/permission-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import { maybeTaken, withJob } from "../errors/with-job.ts";
import type { EventConnection, NodeListener } from "../events/event-connection.ts";
import type { RowListener } from "../events/row-watch.ts";
import { abortReason } from "../timing/abort.ts";
import type { NodeEvent } from "../wire/node-event.ts";
import type { NodeRow } from "../wire/node-row.ts";
import type { JobChannels } from "./job-channels.ts";
import { type ClockListener, JobClock, limitError, type PassedLimit } from "./job-clock.ts";
import type { Verdict } from "./job-reader.ts";
import type { AwaitedJob, KeptWait, WaitKeeper } from "./job-wait-options.ts";
import { type PostOutcome, PostProbe, PROBE_ASK_MS } from "./post-probe.ts";
import { RowSchedule } from "./row-schedule.ts";

/** How often rows are asked while there is no stream to listen to. */
const WITHOUT_STREAM_MS = 2_000;

/**
 * Waits for one job: listens to its events, asks its row where they leave doubt, and ends with a result, a failure, the
 * caller's abort or a limit, whichever comes first. After that it holds no timer, no listener and no place in a stream.
 * Thousands may wait at once, so that what few of them need is made only when they do.
 */
export class JobWait<Result> implements NodeListener, RowListener, ClockListener, KeptWait {
  readonly #job: AwaitedJob<Result>;
  readonly #channels: JobChannels;
  readonly #keeper: WaitKeeper;
  readonly #clock: JobClock;
  readonly #schedule: RowSchedule;
  /** The node that holds, or will hold, the answer. */
  #nodeId: string;
  /** Where it listened before, and does still. */
  #formerNodeIds: readonly string[] | undefined;
  #lostConnections: Set<EventConnection> | undefined;
  #handle: JobHandle | undefined;
  #late: Error | undefined;
  #hasSeenRow = false;
  #onAbort: (() => void) | undefined;
  #submission: AbortController | undefined;
  #probe: PostProbe | undefined;
  #isPosting = false;
  #isSettled = false;

  constructor(job: AwaitedJob<Result>, channels: JobChannels, keeper: WaitKeeper) {
    this.#job = job;
    this.#channels = channels;
    this.#keeper = keeper;
    this.#nodeId = job.nodeId;
    this.#clock = new JobClock(job.limits, this, channels.timer);
    this.#schedule = new RowSchedule(job.rules.patience);
  }

  get nodeId(): string {
    return this.#nodeId;
  }

  /** The streams that it listens to. */
  get connections(): readonly EventConnection[] {
    return this.#job.rules.isMedia ? this.#channels.forMedia : this.#channels.forText;
  }

  /** Known once the conversation is, which is before anything can come from the job. */
  get handle(): JobHandle | undefined {
    return this.#handle;
  }

  get convId(): string {
    return this.#handle?.convId ?? "";
  }

  /** A node that the service makes itself stands under the prompt's: by that it is found when its id is not known. */
  get parentId(): string | undefined {
    return this.#job.rules.isNodeMadeByService ? this.#handle?.userNodeId : undefined;
  }

  get isPosted(): boolean {
    return this.#clock.isPosted;
  }

  /** Whether the post is under way, so that it may have been taken. */
  get isPosting(): boolean {
    return this.#isPosting;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  get startedAtMs(): number {
    return this.#clock.startedAtMs;
  }

  /** What is left of the total limit, in ms; Infinity where there is none. */
  get leftMs(): number {
    return this.#clock.leftMs;
  }

  /** For the requests up to the post, to be asked for before `listen`: aborts when the wait ends before it is posted. */
  get submissionSignal(): AbortSignal {
    this.#submission ??= new AbortController();
    return this.#submission.signal;
  }

  /** Begins to listen, which must be before the job is posted, and starts the total limit. */
  listen(): void {
    const { signal } = this.#job;
    if (signal !== undefined) {
      this.#onAbort = () => this.fail(abortReason(signal));
      if (signal.aborted) {
        this.#onAbort();
        return;
      }
      signal.addEventListener("abort", this.#onAbort, { once: true });
    }
    this.#subscribe();
    this.#clock.start();
  }

  /** The handle is known as soon as the conversation is; errors carry it from then on. */
  identify(handle: JobHandle): void {
    this.#handle = handle;
  }

  /** The service put the answer into another node than was asked for. */
  moveTo(nodeId: string): void {
    if (this.#isSettled || nodeId === this.#nodeId) return;
    if (this.#handle !== undefined) this.#handle = { ...this.#handle, nodeId };
    this.#formerNodeIds = [...(this.#formerNodeIds ?? []), this.#nodeId];
    this.#nodeId = nodeId;
    this.#subscribe();
  }

  /** The post is under way: it may be taken, whatever comes of its answer. */
  posting(): void {
    this.#isPosting = true;
  }

  /** Nothing of the submission is on the way any more. */
  submitted(): void {
    this.#channels.latePosts.delete(this.#submission);
    this.#submission = undefined;
  }

  /** The job was taken: from now on its silence counts. */
  posted(): void {
    if (this.#isSettled) return;
    this.#isPosting = false;
    this.#clock.posted();
    this.#channels.rows.watch(this);
  }

  /** Another process posted the job, maybe long ago: its row may have the result already. */
  resumed(): void {
    this.posted();
    this.#ask();
  }

  /** After a post that may or may not have arrived: finds out by listening and asking the row for some seconds. */
  async probe(): Promise<PostOutcome> {
    if (this.#isSettled) return "taken";
    this.#probe = new PostProbe();
    const { outcome } = this.#probe;
    this.#channels.rows.watch(this);
    this.#ask();
    await outcome;
    this.#probe = undefined;
    return outcome;
  }

  /** Ends the wait, not the job. */
  fail(error: unknown): void {
    if (this.#isSettled) return;
    const { reader, listener } = this.#job;
    const failure = withJob(error, { handle: this.#handle, partial: reader.partial });
    this.#settle();
    this.#submission?.abort(error);
    listener.onFailed(failure);
    this.#keeper.onSettled(this, failure);
  }

  /** Stops listening without an end: whoever holds the handle can wait anew. */
  leave(): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#keeper.onLeft(this);
  }

  onEvent(event: NodeEvent): void {
    if (this.#isSettled) return;
    this.#clock.content();
    this.#schedule.content();
    this.#probe?.onTaken();
    this.#follow(this.#job.reader.accept(event));
  }

  onOpen(connection: EventConnection, isAnew: boolean, isShownAtOnce: boolean): void {
    this.#lostConnections?.delete(connection);
    // A job that did not wait for the stream may have begun, or ended, before it opened. Told late, it was most likely open.
    if (isAnew || (this.isPosted && isShownAtOnce)) this.#ask();
  }

  onDoubt(): void {
    this.#ask();
  }

  onUnavailable(connection: EventConnection): void {
    this.#lostConnections ??= new Set();
    this.#lostConnections.add(connection);
    this.#ask();
  }

  nextAskAtMs(): number {
    const atMs = this.#schedule.nextAskAtMs(this.#clock.quietSinceMs);
    if (this.#late !== undefined) return atMs;
    if (this.#probe !== undefined) return this.#schedule.lastAskedAtMs + PROBE_ASK_MS;
    const isDeaf = this.#lostConnections?.size === this.connections.length;
    return isDeaf ? this.#schedule.lastAskedAtMs + WITHOUT_STREAM_MS : atMs;
  }

  onRow(row: NodeRow | undefined): void {
    if (this.#isSettled) return;
    this.#hasSeenRow = true;
    this.#schedule.asked(this.#clock.quietSinceMs);
    if (row !== undefined) this.moveTo(row.id);
    this.#probe?.onRow(row);
    this.#follow(this.#job.reader.acceptRow(row));
  }

  onRowError(error: unknown): void {
    if (this.#isSettled) return;
    this.#schedule.asked(this.#clock.quietSinceMs);
    // Of a job of which nobody knows whether it was taken, the lost answer is what to tell of.
    if (this.#probe !== undefined) return;
    // These do not pass by waiting; anything else may.
    if (AuthenticationError.is(error) || PermissionError.is(error) || SessionStoreError.is(error)) this.fail(error);
  }

  onLastLook(): void {
    this.#ask();
  }

  onLimit({ phase, limitMs }: PassedLimit): void {
    const error = phase === "settle" ? this.#late : limitError(this.#job.verb, phase, limitMs, this.#hasSeenRow);
    this.fail(this.#isPosting ? maybeTaken(error) : error);
  }

  #subscribe(): void {
    for (const connection of this.connections) {
      // What was kept for it may have settled the job on the spot.
      if (!this.#isSettled) connection.subscribe(this.#nodeId, this);
    }
  }

  #ask(): void {
    this.#channels.rows.ask(this);
  }

  #follow(verdict: Verdict<Result>): void {
    switch (verdict.state) {
      case "wait":
        break;
      case "ask":
        this.#ask();
        break;
      case "unsettled":
        this.#askUntilSettled(verdict.error);
        break;
      case "done":
        this.#settle();
        this.#channels.latePosts.add(this.#submission, this.#isPosting);
        this.#job.listener.onDone(verdict.result);
        this.#keeper.onSettled(this, undefined);
        return;
      case "failed":
        this.fail(verdict.error);
        return;
    }
    this.#job.listener.onNews();
  }

  /** The service may announce an end before the row has the result, or on a channel that does not carry it. */
  #askUntilSettled(error: Error): void {
    if (this.#late !== undefined) return;
    this.#late = error;
    this.#schedule.ended();
    this.#clock.ended();
    this.#ask();
  }

  #settle(): void {
    this.#isSettled = true;
    this.#clock.stop();
    this.#probe?.onTaken();
    if (this.#onAbort !== undefined) this.#job.signal?.removeEventListener("abort", this.#onAbort);
    this.#channels.rows.unwatch(this);
    for (const connection of this.connections) {
      connection.unsubscribe(this.#nodeId, this);
      for (const nodeId of this.#formerNodeIds ?? []) connection.unsubscribe(nodeId, this);
    }
  }
}
