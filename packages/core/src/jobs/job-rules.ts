import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import type { Limits } from "../options/limits.ts";
import type { JobReader } from "./job-reader.ts";
import type { Patience } from "./row-schedule.ts";

/** What the engine has to know of a kind of job. All that it does differently for one kind or another hangs on these. */
export interface JobRules<Result, Output, K extends JobKind = JobKind> {
  readonly name: K;
  /** The defaults. */
  readonly limits: Limits;
  readonly patience: Patience;
  /** Whether its result can come on the keepalive channel as well (wire 3), and is a URL in its row (wire 3.1). */
  readonly isMedia: boolean;
  /** Whether the service makes the answer's node itself, under the prompt's; its id may be another than we chose. */
  readonly isNodeMadeByService: boolean;
  /**
   * Whether a post of which there is no sign after it was sent is sent once more under the same id. Only a text's:
   * nobody knows whether the service takes a second one for the same picture (decisions/billed-post.md).
   */
  readonly isPostedAgain: boolean;
  /** Of the post. */
  readonly path: string;
  readonly query?: Record<string, string> | undefined;
  /** For a job of which nothing is known but its handle. */
  createReader(): JobReader<Result>;
  output(result: Result, handle: JobHandle): Output;
}
