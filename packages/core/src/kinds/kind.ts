import type { JobKind } from "../errors/job-handle.ts";
import type { FileSource } from "../files/file-source.ts";
import type { FileRecord } from "../files/upload-file.ts";
import type { JobDescription } from "../jobs/job-description.ts";
import type { JobRules } from "../jobs/job-rules.ts";
import type { GeneratedMedia } from "../media/generated-media.ts";
import type { CallOptions, JobOptions, TimeoutOptions } from "../options/options.ts";
import type { ProgressReporter } from "../options/progress.ts";
import type { FeatureCheck } from "./model-features.ts";
import type { TurnContext } from "./turn.ts";

/** What kinds of jobs need of the client. */
export interface KindTools {
  /** The client's own limits, under those of the call. */
  timeout: TimeoutOptions | undefined;
  /** Silence after which a row is asked, where it is not to be the default. */
  quietMs: { text?: number | undefined; media?: number | undefined };
  /** @param label what it is done for, for errors */
  upload(source: string | URL | FileSource, call: CallOptions, label: string): Promise<FileRecord>;
  media(url: string, model: string): GeneratedMedia;
  /** Undefined where media options are not checked against the catalogue. */
  checkFeatures: FeatureCheck | undefined;
}

/** One call of a verb: what it was given, checked, and whose turn it is. */
export interface JobRequest<Options> {
  /** For messages, such as "submitImage". */
  verb: string;
  prompt: string;
  options: Options;
  /** Of a conversation session. */
  context: TurnContext | undefined;
  progress: ProgressReporter;
}

/** A kind of job: its options and their check, and what the engine has to know of it. */
export interface Kind<K extends JobKind, Options extends JobOptions<K>, Result, Output>
  extends JobRules<Result, Output, K> {
  /** The names of its options. */
  readonly optionNames: readonly string[];
  /**
   * @param verb for messages
   * @param needsHandle whether the caller is to have a handle, by which the job is found later
   * @throws InvalidArgumentError for what the caller gave, before anything is sent
   */
  check(verb: string, prompt: unknown, options: Options, needsHandle: boolean): void;
  /** The job with the defaults filled in. */
  describe(request: JobRequest<Options>): JobDescription<Result>;
}

/**
 * Has the files of a prompt where they must be, after `first` where there is one. A file that can be read once only is
 * ended when that fails, or the signal has aborted.
 */
export type Prepare = (signal: AbortSignal, first?: () => Promise<void>) => Promise<void>;
