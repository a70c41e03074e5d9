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
import { kindOf } from "../text/kind-of.ts";
import { now } from "../timing/now.ts";
import type { Lease, PerRequest } from "../timing/per-request.ts";
import { HandleKeeper } from "./handle-keeper.ts";
import type { JobChannels } from "./job-channels.ts";
import type { JobDescription } from "./job-description.ts";
import { ownOptions } from "./job-note.ts";
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
  /** Of waits whose handle is kept in a store. */
  readonly #keepers = new Map<KeptWait, HandleKeeper>();
  /** Whose handles are being deleted, or marked as ended. Nobody waits for that. */
  readonly #ended = new Set<string>();

  constructor(options: JobTrackerOptions) {
    this.#options = options;
  }

  /** A wait that does not listen yet. */
  wait<Result>(
    { rules, verb, reader, limits }: Pick<JobDescription<Result>, "rules" | "verb" | "reader" | "limits">,
    options: Pick<AwaitedJob<Result>, "nodeId" | "signal" | "listener"> & {
      /** Default: the client's. */
      jobStore?: JobStore | undefined;
    },
  ): JobWait<Result> {
    const { logger } = this.#options;
    const jobStore = options.jobStore ?? this.#options.jobStore;
    const channels = this.#options.channels.take();
    const { nodeId, signal, listener } = options;
    const wait = new JobWait<Result>({ nodeId, verb, reader, limits, rules, signal, listener }, channels.value, this);
    this.#waits.set(wait, channels);
    if (jobStore !== undefined) this.#keepers.set(wait, new HandleKeeper(jobStore, logger));
    return wait;
  }

  /** Reports that the job is waited for, for as long as it is. */
  tellWhileWaiting(wait: KeptWait, progress: ProgressReporter): void {
    this.#waits.get(wait)?.value.ticker.add(wait, progress);
  }

  /**
   * Hands the handle to the store and the caller's callback, before the post. What they throw ends the job unposted.
   * @returns undefined where there is neither
   */
  remember(wait: KeptWait, handle: JobHandle, onSubmit: JobOptions["onSubmit"]): Promise<void> | undefined {
    const keeper = this.#keepers.get(wait);
    return keeper === undefined && onSubmit === undefined ? undefined : handOver(handle, keeper, onSubmit);
  }

  /** Notes that the service has taken the job. Nobody waits for that. */
  notePosted(wait: KeptWait): void {
    if (wait.handle !== undefined) void this.#keepers.get(wait)?.posted(wait.handle);
  }

  /** Handles in the client's own store, this user's only, and none of a job whose end was seen. */
  async pending(userId: string, isHandle: (value: unknown) => value is JobHandle): Promise<JobHandle[]> {
    const stored = await this.stored(this.#options.jobStore, userId, isHandle);
    return stored.filter(({ userNodeId, endedAtMs }) => endedAtMs === undefined && !this.#ended.has(userNodeId));
  }

  /**
   * Handles in a store, this user's only. What is no handle, or a later version's, is passed over: it must not keep the
   * others from being found.
   * @throws JobStoreError
   */
  async stored(
    store: JobStore | undefined,
    userId: string,
    isHandle: (value: unknown) => value is JobHandle,
  ): Promise<JobHandle[]> {
    if (store === undefined) return [];
    const stored: unknown = await ofStore("The job store could not be listed.", () => store.list());
    if (!Array.isArray(stored))
      throw new JobStoreError(`The job store's list() gave no array of handles, but ${kindOf(stored)}.`);
    const handles = stored.filter((value) => isHandle(value));
    const passedOver = stored.length - handles.length;
    if (passedOver > 0) this.#options.logger.warn("jobs: the store lists what is no job handle", { passedOver });
    return handles.filter((handle) => isSameUser(handle.userId, userId));
  }

  /** Takes the handle from a store, the client's own by default, where it is in one. @throws JobStoreError */
  async discard({ userNodeId }: JobHandle, store: JobStore | undefined = this.#options.jobStore): Promise<void> {
    await ofStore("The job's handle could not be deleted from the job store.", () => store?.delete(userNodeId));
  }

  /** Whether no job is waited for. */
  get isIdle(): boolean {
    return this.#waits.size === 0;
  }

  failAll(error: unknown): void {
    for (const wait of this.#waits.keys()) wait.fail(error);
  }

  onSettled(wait: KeptWait, error: unknown): void {
    const keeper = this.#keepers.get(wait);
    this.onLeft(wait);
    const { logger } = this.#options;
    const about = { nodeId: wait.nodeId, convId: wait.convId, ms: now() - wait.startedAtMs };
    if (error === undefined) logger.info("job: done", about);
    else logger.info("job: the wait ended", { ...about, error: FlowithError.is(error) ? error.code : String(error) });
    const isOfNoUse = error === undefined || isOver(wait, error);
    if (wait.handle !== undefined && isOfNoUse) void this.#forget(keeper, wait.handle, error === undefined);
  }

  onLeft(wait: KeptWait): void {
    const channels = this.#waits.get(wait);
    this.#keepers.delete(wait);
    if (channels === undefined) return;
    this.#waits.delete(wait);
    channels.value.ticker.delete(wait);
    channels.release();
  }

  /** Not before the result is handed over: a crash between would lose what was paid for. */
  async #forget(keeper: HandleKeeper | undefined, handle: JobHandle, hasResult: boolean): Promise<void> {
    if (keeper === undefined) return;
    this.#ended.add(handle.userNodeId);
    await keeper.over(handle, hasResult);
    this.#ended.delete(handle.userNodeId);
  }
}

async function handOver(
  handle: JobHandle,
  keeper: HandleKeeper | undefined,
  onSubmit: JobOptions["onSubmit"],
): Promise<void> {
  const message = "The job's handle could not be put into the job store: it was not posted.";
  await ofStore(message, () => keeper?.put(handle));
  await onSubmit?.(ownOptions(handle));
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
