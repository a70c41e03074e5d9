import type { GenerateOptions, ImageOptions, JobKind, JobResults, JobStore, VideoOptions } from "@flowith-webapi/core";

interface ManyPrompt {
  prompt: string;
  /** With `resumeFrom`: a string that is not empty and that no other input has. Without it, a field like any other. */
  id?: unknown;
}

/**
 * One job of `generateMany`: a prompt for a text, or an object with the options of its kind, which is `text` unless it says
 * otherwise. Its other fields are your own: they stand in `result.input` with their types, and go nowhere else. A field
 * whose name looks like a misspelt option, or is one of another kind only, is refused, as a result of the status
 * `rejected`: what it was meant to say would be missing from a job that is paid for. Name such a field otherwise.
 */
export type ManyInput =
  | string
  | (GenerateOptions & ManyPrompt & { kind?: "text" | undefined })
  | (ImageOptions & ManyPrompt & { kind: "image" })
  | (VideoOptions & ManyPrompt & { kind: "video" });

/** What an input asks for; where its type leaves that open, all that it may be. */
export type ManyKind<Input> = Input extends { kind: infer Kind extends JobKind }
  ? Kind
  : Input extends { kind?: infer Kind }
    ? "text" | Extract<Kind, JobKind>
    : "text";

/**
 * Why nothing was started any more: a limit that was reached, or an error. That is of a request for the balance, or what a
 * job ended with and every later one would too: an `InsufficientCreditsError` or a `JobFailedError` for want of credits, or
 * an `AuthenticationError`.
 */
export type SkipReason = "maxCredits" | "maxFailuresInARow" | Error;

/** How one of many ended, whatever of. */
interface ManyEnd<Input> {
  /** Its place among the inputs. */
  index: number;
  input: Input;
}

interface Fulfilled<Input, Kind extends JobKind> extends ManyEnd<Input> {
  status: "fulfilled";
  kind: Kind;
  output: JobResults[Kind];
  /** Whether it is of a job that an earlier run had started, and so was not paid for again. */
  resumed: boolean;
}

interface Rejected<Input> extends ManyEnd<Input> {
  status: "rejected";
  error: unknown;
}

interface Skipped<Input> extends ManyEnd<Input> {
  status: "skipped";
  reason: SkipReason;
}

type FulfilledAs<Input, Kind> = Kind extends JobKind ? Fulfilled<Input, Kind> : never;

/** How one of many ended. `output` is of the input's kind; `kind` tells which, where the inputs are of several. */
export type ManyResult<Input extends ManyInput = ManyInput> = Input extends ManyInput
  ? FulfilledAs<Input, ManyKind<Input>> | Rejected<Input> | Skipped<Input>
  : never;

/** How many jobs run at once, how fast they start, when no more are, and where a run finds what an earlier one has done. */
export interface ManyOptions<Input extends ManyInput = ManyInput> {
  /** How many run at once. Default 4. */
  concurrency?: number | undefined;
  /** How many start within any minute. Default: as many as there are. What an earlier run has started does not count. */
  perMinute?: number | undefined;
  /**
   * Called with each result as it comes, in the order of the ends. The iteration ends with what it throws or rejects with;
   * it does not end before the promises that it returned, and nothing new starts in the place of one that waits for that.
   */
  onResult?: ((result: ManyResult<Input>) => void) | undefined;
  /** Ends all; the iteration throws the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * Where handles are kept under the inputs' `id`, beyond the jobs' end and in place of the client's own `jobStore`. A run
   * with the same inputs and store takes up what an earlier one has started, however that ended: a finished job gives its
   * result again and is not paid for again, one that is under way is waited for, and one that failed, was never posted, or
   * is not in the store is started. Each input needs an `id`; one without, or with one that came before in this run, is
   * `rejected`, and so is an id that stands in the store for another kind, another model than is named, or (where the
   * platform has `crypto.subtle`) another prompt. Other options are not compared.
   *
   * Where a process ended while a post was under way, nobody knows whether it was taken: a text is looked for for ten
   * seconds and, without a sign, posted once more under the same node; a picture or clip is waited for until the limit of
   * its kind, since it was made, has passed, and started anew where nothing came of it. One whose row is gone is `rejected`
   * with a `NotFoundError`. `direct` excludes this. Two processes that run one batch at the same time are not kept from
   * starting a job twice.
   */
  resumeFrom?: JobStore | undefined;
  /**
   * Nothing new starts once the balance has fallen by so much since the run began. It is asked before the first start and
   * after every fifth end. Jobs under way go on, so that more may be spent; what others spend counts too. Where the balance
   * cannot be had, nothing new starts either. The rest has the status `skipped`: of a list all that is left (of what has
   * a `length` or `size`), of other iterables what was read already, and no more is read.
   */
  maxCredits?: number | undefined;
  /** Nothing new starts once so many have been rejected, one end after the other. The rest as with `maxCredits`. */
  maxFailuresInARow?: number | undefined;
}
