import { APIError } from "../errors/api-error.ts";
import { FlowithError } from "../errors/flowith-error.ts";
import { isLostAnswer, isMomentary } from "../errors/is-refusal.ts";
import { JobFailedError } from "../errors/job-failed-error.ts";
import type { JobHandle } from "../errors/job-handle.ts";
import { StreamTruncatedError } from "../errors/stream-truncated-error.ts";
import type { Logger } from "../options/logger.ts";
import type { JobOptions } from "../options/options.ts";
import type { ProgressReporter } from "../options/progress.ts";
import { now } from "../timing/now.ts";
import type { Lease, PerRequest } from "../timing/per-request.ts";
import type { JobChannels } from "./job-channels.ts";
import type { JobDescription } from "./job-description.ts";
import type { JobStore } from "./job-store.ts";
import { JobWait } from "./job-wait.ts";

export interface JobTrackerOptions {
  channels: PerRequest<JobChannels>;
  jobStore: JobStore | undefined;
  logger: Logger;
}

/** What is used of a wait here, whatever the type of its result. */
type AnyWait = Pick<
  JobWait<unknown>,
  "nodeId" | "convId" | "handle" | "isPosted" | "isSettled" | "startedAtMs" | "fail"
>;

/** Knows every job that this client waits for, and keeps the caller's store of handles in step with them. */
export class JobTracker {
  readonly #options: JobTrackerOptions;
  readonly #waits = new Map<AnyWait, Lease<JobChannels>>();

  constructor(options: JobTrackerOptions) {
    this.#options = options;
  }

  /** A wait that does not listen yet. */
  wait<Result>(
    { rules, verb, reader, limits }: Pick<JobDescription<Result>, "rules" | "verb" | "reader" | "limits">,
    options: { nodeId: string; signal: AbortSignal | undefined; onNews: (() => void) | undefined },
  ): JobWait<Result> {
    const channels = this.#options.channels.take();
    const { forText, forMedia, rows } = channels.value;
    const wait = new JobWait<Result>({
      nodeId: options.nodeId,
      signal: options.signal,
      onNews: options.onNews,
      verb,
      reader,
      limits,
      patience: rules.patience,
      isNodeMadeByService: rules.isNodeMadeByService,
      connections: rules.isMedia ? forMedia : forText,
      rows,
      onSettled: this.#onSettled,
      onLeft: this.#leave,
    });
    this.#waits.set(wait, channels);
    return wait;
  }

  /** Reports that the job is waited for, for as long as it is. */
  tellWhileWaiting(wait: AnyWait, progress: ProgressReporter): void {
    this.#waits.get(wait)?.value.ticker.add(wait, progress);
  }

  /** Hands the handle to the caller's store and callback, before the post. What they throw ends the job unposted. */
  async remember(handle: JobHandle, onSubmit: JobOptions["onSubmit"]): Promise<void> {
    await this.#options.jobStore?.put(handle);
    await onSubmit?.(handle);
  }

  /** Handles in the store, this user's only. */
  async stored(userId: string): Promise<JobHandle[]> {
    const handles = (await this.#options.jobStore?.list()) ?? [];
    return handles.filter((handle) => handle.userId === userId);
  }

  failAll(error: unknown): void {
    for (const wait of this.#waits.keys()) wait.fail(error);
  }

  readonly #onSettled = (wait: AnyWait, error: unknown): void => {
    this.#leave(wait);
    const { logger } = this.#options;
    const about = { nodeId: wait.nodeId, convId: wait.convId, ms: now() - wait.startedAtMs };
    if (error === undefined) logger.info("job: done", about);
    else logger.info("job: the wait ended", { ...about, error: FlowithError.is(error) ? error.code : String(error) });
    const isOver = error === undefined || (wait.isPosted ? hasEnded(error) : wasRefused(error));
    if (wait.handle !== undefined && isOver) this.#forget(wait.handle);
  };

  readonly #leave = (wait: AnyWait): void => {
    const channels = this.#waits.get(wait);
    if (channels === undefined) return;
    this.#waits.delete(wait);
    channels.value.ticker.delete(wait);
    channels.release();
  };

  /** Only told of in the log when it fails: the result is there, and must not be lost over it. */
  #forget({ userNodeId }: JobHandle): void {
    this.#options.jobStore?.delete(userNodeId).catch((error: unknown) => {
      this.#options.logger.warn("job: its handle could not be deleted from the store", {
        userNodeId,
        error: String(error),
      });
    });
  }
}

/** Whether the job itself is over; after an abort or a limit it goes on at the service. */
function hasEnded(error: unknown): boolean {
  return JobFailedError.is(error) || StreamTruncatedError.is(error);
}

/** Whether the job never began; after a lost answer nobody knows. */
function wasRefused(error: unknown): boolean {
  if (!APIError.is(error)) return hasEnded(error);
  return error.status < 500 && error.status !== 401 && !isMomentary(error.status) && !isLostAnswer(error);
}
