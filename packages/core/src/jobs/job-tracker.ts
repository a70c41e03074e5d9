import { APIError } from "../errors/api-error.ts";
import { FlowithError } from "../errors/flowith-error.ts";
import { isLostAnswer, isMomentary } from "../errors/is-refusal.ts";
import { JobFailedError } from "../errors/job-failed-error.ts";
import type { JobHandle } from "../errors/job-handle.ts";
import { JobStoreError } from "../errors/job-store-error.ts";
import { storeFailure } from "../errors/store-failure.ts";
import { StreamTruncatedError } from "../errors/stream-truncated-error.ts";
import type { Logger } from "../options/logger.ts";
import type { JobOptions } from "../options/options.ts";
import type { ProgressReporter } from "../options/progress.ts";
import { isSameUser } from "../session/session-rules.ts";
import { now } from "../timing/now.ts";
import type { Lease, PerRequest } from "../timing/per-request.ts";
import type { JobChannels } from "./job-channels.ts";
import type { JobDescription } from "./job-description.ts";
import type { JobStore } from "./job-store.ts";
import { JobWait } from "./job-wait.ts";
import type { AwaitedJob, KeptWait, WaitKeeper } from "./job-wait-options.ts";

export interface JobTrackerOptions {
  channels: PerRequest<JobChannels>;
  jobStore: JobStore | undefined;
  logger: Logger;
}

/** Knows every job that this client waits for, and keeps the caller's store of handles in step with them. */
export class JobTracker implements WaitKeeper {
  readonly #options: JobTrackerOptions;
  readonly #waits = new Map<KeptWait, Lease<JobChannels>>();
  /** Whose handles are being deleted. Nobody waits for that. */
  readonly #ended = new Set<string>();

  constructor(options: JobTrackerOptions) {
    this.#options = options;
  }

  /** A wait that does not listen yet. */
  wait<Result>(
    { rules, verb, reader, limits }: Pick<JobDescription<Result>, "rules" | "verb" | "reader" | "limits">,
    { nodeId, signal, listener }: Pick<AwaitedJob<Result>, "nodeId" | "signal" | "listener">,
  ): JobWait<Result> {
    const channels = this.#options.channels.take();
    const wait = new JobWait<Result>({ nodeId, verb, reader, limits, rules, signal, listener }, channels.value, this);
    this.#waits.set(wait, channels);
    return wait;
  }

  /** Reports that the job is waited for, for as long as it is. */
  tellWhileWaiting(wait: KeptWait, progress: ProgressReporter): void {
    this.#waits.get(wait)?.value.ticker.add(wait, progress);
  }

  /**
   * Hands the handle to the caller's store and callback, before the post. What they throw ends the job unposted.
   * @returns undefined where there is neither
   */
  remember(handle: JobHandle, onSubmit: JobOptions["onSubmit"]): Promise<void> | undefined {
    const { jobStore } = this.#options;
    return jobStore === undefined && onSubmit === undefined ? undefined : handOver(handle, jobStore, onSubmit);
  }

  /**
   * Handles in the store, this user's only, and none of a job that has ended here. What is no handle, or a later version's,
   * is passed over: it must not keep the others from being found.
   */
  async stored(userId: string, isHandle: (value: unknown) => boolean): Promise<JobHandle[]> {
    const listing = ofStore("The job store could not be listed.", () => this.#options.jobStore?.list());
    const stored = (await listing) ?? [];
    const handles = stored.filter((value) => isHandle(value));
    const passedOver = stored.length - handles.length;
    if (passedOver > 0) this.#options.logger.warn("jobs: the store lists what is no job handle", { passedOver });
    return handles.filter((handle) => isSameUser(handle.userId, userId) && !this.#ended.has(handle.userNodeId));
  }

  /** Takes the handle from the store, where it is in one. */
  async discard({ userNodeId }: JobHandle): Promise<void> {
    await ofStore("The job's handle could not be deleted from the job store.", () =>
      this.#options.jobStore?.delete(userNodeId),
    );
  }

  /** Whether no job is waited for. */
  get isIdle(): boolean {
    return this.#waits.size === 0;
  }

  failAll(error: unknown): void {
    for (const wait of this.#waits.keys()) wait.fail(error);
  }

  onSettled(wait: KeptWait, error: unknown): void {
    this.onLeft(wait);
    const { logger } = this.#options;
    const about = { nodeId: wait.nodeId, convId: wait.convId, ms: now() - wait.startedAtMs };
    if (error === undefined) logger.info("job: done", about);
    else logger.info("job: the wait ended", { ...about, error: FlowithError.is(error) ? error.code : String(error) });
    if (wait.handle !== undefined && (error === undefined || isOver(wait, error))) void this.#forget(wait.handle);
  }

  onLeft(wait: KeptWait): void {
    const channels = this.#waits.get(wait);
    if (channels === undefined) return;
    this.#waits.delete(wait);
    channels.value.ticker.delete(wait);
    channels.release();
  }

  /**
   * Not before the result is handed over: a crash between would lose what was paid for. Its failure is only told of in the
   * log, since the result must not be lost over it either.
   */
  async #forget({ userNodeId }: JobHandle): Promise<void> {
    const { jobStore, logger } = this.#options;
    if (jobStore === undefined) return;
    this.#ended.add(userNodeId);
    try {
      await jobStore.delete(userNodeId);
    } catch (error) {
      logger.warn("job: its handle could not be deleted from the store", { userNodeId, error: String(error) });
    } finally {
      this.#ended.delete(userNodeId);
    }
  }
}

async function handOver(
  handle: JobHandle,
  jobStore: JobStore | undefined,
  onSubmit: JobOptions["onSubmit"],
): Promise<void> {
  const message = "The job's handle could not be put into the job store: it was not posted.";
  await ofStore(message, () => jobStore?.put(handle));
  await onSubmit?.(handle);
}

/** @throws JobStoreError for what the store fails with; an error that is ours already passes unchanged */
async function ofStore<Answer>(message: string, ask: () => Promise<Answer> | undefined): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (FlowithError.is(error)) throw error;
    const failure = storeFailure(message, error);
    throw new JobStoreError(failure.message, failure);
  }
}

/** Whether a handle is of no use any more. What ended before its post was sent cannot be found again. */
function isOver(wait: KeptWait, error: unknown): boolean {
  if (wait.isPosted) return hasEnded(error);
  return !wait.isPosting || wasRefused(error);
}

/** Whether the job itself is over; after an abort or a limit it goes on at the service. */
function hasEnded(error: unknown): boolean {
  // One that was never posted stays until it is discarded: that is a guess, and the caller's to judge.
  if (JobFailedError.is(error)) return error.reason !== "unposted";
  return StreamTruncatedError.is(error);
}

/** Whether the job never began; after a lost answer nobody knows. */
function wasRefused(error: unknown): boolean {
  if (!APIError.is(error)) return hasEnded(error);
  return error.status < 500 && error.status !== 401 && !isMomentary(error.status) && !isLostAnswer(error);
}
