import { AuthenticationError } from "../errors/authentication-error.ts";
import { PermissionError } from "../errors/permission-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import { TimeoutError, type TimeoutPhase, timeoutAdvice } from "../errors/timeout-error.ts";
import { withJob } from "../errors/with-job.ts";
import type { EventConnection, NodeListener } from "../events/event-connection.ts";
import type { RowListener, RowWatch } from "../events/row-watch.ts";
import type { JobHandle, JobKind } from "../job-handle.ts";
import type { Limits } from "../limits.ts";
import { type Deferred, deferred } from "../timing/deferred.ts";
import { startTimer, type Timer } from "../timing/timer.ts";
import type { NodeEvent } from "../wire/node-event.ts";
import type { NodeRow } from "../wire/node-row.ts";
import type { JobKindRules } from "./job-kinds.ts";
import type { JobReader, Verdict } from "./job-reader.ts";
import { type PostOutcome, PostProbe, PROBE_ASK_MS } from "./post-probe.ts";

export interface JobWaitOptions<Result> {
  nodeId: string;
  /** For error messages, such as "generate". */
  what: string;
  reader: JobReader<Result>;
  /** The streams that can bring this job's events. */
  connections: readonly EventConnection[];
  rows: RowWatch;
  limits: Limits;
  /** How patient it is with silence. */
  timing: Pick<JobKindRules<JobKind>, "quietMs" | "maxQuietMs">;
  signal: AbortSignal | undefined;
  /** Called after each piece of news. */
  onNews?: (() => void) | undefined;
}

/** How long before a job's limit the row is asked for the last time. */
const LAST_LOOK_MS = 2_000;
/** How often rows are asked while there is no stream to listen to. */
const WITHOUT_STREAM_MS = 2_000;
/** How long the result of a job that has ended may be late, and how soon its row is asked again. */
const SETTLE_MS = 10_000;
const FIRST_SETTLE_ASK_MS = 250;

/**
 * Waits for one job: listens to its events, asks its row where they leave doubt, and ends with a result, a failure, the
 * caller's abort or a limit, whichever comes first. After that it holds no timer, no listener and no place in a stream.
 */
export class JobWait<Result> implements NodeListener, RowListener {
  #nodeId: string;
  readonly #options: JobWaitOptions<Result>;
  readonly #outcome: Deferred<Result> = deferred();
  readonly #undo: (() => void)[] = [];
  readonly #startedAtMs: number = Date.now();
  readonly #lostConnections = new Set<EventConnection>();
  #handle: JobHandle | undefined;
  #postedAtMs: number | undefined;
  #lastContentAtMs: number | undefined;
  #lastAskedAtMs = 0;
  #quietMs: number;
  #unsettled: { sinceMs: number; error: Error } | undefined;
  #hasSeenRow = false;
  #hasLookedLast = false;
  #timer: Timer | undefined;
  #isWatched = false;
  #probe: PostProbe | undefined;
  #isSettled = false;

  constructor(options: JobWaitOptions<Result>) {
    this.#options = options;
    this.#nodeId = options.nodeId;
    this.#quietMs = options.timing.quietMs;
  }

  /** The node that holds, or will hold, the answer. */
  get nodeId(): string {
    return this.#nodeId;
  }

  get result(): Promise<Result> {
    return this.#outcome.promise;
  }

  /** Known once the conversation is, which is before anything can come from the job. */
  get handle(): JobHandle | undefined {
    return this.#handle;
  }

  get convId(): string {
    return this.#handle?.convId ?? "";
  }

  /** The service makes a video's node itself, under the prompt's: by that it is found when its id is not known. */
  get parentId(): string | undefined {
    return this.#handle?.kind === "video" ? this.#handle.userNodeId : undefined;
  }

  get isPosted(): boolean {
    return this.#postedAtMs !== undefined;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** What is left of the total limit, in ms; Infinity where there is none. */
  get leftMs(): number {
    const { totalMs } = this.#options.limits;
    return totalMs === 0 ? Number.POSITIVE_INFINITY : this.#startedAtMs + totalMs - Date.now();
  }

  /** Begins to listen, which must be before the job is posted, and starts the total limit. */
  listen(): void {
    const { signal } = this.#options;
    if (signal !== undefined) {
      const abort = (): void => this.fail(signal.reason);
      if (signal.aborted) {
        abort();
        return;
      }
      signal.addEventListener("abort", abort, { once: true });
      this.#undo.push(() => signal.removeEventListener("abort", abort));
    }
    this.#subscribe();
    this.#armLimit();
  }

  /** The handle is known as soon as the conversation is; errors carry it from then on. */
  identify(handle: JobHandle): void {
    this.#handle = handle;
  }

  /** The service put the answer into another node than was asked for. */
  moveTo(nodeId: string): void {
    if (this.#isSettled || nodeId === this.#nodeId) return;
    this.#nodeId = nodeId;
    if (this.#handle !== undefined) this.#handle = { ...this.#handle, nodeId };
    this.#subscribe();
  }

  /** The job was taken: from now on its silence counts. */
  posted(): void {
    if (this.#isSettled) return;
    this.#postedAtMs = Date.now();
    this.#watchRow();
    this.#armLimit();
  }

  /** Another process posted the job, maybe long ago: its row may have the result already. */
  resumed(): void {
    this.posted();
    this.#ask();
  }

  /** After a post that may or may not have arrived: finds out by listening and asking the row for some seconds. */
  async probe(): Promise<PostOutcome> {
    if (this.#isSettled) return "taken";
    const probe = new PostProbe();
    this.#probe = probe;
    this.#undo.push(() => probe.onTaken());
    this.#watchRow();
    this.#ask();
    const outcome = await probe.outcome;
    this.#probe = undefined;
    return outcome;
  }

  /** Ends the wait, not the job. */
  fail(error: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    const { partial } = this.#options.reader;
    this.#outcome.reject(withJob(error, { handle: this.#handle, partial }));
    this.#options.onNews?.();
  }

  /** Stops listening without an end: whoever holds the handle can wait anew. */
  leave(): void {
    if (!this.#isSettled) this.#settle();
  }

  onEvent(event: NodeEvent): void {
    if (this.#isSettled) return;
    const isFirst = this.#lastContentAtMs === undefined;
    // While a result is late, repeats of its announcement must not slow the asking down.
    if (this.#unsettled === undefined) this.#quietMs = this.#options.timing.quietMs;
    this.#lastContentAtMs = Date.now();
    // The limit on silence can end before that on the first event would have; later events only put it off.
    if (isFirst) this.#armLimit();
    this.#probe?.onTaken();
    this.#follow(this.#options.reader.accept(event));
  }

  onOpen(connection: EventConnection, isAnew: boolean): void {
    this.#lostConnections.delete(connection);
    // A job that did not wait for the stream may have begun, or ended, before it opened.
    if (isAnew || this.#postedAtMs !== undefined) this.#ask();
  }

  onUnavailable(connection: EventConnection): void {
    this.#lostConnections.add(connection);
    this.#ask();
  }

  nextAskAtMs(): number {
    const sinceMs = Math.max(this.#lastContentAtMs ?? this.#postedAtMs ?? this.#startedAtMs, this.#lastAskedAtMs);
    if (this.#unsettled !== undefined) return this.#lastAskedAtMs + this.#quietMs;
    if (this.#probe !== undefined) return this.#lastAskedAtMs + PROBE_ASK_MS;
    const hasStream = this.#lostConnections.size < this.#options.connections.length;
    return hasStream ? sinceMs + this.#quietMs : this.#lastAskedAtMs + WITHOUT_STREAM_MS;
  }

  onRow(row: NodeRow | undefined): void {
    if (this.#isSettled) return;
    this.#hasSeenRow = true;
    this.#afterAsking();
    if (row !== undefined) this.moveTo(row.id);
    this.#probe?.onRow(row);
    this.#follow(this.#options.reader.acceptRow(row));
  }

  onRowError(error: unknown): void {
    if (this.#isSettled) return;
    this.#afterAsking();
    // These do not pass by waiting; anything else may.
    if (AuthenticationError.is(error) || PermissionError.is(error) || SessionStoreError.is(error)) this.fail(error);
  }

  #watchRow(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    this.#undo.push(this.#options.rows.watch(this));
  }

  #subscribe(): void {
    for (const connection of this.#options.connections) {
      const unsubscribe = connection.subscribe(this.#nodeId, this);
      // What was kept for it may have settled the job on the spot.
      if (this.#isSettled) unsubscribe();
      else this.#undo.push(unsubscribe);
    }
  }

  #ask(): void {
    this.#options.rows.ask(this);
  }

  #afterAsking(): void {
    this.#lastAskedAtMs = Date.now();
    this.#quietMs = Math.min(this.#options.timing.maxQuietMs, this.#quietMs * 2);
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
        this.#outcome.resolve(verdict.result);
        break;
      case "failed":
        this.fail(verdict.error);
        return;
    }
    this.#options.onNews?.();
  }

  /** The service may announce an end before the row has the result, or on a channel that does not carry it. */
  #askUntilSettled(error: Error): void {
    if (this.#unsettled !== undefined) return;
    this.#unsettled = { sinceMs: Date.now(), error };
    this.#quietMs = FIRST_SETTLE_ASK_MS;
    this.#armLimit();
    this.#ask();
  }

  #settle(): void {
    this.#isSettled = true;
    this.#timer?.stop();
    for (const step of this.#undo.splice(0)) step();
  }

  #limit(): { atMs: number; limitMs: number; error: () => Error } {
    const { firstEventMs, idleMs, totalMs } = this.#options.limits;
    let limit = { atMs: Number.POSITIVE_INFINITY, limitMs: 0, error: (): Error => this.#limitError("total", totalMs) };
    const consider = (sinceMs: number | undefined, limitMs: number, error: () => Error): void => {
      if (sinceMs === undefined || limitMs === 0 || sinceMs + limitMs >= limit.atMs) return;
      limit = { atMs: sinceMs + limitMs, limitMs, error };
    };
    consider(this.#startedAtMs, totalMs, limit.error);
    if (this.#lastContentAtMs === undefined) {
      consider(this.#postedAtMs, firstEventMs, () => this.#limitError("first-event", firstEventMs));
    } else {
      consider(this.#lastContentAtMs, idleMs, () => this.#limitError("idle", idleMs));
    }
    const unsettled = this.#unsettled;
    if (unsettled !== undefined) consider(unsettled.sinceMs, SETTLE_MS, () => unsettled.error);
    return limit;
  }

  /** One lazy timer for all limits: events only move the time that it compares with when it fires. */
  #armLimit(): void {
    this.#timer?.stop();
    if (this.#isSettled) return;
    const { atMs, limitMs } = this.#limit();
    if (atMs === Number.POSITIVE_INFINITY) return;
    const lookMs = Math.min(LAST_LOOK_MS, limitMs / 2);
    const wakeAtMs = this.#hasLookedLast ? atMs : atMs - lookMs;
    this.#timer = startTimer(Math.max(0, wakeAtMs - Date.now()), () => this.#checkLimit(lookMs));
  }

  #checkLimit(lookMs: number): void {
    const { atMs, error } = this.#limit();
    const leftMs = atMs - Date.now();
    if (leftMs <= 0) {
      this.fail(error());
      return;
    }
    this.#hasLookedLast = leftMs <= lookMs;
    if (this.#hasLookedLast) this.#ask();
    this.#armLimit();
  }

  #limitError(phase: TimeoutPhase, limitMs: number): TimeoutError {
    const passed = {
      connect: `no connection within ${limitMs} ms`,
      "first-event": `nothing came from the job within ${limitMs} ms after it was posted`,
      idle: `the job fell silent for ${limitMs} ms`,
      total: `the job was not finished within ${limitMs} ms`,
    }[phase];
    const row = this.#hasSeenRow ? ", and its node does not hold the result" : "";
    return new TimeoutError(`${this.#options.what}: ${passed}${row}. ${timeoutAdvice(phase)}`, { phase, limitMs });
  }
}
