import {
  type FlowithClient,
  InvalidArgumentError,
  type JobHandle,
  type JobKind,
  type JobResults,
  type JobStore,
} from "@flowith-webapi/core";
import { type BatchJobs, excerpt, type LinkedAbort, linkedAbort, withSignal } from "@flowith-webapi/core/http";
import { type ManyTask, readTask } from "./many-task.ts";
import type { SkipReason } from "./many-types.ts";
import type { StartStop } from "./start-stop.ts";
import type { StartWindow } from "./start-window.ts";

/** What many jobs need of a client. */
export interface ManyClient {
  verbs: Pick<FlowithClient, "generate" | "generateImage" | "generateVideo">;
  batchJobs: BatchJobs;
  /** What is left to spend. */
  balance(signal: AbortSignal): Promise<number>;
}

/** A result as it is before the types of the caller's inputs are known. */
export type AnyResult = { index: number; input: unknown } & (
  | { status: "fulfilled"; kind: JobKind; output: JobResults[JobKind]; resumed: boolean }
  | { status: "rejected"; error: unknown }
  | { status: "skipped"; reason: SkipReason }
);

interface RunTools {
  client: ManyClient;
  resumeFrom: JobStore | undefined;
  window: StartWindow;
  rule: StartStop;
  stop: LinkedAbort;
}

/** What is to be done for one input, or why it cannot be. */
type Plan = { task: ManyTask; handle: JobHandle | undefined } | { error: unknown };

/** Makes a result of each input. */
export class ManyRun {
  readonly #tools: RunTools;
  /** What earlier runs have started. */
  #handles: ReadonlyMap<unknown, JobHandle> = new Map();
  readonly #ids = new Set<unknown>();

  constructor(tools: RunTools) {
    this.#tools = tools;
  }

  /** Before the first input. @throws what the store throws */
  async open(): Promise<void> {
    const { client, resumeFrom, stop } = this.#tools;
    if (resumeFrom !== undefined) this.#handles = await client.batchJobs.stored(resumeFrom, { signal: stop.signal });
  }

  /**
   * For an input that has its place in the window. Resolves once its job may run, to how it ends; neither rejects but with
   * what ends the whole.
   */
  async begin(index: number, input: unknown): Promise<() => Promise<AnyResult>> {
    const place = { index, input };
    const { rule } = this.#tools;
    const plan = this.#plan(input);
    const isStart = rule.reason === undefined && "task" in plan && plan.handle === undefined;
    const reason = isStart ? await this.#untilStart() : rule.reason;
    if (reason !== undefined) return async () => ({ ...place, status: "skipped", reason });
    if ("error" in plan) return async () => ({ ...place, status: "rejected", error: plan.error });
    return async () => {
      try {
        return { ...place, ...(await this.#run(plan)) };
      } catch (error) {
        return { ...place, status: "rejected", error };
      }
    };
  }

  #plan(input: unknown): Plan {
    const { client, resumeFrom } = this.#tools;
    try {
      const task = readTask(input, client.batchJobs.optionNames);
      if (resumeFrom === undefined) return { task, handle: undefined };
      this.#requireId(task.id);
      if (Reflect.get(task.options, "direct") === true)
        throw new InvalidArgumentError("generateMany: direct excludes resumeFrom: a direct completion has no handle.");
      return { task, handle: this.#handles.get(task.id) };
    } catch (error) {
      return { error };
    }
  }

  #requireId(id: unknown): void {
    if (typeof id !== "string" || id === "") {
      const given = typeof id === "number" ? `, not the number ${id}` : "";
      throw new InvalidArgumentError(
        `generateMany: resumeFrom needs an id in each input, a string that is not empty${given}.`,
      );
    }
    if (this.#ids.has(id))
      throw new InvalidArgumentError(`generateMany: the id "${excerpt(id)}" is that of an earlier input too.`);
    this.#ids.add(id);
  }

  /** Resolves when one may start, or nothing may any more. */
  async #untilStart(): Promise<SkipReason | undefined> {
    const { window, rule, stop } = this.#tools;
    const waiting = linkedAbort(stop.signal, rule.signal);
    try {
      await withSignal(rule.known(), waiting.signal);
      await window.start(waiting.signal);
      return await withSignal(rule.known(), waiting.signal);
    } catch (error) {
      if (stop.signal.aborted || rule.reason === undefined) throw error;
      return rule.reason;
    } finally {
      waiting.release();
    }
  }

  async #run({ task, handle }: { task: ManyTask; handle: JobHandle | undefined }): Promise<Ended> {
    const { kind, prompt, id } = task;
    const { client, resumeFrom, stop } = this.#tools;
    const signal: unknown = Reflect.get(task.options, "signal");
    // Each has a signal of its own, so that no listener stays on one that outlives it. What is none, the verb refuses.
    const own = linkedAbort(stop.signal, isSignal(signal) ? signal : undefined);
    const options: object = { ...task.options, signal: signal === undefined || isSignal(signal) ? own.signal : signal };
    try {
      if (resumeFrom === undefined)
        return { status: "fulfilled", kind, output: await callVerb(client, kind, prompt, options), resumed: false };
      const job = { id: String(id), kind, prompt, options };
      if (handle !== undefined) {
        const found = await client.batchJobs.takeUp(job, resumeFrom, handle);
        if (found !== undefined) return { status: "fulfilled", kind, output: found.output, resumed: true };
        const reason = await this.#untilStart();
        if (reason !== undefined) return { status: "skipped", reason };
      }
      return { status: "fulfilled", kind, output: await client.batchJobs.start(job, resumeFrom), resumed: false };
    } finally {
      own.release();
    }
  }
}

type Ended =
  | { status: "fulfilled"; kind: JobKind; output: JobResults[JobKind]; resumed: boolean }
  | { status: "skipped"; reason: SkipReason };

function callVerb({ verbs }: ManyClient, kind: JobKind, prompt: string, options: object): Promise<JobResults[JobKind]> {
  switch (kind) {
    case "text":
      return verbs.generate(prompt, options);
    case "image":
      return verbs.generateImage(prompt, options);
    case "video":
      return verbs.generateVideo(prompt, options);
  }
}

function isSignal(value: unknown): value is AbortSignal {
  return typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value;
}
