import * as v from "valibot";
import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import { withinTotal } from "../http/within-total.ts";
import { isHandle, type ResumeTools } from "../jobs/resumed-job.ts";
import { type Job, resumeJob } from "../kinds/job.ts";
import type { Kinds } from "../kinds/kinds.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall } from "../options/options-check.ts";

/** Which jobs are asked for. */
export interface PendingOptions<K extends JobKind = JobKind> extends CallOptions {
  /** Only jobs of this kind. Default: of every kind. */
  kind?: K | undefined;
}

/** Jobs in flight, by the `jobStore` of the options. */
export class Jobs {
  readonly #tools: ResumeTools;
  readonly #kinds: Kinds;

  constructor(tools: ResumeTools, kinds: Kinds) {
    this.#tools = tools;
    this.#kinds = kinds;
  }

  /**
   * Jobs of this user that were posted, here or by another process with the same store, and whose end nobody has seen; and
   * those of a process that was killed just before: `status` says `unposted` of them. What the store lists beside handles is
   * passed over. Empty without a `jobStore`. What a job was submitted with as `label` and `metadata` is in its handle.
   * @throws InvalidArgumentError; AuthenticationError where nobody is signed in; JobStoreError
   * @example
   * const client = Flowith.fromEnv({ jobStore: fileJobStore("./.flowith/jobs") });
   * for (const job of await client.jobs.pending()) console.log(await job.wait());
   * @example
   * for (const { handle } of await flowith.jobs.pending({ kind: "image" })) console.log(handle.label, handle.metadata);
   */
  async pending<K extends JobKind = JobKind>(options: PendingOptions<K> = {}): Promise<Job<K>[]> {
    const kinds = Object.keys(this.#kinds);
    checkCall("jobs.pending", options, { kind: v.optional(v.picklist(kinds)) });
    const { session, tracker } = this.#tools;
    const handles = await withinTotal("jobs.pending", options, async ({ signal }) => {
      const userId = await session.userId(signal);
      return tracker.pending(userId, (value) => isHandle(value, kinds));
    });
    return handles
      .filter((handle) => isOfKind(handle, options.kind))
      .map((handle) => resumeJob<K>(this.#tools, this.#kinds, handle));
  }
}

/** @param kind undefined for any */
function isOfKind<K extends JobKind>(handle: JobHandle, kind: K | undefined): handle is JobHandle & JobHandle<K> {
  return kind === undefined || handle.kind === kind;
}
