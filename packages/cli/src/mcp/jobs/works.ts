import type { Flowith, Job, JobHandle, JobResults, Progress } from "flowith-webapi";
import { type Made, Work, type WorkHandle } from "./work.ts";

/** How many ended jobs are remembered, so that their results can be had again. */
const REMEMBERED = 200;

/** What a job is begun with. */
export interface WorkCall {
  /** Aborts when the server closes, and before the job is posted also when the client cancels. */
  signal: AbortSignal;
  onSubmit(handle: WorkHandle): void;
  onProgress(progress: Progress): void;
}

/** The jobs of this run, and those that earlier runs and other programs left in the store. */
export class Works {
  readonly #client: Flowith;
  readonly #closing: AbortSignal;
  readonly #works = new Map<string, Work>();

  constructor(client: Flowith, closing: AbortSignal) {
    this.#client = client;
    this.#closing = closing;
  }

  /**
   * Begins a job.
   * @param signal of the client: before the job is posted it takes the job back, after that it ends nothing
   * @param expected what such a job has cost before
   * @returns once the job was posted; @throws what it failed with before
   */
  async begin(
    signal: AbortSignal,
    run: (call: WorkCall) => Promise<Made>,
    expected: number | undefined,
  ): Promise<Work> {
    const controller = new AbortController();
    const onCancel = (): void => controller.abort(signal.reason);
    if (signal.aborted) onCancel();
    signal.addEventListener("abort", onCancel, { once: true });
    const { promise: posted, resolve: tellPosted } = Promise.withResolvers<void>();
    let handle: WorkHandle | undefined;
    let work: Work | undefined;
    const result = run({
      signal: AbortSignal.any([controller.signal, this.#closing]),
      onSubmit: (submitted) => {
        handle = submitted;
      },
      onProgress: ({ phase }) => {
        if (phase === "submitted") tellPosted();
        work?.tell(phase);
      },
    });
    result.catch(() => undefined);
    try {
      await Promise.race([posted, result]);
    } finally {
      signal.removeEventListener("abort", onCancel);
    }
    if (handle === undefined) throw new TypeError("A job was begun and told no handle.");
    work = new Work(handle, result, expected);
    this.#remember(work);
    return work;
  }

  /** Whether this process waits for it already, or has its result. */
  isKnown(id: string): boolean {
    return this.#works.has(id);
  }

  /** @returns undefined where no such job is known here */
  async find(id: string, signal: AbortSignal): Promise<Work | undefined> {
    const known = this.#works.get(id);
    if (known !== undefined) return known;
    const pending = await this.#client.jobs.pending({ signal });
    const job = pending.find(({ handle }) => handle.userNodeId === id);
    return job === undefined ? undefined : this.#takeUp(job);
  }

  /** The handles of all that is known, the newest first. */
  async list(signal: AbortSignal): Promise<{ handle: WorkHandle; work: Work | undefined }[]> {
    const pending = (await this.#client.jobs.pending({ signal })).map(({ handle }) => workHandle(handle));
    const others = pending.filter(({ id }) => !this.#works.has(id)).map((handle) => ({ handle, work: undefined }));
    const own = [...this.#works.values()].map((work) => ({ handle: work.handle, work }));
    return [...own, ...others].sort((a, b) => b.handle.createdAtMs - a.handle.createdAtMs);
  }

  #takeUp(job: Job): Work {
    let work: Work | undefined;
    const result = job.wait({ signal: this.#closing, onProgress: ({ phase }) => work?.tell(phase) }).then(madeOf);
    result.catch(() => undefined);
    work = new Work(workHandle(job.handle), result);
    this.#remember(work);
    return work;
  }

  #remember(work: Work): void {
    this.#works.set(work.handle.id, work);
    // the oldest first, as they were put in
    for (const [id, { state }] of this.#works) {
      if (this.#works.size <= REMEMBERED) break;
      if (state !== "running") this.#works.delete(id);
    }
  }
}

export function workHandle(handle: JobHandle): WorkHandle {
  const { userNodeId: id, kind, model, convId: conversationId, createdAtMs, label = null } = handle;
  return { id, kind, model, conversationId, createdAtMs, label };
}

/** A result of the web app's, whatever its kind. */
export function madeOf(result: JobResults[keyof JobResults]): Made {
  const { model, convId: conversationId, nodeId } = result;
  const place = { model, conversationId, nodeId };
  if ("text" in result) return { ...place, text: result.text, reasoning: result.reasoning, media: [] };
  return { ...place, media: "images" in result ? result.images : [result.video] };
}
