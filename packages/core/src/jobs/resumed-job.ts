import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import { withinTotal } from "../http/within-total.ts";
import { limitsFrom } from "../options/limits.ts";
import { callable, uuid } from "../options/option-values.ts";
import type { CallOptions, JobOptions, TimeoutOptions } from "../options/options.ts";
import { checkCall } from "../options/options-check.ts";
import type { Canvas } from "../rows/canvas.ts";
import type { SessionManager } from "../session/session-manager.ts";
import { isSameUser } from "../session/session-rules.ts";
import { type NodeRow, rowState } from "../wire/node-row.ts";
import type { JobRules } from "./job-rules.ts";
import type { JobTracker } from "./job-tracker.ts";
import { isUnposted } from "./unposted.ts";
import { type HandledJob, waitByHandle } from "./wait-by-handle.ts";

/**
 * How a job stands, by its row. `unknown`: there is no such row that this user can see. `unposted`: it was prepared longer
 * ago than the default total limit of its kind, and there is no sign that it was ever posted. That is told by the service's
 * clock alone, and so never where that is not known, as through a supabase-js client of one's own.
 */
export interface JobStatus {
  state: "waiting" | "done" | "failed" | "unposted" | "unknown";
  /** The service's own word, such as `init` or `loading`. */
  word?: string | undefined;
  /** Why it failed. */
  error?: string | undefined;
}

/** What jobs are resumed with. */
export interface ResumeTools {
  session: SessionManager;
  canvas: Canvas;
  tracker: JobTracker;
  /** The client's own limits, under those of the call. */
  timeout: TimeoutOptions | undefined;
}

const handleEntries = {
  v: v.picklist([1]),
  nodeId: uuid,
  userNodeId: uuid,
  convId: uuid,
  userId: v.string(),
  model: v.string(),
  createdAtMs: v.number(),
  batchId: v.optional(v.string()),
  promptDigest: v.optional(v.string()),
  postedAtMs: v.optional(v.number()),
  endedAtMs: v.optional(v.number()),
};

/** Whether it is a handle of one of these kinds. */
export function isHandle(handle: unknown, kinds: readonly string[]): handle is JobHandle {
  return v.is(v.looseObject({ ...handleEntries, kind: v.picklist(kinds) }), handle);
}

/** @throws InvalidArgumentError where it is no handle of one of these kinds */
export function checkHandle(handle: unknown, kinds: readonly string[]): asserts handle is JobHandle {
  if (isHandle(handle, kinds)) return;
  throw new InvalidArgumentError("resume: this is no job handle. Pass what onSubmit was given, as JSON or as it was.");
}

/** A job by its handle. It costs nothing to hold. */
export class ResumedJob<K extends JobKind, Result, Output> {
  readonly #tools: ResumeTools;
  readonly #rules: JobRules<Result, Output, K>;
  readonly handle: JobHandle<K> & JobHandle;

  constructor(tools: ResumeTools, rules: JobRules<Result, Output, K>, handle: JobHandle<K> & JobHandle) {
    this.#tools = tools;
    this.#rules = rules;
    this.handle = handle;
  }

  toJSON(): JobHandle<K> {
    return this.handle;
  }

  async status(options: CallOptions = {}): Promise<JobStatus> {
    checkCall("job.status", options);
    await this.#requireOwn("job.status", options);
    const { nodeId, userNodeId } = this.handle;
    const { isNodeMadeByService, isMedia } = this.#rules;
    const prompts = isNodeMadeByService ? [userNodeId] : [];
    const rows = await this.#tools.canvas.nodesByIds([nodeId, ...prompts], prompts, options);
    const row = rows.find((one) => one.id === nodeId) ?? rows.find((one) => one.type === "2");
    if (row !== undefined) return this.#unlessUnposted(statusOf(row, isMedia), row, row.ageMs);
    // The service makes the node some time after the post.
    const prompt = rows.find((one) => one.id === userNodeId);
    return prompt ? this.#unlessUnposted({ state: "waiting" }, undefined, prompt.ageMs) : { state: "unknown" };
  }

  async discard(): Promise<void> {
    await withinTotal("job.discard", {}, () => this.#tools.tracker.discard(this.handle));
  }

  async wait(options: CallOptions & Pick<JobOptions, "onProgress"> = {}): Promise<Output> {
    checkCall("job.wait", options, { onProgress: v.optional(callable) });
    const { handle } = this;
    const { timeout } = this.#tools;
    const rules = this.#rules;
    const limits = limitsFrom(rules.limits, timeout, options.timeout);
    const ready = this.#requireOwn("job.wait", options);
    const describe = (): HandledJob<Result> => ({ rules, verb: "wait", reader: rules.createReader(), limits });
    const { signal, onProgress } = options;
    const waited = await waitByHandle(this.#tools, handle, describe, { signal, onProgress, ready });
    return rules.output(waited.result, waited.handle);
  }

  #unlessUnposted(status: JobStatus, row: NodeRow | undefined, ageMs: number | undefined): JobStatus {
    const isToBeTold = status.state === "waiting" && isUnposted(this.#rules, row, ageMs);
    return isToBeTold ? { ...status, state: "unposted" } : status;
  }

  async #requireOwn(verb: string, options: CallOptions): Promise<void> {
    const { session } = this.#tools;
    const userId = await withinTotal(verb, options, ({ signal }) => session.userId(signal));
    if (isSameUser(userId, this.handle.userId)) return;
    throw new InvalidArgumentError("resume: the handle belongs to another user than the one who is signed in.");
  }
}

function statusOf(row: NodeRow, isMedia: boolean): JobStatus {
  const state = rowState(row, isMedia ? "media" : "text");
  const word = row.data.status;
  if (state.state === "failed") return { state: "failed", word, error: state.failure.message };
  return { state: state.state === "done" ? "done" : "waiting", word };
}
