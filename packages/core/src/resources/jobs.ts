import { isHandle, type ResumeTools } from "../jobs/resumed-job.ts";
import { type Job, resumeJob } from "../kinds/job.ts";
import type { Kinds } from "../kinds/kinds.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall } from "../options/options-check.ts";
import { ownUserId } from "./own-user-id.ts";

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
   * passed over. Empty without a `jobStore`.
   * @example
   * const client = Flowith.fromEnv({ jobStore: fileJobStore("./.flowith/jobs") });
   * for (const job of await client.jobs.pending()) console.log(await job.wait());
   */
  async pending(options: CallOptions = {}): Promise<Job[]> {
    checkCall("jobs.pending", options);
    const { session, tracker } = this.#tools;
    const kinds = Object.keys(this.#kinds);
    const userId = await ownUserId("jobs.pending", session, options);
    const handles = await tracker.stored(userId, (value) => isHandle(value, kinds));
    return handles.map((handle) => resumeJob(this.#tools, this.#kinds, handle));
  }
}
