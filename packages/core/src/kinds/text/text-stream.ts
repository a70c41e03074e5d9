import { InvalidArgumentError } from "../../errors/invalid-argument-error.ts";
import type { WaitListener } from "../../jobs/job-wait-options.ts";
import { defined } from "../../options/defined.ts";
import { addCompiledDispose } from "../../timing/compiled-dispose.ts";
import { type Deferred, deferred } from "../../timing/deferred.ts";
import { type LinkedAbort, linkedAbort } from "../../timing/linked-abort.ts";
import { generationResponse } from "./generation-response.ts";
import { type GenerationChunk, type GenerationOutput, textOutput } from "./text-output.ts";
import type { TextReader, TextResult } from "./text-reader.ts";

/**
 * A text as it is written. Nothing is posted, or billed, before the first pull or before `output` is asked for. It can
 * be iterated once; `output` works beside that. After `break` or `cancel()` the iteration ends and `output` rejects
 * with an `AbortError`; after the caller's signal both throw the signal's reason.
 */
export interface GenerationStream extends AsyncIterable<GenerationChunk>, AsyncDisposable {
  /** The whole result, the same as that of `generate`. Asking for it starts the job. */
  readonly output: Promise<GenerationOutput>;
  /** Whether it was left by `break` or `cancel()`; an end by the caller's signal is none. */
  readonly isCancelled: boolean;
  /**
   * Stops waiting. The job itself goes on at the service.
   * @example
   * const stream = flowith.generateStream("Write a novel.");
   * for await (const { text } of stream) if (text.length > 10) stream.cancel();
   */
  cancel(): void;
  /**
   * The same chunks as a web stream.
   * @example
   * const reader = flowith.generateStream("Write a haiku.").readable().getReader();
   * const { value } = await reader.read();
   */
  readable(): ReadableStream<GenerationChunk>;
  /**
   * The same as a response of server-sent events, for a page to read with `readGeneration`: deltas only, and the whole
   * text in the final or revised event. Starts the job, and resolves as soon as the service has taken it, a chunk has
   * come, or 5 s have passed. What fails before is a response with its own status, by `errorResponse`; what fails later
   * comes as an event. In silence a comment comes every 5 s, so that no proxy or server cuts it.
   * @throws InvalidArgumentError where the stream is iterated already. What `generateStream` itself throws is for
   * `errorResponse`
   * @example
   * const handler = (): Promise<Response> => flowith.generateStream("Write a haiku.").toResponse();
   */
  toResponse(): Promise<Response>;
}

/** What a stream needs of a wait, whether for a job or for the body of a direct completion. */
export interface TextWait {
  readonly nodeId: string;
  /** Empty until it is known. */
  readonly convId: string;
  readonly isSettled: boolean;
  /** Ends the wait. */
  fail(error: unknown): void;
}

/** A started text. */
export interface TextRun {
  reader: TextReader;
  wait: TextWait;
  /** Resolves when the service has taken it; a failure is told by the wait. */
  taken: Promise<unknown>;
}

export interface TextStreamOptions {
  /** What must have happened before the job begins; the job's limits do not run yet. */
  ready?: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** Begins the job, which follows the caller's signal. */
  start(listener: WaitListener<TextResult>): TextRun;
  /** Told of the end before the caller is: with the output, or without one when there is none. */
  onEnd?: ((output?: GenerationOutput) => void) | undefined;
  /** Asked at the end. */
  omittedMessages?: (() => number | undefined) | undefined;
  model: string;
  signal: AbortSignal | undefined;
}

type Outcome = { output: GenerationOutput } | { error: unknown };
type Step = IteratorResult<GenerationChunk, undefined>;

const DONE: Step = { done: true, value: undefined };

const ignore = (): void => undefined;

export class TextStream implements GenerationStream, WaitListener<TextResult> {
  readonly #model: string;
  readonly #signal: AbortSignal | undefined;
  /** Until the job begins. Then what it was made from is given up: that holds the prompt and its pictures. */
  #job: TextStreamOptions | undefined;
  #output: Deferred<GenerationOutput> | undefined;
  readonly #onEnd: TextStreamOptions["onEnd"];
  readonly #omittedMessages: TextStreamOptions["omittedMessages"];
  #run: TextRun | undefined;
  /** Set while the job may not begin yet. */
  #entry: LinkedAbort | undefined;
  #cancelled: DOMException | undefined;
  #outcome: Outcome | undefined;
  #isIterated = false;
  #isDone = false;
  #sleepers: (() => void)[] | undefined;
  /** Set where somebody waits for it. */
  #onTaken: ((value: unknown) => void) | undefined;

  constructor(options: TextStreamOptions) {
    this.#job = options;
    this.#onEnd = options.onEnd;
    this.#omittedMessages = options.omittedMessages;
    this.#model = options.model;
    this.#signal = options.signal;
    addCompiledDispose(this);
  }

  get output(): Promise<GenerationOutput> {
    return this.#begin();
  }

  get isCancelled(): boolean {
    return this.#cancelled !== undefined;
  }

  cancel(): void {
    this.#isDone = true;
    this.#cancelled ??= new DOMException("The stream was cancelled by its reader.", "AbortError");
    this.#entry?.abort(this.#cancelled);
    this.#run?.wait.fail(this.#cancelled);
    this.#wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel();
  }

  readable(): ReadableStream<GenerationChunk> {
    const iterator = this[Symbol.asyncIterator]();
    return new ReadableStream<GenerationChunk>(
      {
        pull: async (controller) => {
          const { done, value } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: () => this.cancel(),
      },
      { highWaterMark: 0 },
    );
  }

  async toResponse(): Promise<Response> {
    const chunks = this.readable();
    return generationResponse(chunks, this.#whenTaken());
  }

  [Symbol.asyncIterator](): AsyncIterator<GenerationChunk, undefined> {
    if (this.#isIterated)
      throw new InvalidArgumentError("A stream can be iterated once only; its result is in `output`.");
    this.#isIterated = true;
    return {
      next: () => this.#next(),
      return: async () => {
        if (!this.#isDone) this.cancel();
        return DONE;
      },
    };
  }

  onNews(): void {
    this.#wake();
  }

  onDone(result: TextResult): void {
    const { nodeId = "", convId = "" } = this.#run?.wait ?? {};
    const output = textOutput(result, { nodeId, convId, model: this.#model }, this.#omittedMessages?.());
    this.#outcome = { output };
    this.#onEnd?.(output);
    this.#output?.resolve(output);
    this.#wake();
  }

  onFailed(error: unknown): void {
    this.#outcome = { error };
    this.#onEnd?.();
    this.#output?.reject(error);
    this.#wake();
  }

  #begin(): Promise<GenerationOutput> {
    if (this.#output !== undefined) return this.#output.promise;
    const output = deferred<GenerationOutput>();
    this.#output = output;
    const { ready, start } = this.#job ?? {};
    this.#job = undefined;
    if (start !== undefined) this.#enter(ready, start);
    return output.promise;
  }

  /** Begins the job as soon as it may. */
  #enter(ready: TextStreamOptions["ready"], start: TextStreamOptions["start"]): void {
    if (ready !== undefined) {
      this.#whenReady(ready)
        .then(() => this.#start(start))
        .catch((error: unknown) => this.onFailed(error));
      return;
    }
    try {
      this.#start(start);
    } catch (error) {
      this.onFailed(error);
    }
  }

  #start(start: TextStreamOptions["start"]): void {
    if (this.#cancelled !== undefined) throw this.#cancelled;
    const run = start(this);
    this.#run = run;
    if (this.#onTaken !== undefined) run.taken.then(this.#onTaken, ignore);
  }

  /** Begins the job; pending for ever where it fails before it is taken. */
  #whenTaken(): Promise<unknown> {
    const { promise, resolve } = deferred<unknown>();
    this.#onTaken = resolve;
    this.#run?.taken.then(resolve, ignore);
    void this.#begin();
    return promise;
  }

  async #whenReady(ready: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const entry = linkedAbort(this.#signal);
    this.#entry = entry;
    try {
      await ready(entry.signal);
    } finally {
      this.#entry = undefined;
      entry.release();
    }
  }

  #wake(): void {
    const sleepers = this.#sleepers;
    if (sleepers === undefined) return;
    this.#sleepers = undefined;
    for (const wake of sleepers) wake();
  }

  async #next(): Promise<Step> {
    for (;;) {
      const step = this.#step();
      if (step !== undefined) return step;
      await new Promise<void>((resolve) => {
        this.#sleepers ??= [];
        this.#sleepers.push(resolve);
      });
    }
  }

  /** What can be given out now; undefined when there is nothing yet. */
  #step(): Step | undefined {
    if (this.#isDone) return DONE;
    void this.#begin();
    const outcome = this.#outcome;
    const run = this.#run;
    // Between the last news and the outcome lie a few microtasks; the last chunk is to carry both.
    if (outcome === undefined) return run?.reader.hasPending && !run.wait.isSettled ? this.#chunk(run) : undefined;
    if ("error" in outcome) {
      // What came before the failure is given out first, so that nothing is lost.
      if (run?.reader.hasPending) return this.#chunk(run);
      this.#isDone = true;
      throw outcome.error;
    }
    this.#isDone = true;
    const { text, reasoning, nodeId, convId, model, omittedMessages } = outcome.output;
    const delta = run?.reader.take() ?? { text: "", reasoning: "", isRevised: false };
    const { text: textDelta, reasoning: reasoningDelta, isRevised } = delta;
    const whole = { text, reasoning, nodeId, convId, model, ...defined({ omittedMessages }), isFinal: true };
    return { done: false, value: { ...whole, textDelta, reasoningDelta, isRevised } };
  }

  #chunk({ reader, wait }: TextRun): Step {
    const { text: textDelta, reasoning: reasoningDelta, isRevised } = reader.take();
    const { nodeId, convId } = wait;
    const { partial: text, reasoning } = reader;
    const model = this.#model;
    const chunk = { text, reasoning, nodeId, convId, model, isFinal: false, textDelta, reasoningDelta, isRevised };
    return { done: false, value: chunk };
  }
}
