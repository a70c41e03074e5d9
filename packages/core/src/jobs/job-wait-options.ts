import type { JobHandle } from "../errors/job-handle.ts";
import type { EventConnection } from "../events/event-connection.ts";
import type { RowWatch } from "../events/row-watch.ts";
import type { Limits } from "../options/limits.ts";
import type { JobReader } from "./job-reader.ts";
import type { JobRules } from "./job-rules.ts";

/** A wait as it is known to who keeps it, whatever the type of its result. */
export interface KeptWait {
  readonly nodeId: string;
  readonly convId: string;
  readonly handle: JobHandle | undefined;
  readonly isPosting: boolean;
  readonly isPosted: boolean;
  readonly isSettled: boolean;
  readonly startedAtMs: number;
  fail(error: unknown): void;
}

export interface JobWaitOptions<Result> {
  nodeId: string;
  /** For error messages, such as "generate". */
  verb: string;
  reader: JobReader<Result>;
  /** The streams that can bring this job's events. */
  connections: readonly EventConnection[];
  rows: RowWatch;
  limits: Limits;
  rules: Pick<JobRules<Result, unknown>, "patience" | "isNodeMadeByService">;
  signal: AbortSignal | undefined;
  /** Called after each piece of news. */
  onNews: (() => void) | undefined;
  /** Called once, when the wait has ended. @param error undefined for a result */
  onSettled(wait: KeptWait, error: unknown): void;
  /** Called instead when it was left without an end. */
  onLeft(wait: KeptWait): void;
}
