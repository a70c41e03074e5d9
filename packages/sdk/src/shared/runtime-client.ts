import { FlowithClient, type Platform } from "@flowith-webapi/core";
import { generateMany, type ManyInput, type ManyOptions, type ManyResult } from "./generate-many.ts";
import { type FlowithOptions, withSupabase } from "./own-supabase.ts";

/** What the `Flowith` of every entry has beyond core's client. */
export class RuntimeClient extends FlowithClient {
  /** Made when it is needed: Workers make clients where no controller may be made. */
  #closing: AbortController | undefined;
  /** How many runs of `generateMany` are being read. Between two of its jobs nothing else is under way. */
  #runs = 0;

  constructor(options: FlowithOptions, platform: Platform) {
    const own = withSupabase(options, platform);
    super(own.options, own.platform);
  }

  /**
   * Generates many texts: an async iterable of results as they end, in which one failure never ends the rest.
   * @throws InvalidArgumentError when it is iterated with wrong options; an `AbortError` after `close()`
   * @example
   * for await (const result of flowith.generateMany(["Name a city.", "Name a river."], { concurrency: 2 }))
   *   if (result.status === "fulfilled") console.log(result.input, result.output.text);
   */
  generateMany(
    inputs: Iterable<ManyInput> | AsyncIterable<ManyInput>,
    options: ManyOptions = {},
  ): AsyncGenerator<ManyResult, undefined> {
    return this.#counted(
      generateMany(this, inputs, options, () => {
        this.#closing ??= new AbortController();
        return this.#closing.signal;
      }),
    );
  }

  override get isBusy(): boolean {
    return this.#runs > 0 || super.isBusy;
  }

  override close(): void {
    const closing = this.#closing;
    this.#closing = undefined;
    // Before the jobs end, whose ends would make room for the next ones.
    closing?.abort(new DOMException("The client was closed.", "AbortError"));
    super.close();
  }

  async *#counted(results: AsyncGenerator<ManyResult, undefined>): AsyncGenerator<ManyResult, undefined> {
    this.#runs++;
    try {
      return yield* results;
    } finally {
      this.#runs--;
    }
  }
}
