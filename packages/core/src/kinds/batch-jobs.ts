import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { JobFailedError } from "../errors/job-failed-error.ts";
import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import { StreamTruncatedError } from "../errors/stream-truncated-error.ts";
import { withinTotal } from "../http/within-total.ts";
import type { BatchEntry } from "../jobs/batch-entry.ts";
import type { JobEngine } from "../jobs/job-engine.ts";
import type { JobStore } from "../jobs/job-store.ts";
import { isHandle, type ResumeTools } from "../jobs/resumed-job.ts";
import { waitByHandle } from "../jobs/wait-by-handle.ts";
import type { CallOptions } from "../options/options.ts";
import { sha256 } from "../text/digest.ts";
import { excerpt } from "../text/excerpt.ts";
import type { JobRequest } from "./kind.ts";
import type { JobResults, KindOf, Kinds, OptionsOf } from "./kinds.ts";
import { asked, type Verbs } from "./verbs.ts";

const VERB = "generateMany";
/** Beyond a job's own limit, so that one that was never posted is known for that before the wait for it ends. */
const UNTIL_UNPOSTED_MS = 5_000;

/** One job of a batch. */
export interface BatchJob<K extends JobKind> {
  /** The caller's name for it, by which a later run finds it. */
  id: string;
  kind: K;
  prompt: string;
  options: OptionsOf<K>;
}

/**
 * Jobs whose handles stay in a store beyond their end, so that a batch that was killed can be run again: what
 * `generateMany` of `flowith-webapi` is built on.
 */
export class BatchJobs {
  readonly #engine: JobEngine;
  readonly #verbs: Verbs;
  readonly #kinds: Kinds;
  readonly #tools: ResumeTools;

  constructor(engine: JobEngine, verbs: Verbs, kinds: Kinds, tools: ResumeTools) {
    this.#engine = engine;
    this.#verbs = verbs;
    this.#kinds = kinds;
    this.#tools = tools;
  }

  /** The names of the options that the verbs of each kind take. */
  get optionNames(): Readonly<Record<JobKind, readonly string[]>> {
    const { text, image, video } = this.#kinds;
    return { text: text.optionNames, image: image.optionNames, video: video.optionNames };
  }

  /** @throws InvalidArgumentError for what the verb of that kind would refuse */
  check({ kind, prompt, options }: { kind: JobKind; prompt: string; options: object }): void {
    this.#kinds[kind].check(VERB, prompt, options, false);
  }

  /**
   * This user's handles in a store by the names that they were started under, the latest of each.
   * @throws JobStoreError, and AuthenticationError where no user is signed in
   */
  async stored(store: JobStore, options: Pick<CallOptions, "signal">): Promise<Map<string, JobHandle>> {
    const { session, tracker } = this.#tools;
    const kinds = Object.keys(this.#kinds);
    const handles = await withinTotal(VERB, options, async ({ signal }) => {
      const userId = await session.userId(signal);
      return tracker.stored(store, userId, (value) => isHandle(value, kinds));
    });
    const byId = new Map<string, JobHandle>();
    for (const handle of handles.sort((one, other) => one.createdAtMs - other.createdAtMs)) {
      if (handle.batchId !== undefined) byId.set(handle.batchId, handle);
    }
    return byId;
  }

  /**
   * Runs a job to its end.
   * @throws what the verb of its kind throws
   */
  async start<K extends JobKind>(job: BatchJob<K>, store: JobStore): Promise<JobResults[K]> {
    this.#checkStored(job);
    return this.#run(job, { id: job.id, store, promptDigest: await sha256(job.prompt) });
  }

  /**
   * Waits for a job of an earlier run, by events and its row. A text whose process ended before the post was answered is
   * looked for as after a lost answer, and posted once more where there is no sign of it.
   * @returns undefined for one that failed or was never posted: its handle is gone from the store, and it can be started
   * @throws InvalidArgumentError where the handle is of another kind, model or prompt; what `job.wait()` throws
   */
  async takeUp<K extends JobKind>(
    job: BatchJob<K>,
    store: JobStore,
    handle: JobHandle,
  ): Promise<{ output: JobResults[K] } | undefined> {
    this.#checkStored(job);
    const promptDigest = await sha256(job.prompt);
    checkSame(job, handle, promptDigest);
    let isPostedAgain = false;
    const onPostAgain = (): void => {
      isPostedAgain = true;
    };
    const isTaken = handle.postedAtMs !== undefined || handle.endedAtMs !== undefined;
    try {
      const isToBeFound = !isTaken && this.#kinds[job.kind].isPostedAgain;
      const entry = { id: job.id, store, promptDigest, handle, onPostAgain };
      return { output: await (isToBeFound ? this.#run(job, entry) : this.#wait(job, store, handle, isTaken)) };
    } catch (error) {
      const isOver = JobFailedError.is(error) || StreamTruncatedError.is(error);
      if (!isOver || isPostedAgain) throw error;
      await this.#tools.tracker.discard(handle, store);
      return undefined;
    }
  }

  #checkStored<K extends JobKind>({ kind: name, prompt, options }: BatchJob<K>): void {
    const kind: KindOf<K> = this.#kinds[name];
    kind.check(VERB, prompt, options, true);
  }

  #run<K extends JobKind>(job: BatchJob<K>, batch: BatchEntry): Promise<JobResults[K]> {
    const kind: KindOf<K> = this.#kinds[job.kind];
    return this.#engine.run(kind, { ...asked(kind, this.#request(job)), batch });
  }

  async #wait<K extends JobKind>(
    job: BatchJob<K>,
    jobStore: JobStore,
    handle: JobHandle,
    isTaken: boolean,
  ): Promise<JobResults[K]> {
    const kind: KindOf<K> = this.#kinds[job.kind];
    const request = this.#request(job);
    const { signal, onProgress } = request.options;
    const waited = await waitByHandle(
      this.#tools,
      handle,
      (progress) => {
        const { rules, verb, reader, limits } = kind.describe({ ...request, progress });
        const isDefault = limits.totalMs === kind.limits.totalMs;
        const totalMs = isTaken || !isDefault ? limits.totalMs : limits.totalMs + UNTIL_UNPOSTED_MS;
        return { rules, verb, reader, limits: { ...limits, totalMs } };
      },
      { signal, onProgress, jobStore },
    );
    return kind.output(waited.result, waited.handle);
  }

  #request<K extends JobKind>({ prompt, options }: BatchJob<K>): Omit<JobRequest<OptionsOf<K>>, "progress"> {
    return { verb: VERB, prompt, options: this.#verbs.own(options), context: undefined };
  }
}

/** A name stands for one job. Of its prompt no more is kept than a digest, and that not on every platform. */
function checkSame(
  {
    id,
    kind,
    options: { model },
  }: Pick<BatchJob<JobKind>, "id" | "kind"> & { options: { model?: string | undefined } },
  handle: JobHandle,
  promptDigest: string | undefined,
): void {
  const differences = {
    kind: handle.kind !== kind && `the kind ${handle.kind}, not ${kind}`,
    model: model !== undefined && model !== handle.model && `the model ${excerpt(handle.model)}, not ${excerpt(model)}`,
    prompt: promptDigest !== undefined && (handle.promptDigest ?? promptDigest) !== promptDigest && "another prompt",
  };
  const difference = Object.values(differences).find((one) => one !== false);
  if (difference === undefined) return;
  throw new InvalidArgumentError(
    `${VERB}: the id "${excerpt(id)}" stands in the store for a job with ${difference}. Give this one an id of its own, or take that job out of the store: delete("${excerpt(handle.userNodeId)}").`,
  );
}
