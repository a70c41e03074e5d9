import * as v from "valibot";
import { ConnectionError } from "../errors/connection-error.ts";
import { JobFailedError } from "../errors/job-failed-error.ts";
import { RateLimitError } from "../errors/rate-limit-error.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { ServerError } from "../errors/server-error.ts";
import type { GeneratedMedia } from "../media/generated-media.ts";
import { HeardCalls } from "../options/call-back.ts";
import { callable, positive } from "../options/option-values.ts";
import type { CallOptions, Progress } from "../options/options.ts";
import { deadline } from "../timing/deadline.ts";
import { delay } from "../timing/delay.ts";
import { now } from "../timing/now.ts";
import { withSignal } from "../timing/with-signal.ts";
import type { RawRecord } from "../wire/records.ts";
import { checkDeveloperCall } from "./check-developer-call.ts";
import type { DeveloperApi } from "./developer-api.ts";
import type { ResultMaker } from "./result-media.ts";
import { dataOf, numberOf, type TaskStatus, taskStatus } from "./task-status.ts";

/** What a task makes. */
export type TaskKind = "video" | "music" | "3d";

/** What a task can be found again by, in another process or tomorrow: a small JSON value without a secret. */
export interface TaskHandle {
  v: 1;
  kind: TaskKind;
  taskId: string;
  model: string;
  /** In the credits of the developer API, which are larger than those of the web app, where the service said so. */
  estimatedCost?: number | undefined;
  /** ms since 1970, by the clock of the machine that submitted it. */
  createdAtMs: number;
}

/** What a task has made. */
export interface TaskOutput {
  /** A clip, a piece of music, or a `.glb`. */
  media: GeneratedMedia;
  url: string;
  /** In the credits of the developer API, where the service said so. */
  cost?: number | undefined;
  handle: TaskHandle;
  raw: RawRecord;
}

/** How a task is waited for. */
export interface TaskWaitOptions extends CallOptions {
  /** How long to wait between two questions, in ms. Default 1_000 at first, and up to 5_000. The service may ask for more. */
  everyMs?: number | undefined;
  /** The call ends with what it throws, or what a promise that it returns rejects with. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** What a task needs. */
export interface TaskTools {
  api: DeveloperApi;
  media: ResultMaker;
}

const TOTAL_MS: Record<TaskKind, number> = { video: 900_000, music: 600_000, "3d": 600_000 };
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [1_000, 5_000];

/** A page of a proxy, or a task that is done before its file is, passes with the next question; what stays does not. */
const MOST_MISREAD = 2;

const waitEntries: v.ObjectEntries = { everyMs: v.optional(positive), onProgress: v.optional(callable) };

/** A clip, a piece of music or a 3D model that the service is at work on. `JSON.stringify` gives its handle. */
export class MediaTask {
  readonly handle: TaskHandle;
  readonly #tools: TaskTools;

  constructor(tools: TaskTools, handle: TaskHandle) {
    this.#tools = tools;
    this.handle = handle;
  }

  /**
   * What `JSON.stringify` keeps of it: its handle.
   * @example
   * const task = await developer.submitVideo("A cat on a beach");
   * await writeFile("task.json", JSON.stringify(task));
   */
  toJSON(): TaskHandle {
    return this.handle;
  }

  /**
   * Asks once how far it is.
   * @throws NotFoundError where the service knows no such task; AuthenticationError; what every request throws
   * @example
   * const task = await developer.submitVideo("A cat on a beach");
   * const { state, url } = await task.status();
   */
  async status(options: CallOptions = {}): Promise<TaskStatus> {
    checkDeveloperCall("status", options);
    return this.#status(options);
  }

  /**
   * Waits until it is done. It asks after 1 s and then less often, up to every 5 s, and goes on asking after failures that may
   * pass, and twice after an answer that cannot be read. After `timeout.totalMs` (900_000 for clips, 600_000 for the others) only
   * the wait ends: the task itself goes on, and can be waited for again.
   * @throws JobFailedError when the service reports a failure; TimeoutError; ResponseShapeError; `signal.reason` when the caller
   *   aborts
   * @example
   * const task = await developer.submitVideo("A cat on a beach");
   * const { media } = await task.wait({ onProgress: ({ elapsedMs }) => console.log(elapsedMs) });
   * await media.save("clips");
   */
  async wait(options: TaskWaitOptions = {}): Promise<TaskOutput> {
    checkDeveloperCall("wait", options, waitEntries);
    const { everyMs, onProgress, timeout = {}, signal, ...call } = options;
    const startedAtMs = now();
    const linked = this.#tools.api.underWay.begin(signal);
    const limit = deadline(`${this.handle.kind} task`, linked.signal);
    const defaults = { connectMs: 0, firstEventMs: 0, idleMs: 0, totalMs: TOTAL_MS[this.handle.kind] };
    limit.start("total", this.#tools.api.limitsOf(defaults, { timeout }).totalMs);
    const calls = new HeardCalls(limit.abort.bind(limit));
    const request: CallOptions = { ...call, timeout: { connectMs: timeout.connectMs }, signal: limit.signal };
    let misread = 0;
    try {
      for (let waitMs = everyMs ?? FIRST_WAIT_MS; ; waitMs = everyMs ?? Math.min(LONGEST_WAIT_MS, 2 * waitMs)) {
        const status = await this.#passing(request, misread < MOST_MISREAD);
        misread = ResponseShapeError.is(status) ? misread + 1 : 0;
        if (!(status instanceof Error) && status.state !== "waiting") {
          const output = this.#output(status);
          await withSignal(calls.settled(), limit.signal);
          return output;
        }
        calls.call(() => onProgress?.({ phase: "waiting", elapsedMs: now() - startedAtMs }));
        await delay(status instanceof Error ? Math.max(waitMs, pauseOf(status)) : waitMs, limit.signal);
      }
    } finally {
      limit.release();
      linked.release();
    }
  }

  get #path(): string {
    return `/external/use/${this.handle.kind}/status`;
  }

  /** The status, or what kept it from being read and may pass: the task goes on meanwhile. */
  async #passing(call: CallOptions, mayBeMisread: boolean): Promise<TaskStatus | Error> {
    try {
      return await this.#status(call);
    } catch (error) {
      if (mayBeMisread && ResponseShapeError.is(error)) return error;
      if (ConnectionError.is(error) || ServerError.is(error) || RateLimitError.is(error)) return error;
      throw error;
    }
  }

  async #status(call: CallOptions): Promise<TaskStatus> {
    const path = this.#path;
    const label = `GET ${path}`;
    return taskStatus(dataOf(await this.#tools.api.read(path, { task_id: this.handle.taskId }, call), label), label);
  }

  #output({ state, url, reason = "unknown", raw }: TaskStatus): TaskOutput {
    const { kind, model } = this.handle;
    if (state === "failed" || url === undefined) {
      throw new JobFailedError(`The ${kind} task failed (${reason}).`, { reason });
    }
    const cost = numberOf(raw.cost);
    const media = this.#tools.media(url, model, { label: `GET ${this.#path}`, raw });
    return { media, url, handle: this.handle, raw, ...(cost === undefined ? {} : { cost }) };
  }
}

function pauseOf(error: Error): number {
  return RateLimitError.is(error) || ServerError.is(error) ? (error.retryAfterMs ?? 0) : 0;
}
