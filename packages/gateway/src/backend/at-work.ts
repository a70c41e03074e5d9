/** Counts what is under way, so that no pool lets a client go beneath it. */
export class AtWork {
  #count = 0;

  get isBusy(): boolean {
    return this.#count > 0;
  }

  /** Counts one piece of work. */
  async while<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
    }
  }

  /** Counts from when the first value is asked for to the end of the last. */
  async *during<Value>(values: AsyncIterable<Value>): AsyncGenerator<Value, undefined> {
    this.#count += 1;
    try {
      // `yield*` would take each value through two more turns.
      for await (const value of values) yield value;
    } finally {
      this.#count -= 1;
    }
  }
}
