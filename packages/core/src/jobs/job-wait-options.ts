import type { JobHandle } from "../errors/job-handle.ts";
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

/** Who is told of a wait: of its news, and of its end before that is known to anybody else. */
export interface WaitListener<Result> {
  onNews(): void;
  onDone(result: Result): void;
  onFailed(error: unknown): void;
}

/** Who keeps the waits of a client. */
export interface WaitKeeper {
  /** Called once, when the wait has ended. @param error undefined for a result */
  onSettled(wait: KeptWait, error: unknown): void;
  /** Called instead when it was left without an end. */
  onLeft(wait: KeptWait): void;
}

/** The job that is waited for. */
export interface AwaitedJob<Result> {
  nodeId: string;
  /** For error messages, such as "generate". */
  verb: string;
  reader: JobReader<Result>;
  limits: Limits;
  rules: Pick<JobRules<Result, unknown>, "patience" | "isMedia" | "isNodeMadeByService">;
  signal: AbortSignal | undefined;
  listener: WaitListener<Result>;
}
