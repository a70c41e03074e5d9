import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { throwIfAborted } from "../timing/abort.ts";
import { addCompiledDispose } from "../timing/compiled-dispose.ts";
import { type Deferred, deferred } from "../timing/deferred.ts";
import type { LinkedAbort } from "../timing/linked-abort.ts";
import type { UnderWay } from "../timing/under-way.ts";

/**
 * An answer as it comes. Nothing is posted, or billed, before the first chunk or `output` is asked for. It can be iterated
 * once; `output` works beside that, and without it. What had come before a failure is given out first; after an abort nothing
 * more is.
 */
export interface AnswerStream<Chunk, Output> extends AsyncIterable<Chunk>, AsyncDisposable {
  /** The whole answer. @throws what iterating throws */
  readonly output: Promise<Output>;
  /** Ends the wait and the request; iteration ends, and `output` rejects with an `AbortError`. */
  cancel(): void;
}

/** Reads the answer, yields its chunks, and returns the whole of it. */
export type ReadAnswer<Chunk, Output> = (signal: AbortSignal) => AsyncGenerator<Chunk, Output, undefined>;

const DONE = { done: true, value: undefined } as const;

/** Reads on its own once it has begun, so that a slow reader makes no limit of the service's pass. */
export class RunningAnswer<Chunk, Output> implements AnswerStream<Chunk, Output> {
  readonly #underWay: UnderWay;
  readonly #signal: AbortSignal | undefined;
  /** Once it has begun. */
  #linked: LinkedAbort | undefined;
  #cancelled: DOMException | undefined;
  #read: ReadAnswer<Chunk, Output> | undefined;
  #output: Deferred<Output> | undefined;
  readonly #chunks: Chunk[] = [];
  #end: { error?: unknown } | undefined;
  #wake: (() => void)[] = [];
  #isIterated = false;
  #isDone = false;

  /** @param underWay of the client, which ends it when it is closed */
  constructor(underWay: UnderWay, signal: AbortSignal | undefined, read: ReadAnswer<Chunk, Output>) {
    this.#underWay = underWay;
    this.#signal = signal;
    this.#read = read;
    addCompiledDispose(this);
  }

  get output(): Promise<Output> {
    return this.#begin();
  }

  cancel(): void {
    this.#isDone = true;
    this.#chunks.length = 0;
    this.#cancelled ??= new DOMException("The stream was cancelled by its reader.", "AbortError");
    this.#linked?.abort(this.#cancelled);
    this.#tell();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#end === undefined) this.cancel();
  }

  [Symbol.asyncIterator](): AsyncIterator<Chunk, undefined> {
    if (this.#isIterated)
      throw new InvalidArgumentError("A stream can be iterated once only; its result is in `output`.");
    this.#isIterated = true;
    return {
      next: () => this.#next(),
      return: async () => {
        if (this.#end === undefined) this.cancel();
        this.#isDone = true;
        return DONE;
      },
    };
  }

  #begin(): Promise<Output> {
    if (this.#output !== undefined) return this.#output.promise;
    this.#output = deferred<Output>();
    const read = this.#read;
    this.#read = undefined;
    if (read !== undefined) this.#run(read, this.#output).catch(() => undefined);
    return this.#output.promise;
  }

  async #run(read: ReadAnswer<Chunk, Output>, output: Deferred<Output>): Promise<void> {
    const linked = this.#underWay.begin(this.#signal);
    this.#linked = linked;
    try {
      if (this.#cancelled !== undefined) throw this.#cancelled;
      if (linked.signal.aborted) throw linked.signal.reason;
      const answer = read(linked.signal);
      for (;;) {
        const { done, value } = await answer.next();
        if (done) {
          this.#end = {};
          output.resolve(value);
          return;
        }
        if (!this.#isDone) this.#chunks.push(value);
        this.#tell();
      }
    } catch (error) {
      this.#end = { error };
      output.reject(error);
    } finally {
      linked.release();
      this.#tell();
    }
  }

  /** Also after the end: what was read ahead is nothing that who has aborted waits for. */
  #checkAbort(): void {
    for (const signal of [this.#signal, this.#linked?.signal]) {
      if (signal?.aborted) this.#isDone = true;
      throwIfAborted(signal);
    }
  }

  #tell(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  async #next(): Promise<IteratorResult<Chunk, undefined>> {
    for (;;) {
      if (this.#isDone) return DONE;
      void this.#begin();
      this.#checkAbort();
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) return { done: false, value: chunk };
      if (this.#end !== undefined) {
        this.#isDone = true;
        if ("error" in this.#end) throw this.#end.error;
        return DONE;
      }
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }
}
