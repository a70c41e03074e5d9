import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import { JOB_KINDS, type JobKindRules, type JobResults } from "../kinds/job-kinds.ts";
import type { MediaServices } from "../media/generated-media.ts";
import { limitsOf } from "../options/limits.ts";
import type { CallOptions, JobOptions, TimeoutOptions } from "../options/options.ts";
import { checkOptions } from "../options/options-check.ts";
import { progressReporter } from "../options/progress.ts";
import { type NodeRow, rowState } from "../wire/node-row.ts";
import type { JobServices } from "./submit-job.ts";

/** How a job stands, by its row. `unknown`: there is no such row that this user can see. */
export interface JobStatus {
  state: "waiting" | "done" | "failed" | "unknown";
  /** The service's own word, such as `init` or `loading`. */
  word?: string | undefined;
  /** Why it failed. */
  error?: string | undefined;
}

/** A job that was posted, here or in another process. It is a handle and costs nothing to hold. */
export interface Job<K extends JobKind = JobKind> {
  readonly handle: JobHandle<K>;
  /**
   * The handle, so that `JSON.stringify(job)` is what `resume` takes.
   * @example
   * const job = await flowith.submitText("Write a novel.");
   * const resumed = flowith.resume(JSON.parse(JSON.stringify(job)));
   */
  toJSON(): JobHandle<K>;
  /**
   * Asks the row once.
   * @throws InvalidArgumentError for another user's handle
   * @example
   * const job = await flowith.submitText("Write a novel.");
   * const { state } = await job.status();
   */
  status(options?: CallOptions): Promise<JobStatus>;
  /**
   * Waits for the result, by event or row. The limits are those of the verb, from now on.
   * @throws what the verb throws; InvalidArgumentError for another user's handle
   * @example
   * const job = await flowith.submitImage("A ripe banana");
   * const { image } = await job.wait({ onProgress: ({ elapsedMs }) => console.log(elapsedMs) });
   */
  wait(options?: CallOptions & Pick<JobOptions, "onProgress">): Promise<JobResults[K]>;
}

export interface ResumeServices extends JobServices, MediaServices {
  timeout: TimeoutOptions | undefined;
}

const id = v.pipe(v.string(), v.uuid());

const handleSchema: v.GenericSchema<unknown, JobHandle> = v.looseObject({
  v: v.literal(1),
  kind: v.picklist(["text", "image", "video"]),
  nodeId: id,
  userNodeId: id,
  convId: id,
  userId: v.string(),
  model: v.string(),
  createdAtMs: v.number(),
});

/** @throws InvalidArgumentError where the handle is none */
export function resumeJob<K extends JobKind>(services: ResumeServices, handle: JobHandle<K>): Job<K> {
  const result = v.safeParse(handleSchema, handle);
  if (!result.success) {
    throw new InvalidArgumentError(
      "resume: this is no job handle. Pass what onSubmit was given, as JSON or as it was.",
    );
  }
  return new ResumedJob(services, handle);
}

class ResumedJob<K extends JobKind> implements Job<K> {
  readonly #services: ResumeServices;
  readonly handle: JobHandle<K>;

  constructor(services: ResumeServices, handle: JobHandle<K>) {
    this.#services = services;
    this.handle = handle;
  }

  toJSON(): JobHandle<K> {
    return this.handle;
  }

  async status(options: CallOptions = {}): Promise<JobStatus> {
    checkOptions("call", options, "job.status");
    await this.#requireOwn(options.signal);
    const { nodeId, userNodeId, kind } = this.handle;
    const parents = kind === "video" ? [userNodeId] : [];
    const rows = await this.#services.canvas.nodesByIds([nodeId], parents, options);
    const row = rows.find((one) => one.id === nodeId) ?? rows.find((one) => one.type === "2");
    if (row !== undefined) return statusOf(row, kind);
    // A video's node is made by the service, some time after the post.
    const prompt = kind === "video" ? await this.#services.canvas.nodesByIds([userNodeId], [], options) : [];
    return { state: prompt.length > 0 ? "waiting" : "unknown" };
  }

  async wait(options: CallOptions & Pick<JobOptions, "onProgress"> = {}): Promise<JobResults[K]> {
    checkOptions("wait", options, "job.wait");
    await this.#requireOwn(options.signal);
    const { kind, nodeId } = this.handle;
    const rules: JobKindRules<K> = JOB_KINDS[kind];
    const progress = progressReporter(options.onProgress, (error) => wait.fail(error));
    const wait = this.#services.tracker.wait(
      {
        kind,
        what: "wait",
        reader: rules.createReader(),
        limits: limitsOf(kind, this.#services.timeout, options.timeout),
      },
      { nodeId, signal: options.signal, onNews: undefined },
    );
    wait.identify(this.handle);
    wait.listen();
    wait.resumed();
    if (options.onProgress !== undefined) this.#services.tracker.tellWhileWaiting(wait, progress);
    return rules.dress(this.#services, await wait.result, wait.handle ?? this.handle);
  }

  async #requireOwn(signal: AbortSignal | undefined): Promise<void> {
    const userId = await this.#services.session.userId(signal);
    if (userId === this.handle.userId) return;
    throw new InvalidArgumentError("resume: the handle belongs to another user than the one who is signed in.");
  }
}

function statusOf(row: NodeRow, kind: JobKind): JobStatus {
  const state = rowState(row, kind === "text" ? "text" : "media");
  const word = row.data.status;
  if (state.state === "failed") return { state: "failed", word, error: state.failure.message };
  return { state: state.state === "done" ? "done" : "waiting", word };
}
