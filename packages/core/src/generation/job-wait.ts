import { APIError } from "../errors/api-error.ts";
import { TimeoutError, type TimeoutPhase } from "../errors/timeout-error.ts";
import { withJob } from "../errors/with-job.ts";
import type { EventConnection, NodeListener } from "../events/event-connection.ts";
import type { RowListener, RowWatch } from "../events/row-watch.ts";
import type { JobHandle } from "../job-handle.ts";
import { type Deferred, deferred } from "../timing/deferred.ts";
import type { NodeEvent } from "../wire/node-event.ts";
import type { NodeRow } from "../wire/node-row.ts";
import type { JobReader, Verdict } from "./job-reader.ts";

export interface JobLimits {
  firstEventMs: number;
  idleMs: number;
  totalMs: number;
}

export interface JobWaitOptions<Result> {
  nodeId: string;
  /** For error messages, such as "generate". */
  what: string;
  reader: JobReader<Result>;
  /** The streams that can bring this job's events. */
  connections: readonly EventConnection[];
  rows: RowWatch;
  limits: JobLimits;
  /** Silence after which the row is asked; it doubles up to `maxQuietMs`. */
  quietMs: number;
  maxQuietMs: number;
  signal: AbortSignal | undefined;
  /** Called after each piece of news. */
  onNews?: (() => void) | undefined;
}

/** How long before a job's limit the row is asked for the last time. */
const LAST_LOOK_MS = 2_000;
/** How often rows are asked while there is no stream to listen to. */
const WITHOUT_STREAM_MS = 2_000;

/**
 * Waits for one job: listens to its events, asks its row where they leave doubt, and ends with a result, a failure, the
 * caller's abort or a limit, whichever comes first. After that it holds no timer, no listener and no place in a stream.
 */
export class JobWait<Result> implements NodeListener, RowListener {
  readonly nodeId: string;
  readonly #options: JobWaitOptions<Result>;
  readonly #outcome: Deferred<Result> = deferred();
  readonly #undo: (() => void)[] = [];
  readonly #startedAtMs: number = Date.now();
  #handle: JobHandle | undefined;
  #postedAtMs: number | undefined;
  #lastContentAtMs: number | undefined;
  #lastAskedAtMs = 0;
  #quietMs: number;
  #hasStream = true;
  #hasLookedLast = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSettled = false;

  constructor(options: JobWaitOptions<Result>) {
    this.#options = options;
    this.nodeId = options.nodeId;
    this.#quietMs = options.quietMs;
  }

  get result(): Promise<Result> {
    return this.#outcome.promise;
  }

  /** Known once the conversation is, which is before anything can come from the job. */
  get handle(): JobHandle | undefined {
    return this.#handle;
  }

  get isSettled(): boolean {
    return this.#isSettled;
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
    for (const connection of this.#options.connections) this.#undo.push(connection.subscribe(this.nodeId, this));
    this.#armLimit();
  }

  /** The handle is known as soon as the conversation is; errors carry it from then on. */
  identify(handle: JobHandle): void {
    this.#handle = handle;
  }

  /** The job was taken: from now on its silence counts. */
  posted(): void {
    if (this.#isSettled) return;
    this.#postedAtMs = Date.now();
    this.#undo.push(this.#options.rows.watch(this));
    this.#armLimit();
  }

  /** Ends the wait, not the job. */
  fail(error: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    const { partial } = this.#options.reader;
    // An abort is not ours to dress: the caller gets its own reason back.
    const isAbort = this.#options.signal?.aborted === true && error === this.#options.signal.reason;
    this.#outcome.reject(isAbort ? error : withJob(error, { handle: this.#handle, partial }));
    this.#options.onNews?.();
  }

  onEvent(event: NodeEvent): void {
    if (this.#isSettled) return;
    const isFirst = this.#lastContentAtMs === undefined;
    this.#quietMs = this.#options.quietMs;
    this.#lastContentAtMs = Date.now();
    // The limit on silence can end before that on the first event would have; later events only put it off.
    if (isFirst) this.#armLimit();
    this.#follow(this.#options.reader.accept(event));
  }

  onReconnected(): void {
    if (this.#postedAtMs !== undefined) this.#options.rows.ask(this.nodeId);
  }

  onUnavailable(): void {
    this.#hasStream = false;
    if (this.#postedAtMs !== undefined) this.#options.rows.ask(this.nodeId);
  }

  nextAskAtMs(): number {
    if (!this.#hasStream) return this.#lastAskedAtMs + WITHOUT_STREAM_MS;
    return (
      Math.max(this.#lastContentAtMs ?? this.#postedAtMs ?? this.#startedAtMs, this.#lastAskedAtMs) + this.#quietMs
    );
  }

  onRow(row: NodeRow | undefined): void {
    if (this.#isSettled) return;
    this.#afterAsking();
    this.#follow(this.#options.reader.acceptRow(row));
  }

  onRowError(error: unknown): void {
    if (this.#isSettled) return;
    this.#afterAsking();
    // A refused token or right will not come back by waiting; anything else may.
    if (APIError.is(error) && (error.status === 401 || error.status === 403)) this.fail(error);
  }

  #afterAsking(): void {
    this.#lastAskedAtMs = Date.now();
    this.#quietMs = Math.min(this.#options.maxQuietMs, this.#quietMs * 2);
  }

  #follow(verdict: Verdict<Result>): void {
    switch (verdict.state) {
      case "wait":
        break;
      case "ask":
        this.#options.rows.ask(this.nodeId);
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

  #settle(): void {
    this.#isSettled = true;
    clearTimeout(this.#timer);
    for (const step of this.#undo.splice(0)) step();
  }

  #limit(): { atMs: number; phase: TimeoutPhase; limitMs: number } {
    const { firstEventMs, idleMs, totalMs } = this.#options.limits;
    let limit = { atMs: Number.POSITIVE_INFINITY, phase: "total" as TimeoutPhase, limitMs: totalMs };
    const consider = (sinceMs: number | undefined, limitMs: number, phase: TimeoutPhase): void => {
      if (sinceMs === undefined || limitMs === 0 || sinceMs + limitMs >= limit.atMs) return;
      limit = { atMs: sinceMs + limitMs, phase, limitMs };
    };
    consider(this.#startedAtMs, totalMs, "total");
    if (this.#lastContentAtMs === undefined) consider(this.#postedAtMs, firstEventMs, "first-event");
    else consider(this.#lastContentAtMs, idleMs, "idle");
    return limit;
  }

  /** One lazy timer for all limits: events only move the time that it compares with when it fires. */
  #armLimit(): void {
    clearTimeout(this.#timer);
    const { atMs, limitMs } = this.#limit();
    if (atMs === Number.POSITIVE_INFINITY) return;
    const lookMs = Math.min(LAST_LOOK_MS, limitMs / 2);
    const wakeAtMs = this.#hasLookedLast ? atMs : atMs - lookMs;
    this.#timer = setTimeout(() => this.#checkLimit(lookMs), Math.max(0, wakeAtMs - Date.now()));
  }

  #checkLimit(lookMs: number): void {
    const { atMs, phase, limitMs } = this.#limit();
    const leftMs = atMs - Date.now();
    if (leftMs <= 0) {
      this.fail(this.#limitError(phase, limitMs));
      return;
    }
    this.#hasLookedLast = leftMs <= lookMs;
    if (this.#hasLookedLast && this.#postedAtMs !== undefined) this.#options.rows.ask(this.nodeId);
    this.#armLimit();
  }

  #limitError(phase: TimeoutPhase, limitMs: number): TimeoutError {
    const { what } = this.#options;
    const message = {
      connect: `${what}: no connection within ${limitMs} ms.`,
      "first-event": `${what}: nothing came from the job within ${limitMs} ms after it was posted.`,
      idle: `${what}: the job fell silent for ${limitMs} ms.`,
      total: `${what}: the job was not finished within ${limitMs} ms.`,
    }[phase];
    const option = { connect: "connectMs", "first-event": "firstEventMs", idle: "idleMs", total: "totalMs" }[phase];
    return new TimeoutError(
      `${message} Its node did not hold the result either. Raise timeout.${option}, or look at error.handle later.`,
      {
        phase,
        limitMs,
      },
    );
  }
}
