import { type Job, type ResumeServices, resumeJob } from "../jobs/job.ts";
import type { CallOptions } from "../options/options.ts";
import { checkOptions } from "../options/options-check.ts";

/** Jobs in flight, by the `jobStore` of the options. */
export class Jobs {
  readonly #services: ResumeServices;

  constructor(services: ResumeServices) {
    this.#services = services;
  }

  /**
   * Jobs of this user that were posted, here or by another process with the same store, and whose end nobody has seen.
   * Empty without a `jobStore`.
   * @example
   * const client = Flowith.fromEnv({ jobStore: fileJobStore("./.flowith/jobs") });
   * for (const job of await client.jobs.pending()) console.log(await job.wait());
   */
  async pending(options: CallOptions = {}): Promise<Job[]> {
    checkOptions("call", options, "jobs.pending");
    const { session, tracker } = this.#services;
    const handles = await tracker.stored(await session.userId(options.signal));
    return handles.map((handle) => resumeJob(this.#services, handle));
  }
}
